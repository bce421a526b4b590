"""Rows to claim and keys to note: what the tests of the database write."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.db import Database, claim
from monitor.errors import DatabaseError
from monitor.tables import FeedRow, StateRow
from tests.world import START


def add_feeds(session: Session, count: int) -> None:
    session.add_all(
        FeedRow(url=f"https://news.example/{n}", added_at=START, due_at=START) for n in range(count)
    )


def claim_ids(session: Session, limit: int, later: timedelta = timedelta()) -> list[int]:
    return [row.id for row in claim(session, FeedRow, START + later, limit=limit)]


def note(session: Session, key: str) -> None:
    session.add(StateRow(key=key, value={}, updated_at=START))


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(StateRow.key).order_by(StateRow.key)))


def refused(url: str) -> str:
    """What a person is told when work begins on this database."""
    with pytest.raises(DatabaseError) as caught:
        Database(url).now(note, "x")
    return str(caught.value)
