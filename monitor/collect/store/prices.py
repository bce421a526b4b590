"""What all feeds together know of pace: their habits, the hits they brought, the price."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from monitor.tables import EntryRow, FeedRow, StateRow, VerdictRow

KEY = "pace"
LOCK = 0x70616365  # any constant of our own


def kept_price(session: Session) -> dict[str, Any]:
    """What was kept of the price, or nothing."""
    row = session.get(StateRow, KEY)
    return row.value if row else {}


def may_reckon(session: Session) -> bool:
    """Whether nobody else is setting the price now; SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
    return bool(session.execute(lock, {"lock": LOCK}).scalar_one())


def keep_price(session: Session, value: Mapping[str, Any], now: datetime) -> None:
    """Keep the price for every process, and over a restart."""
    row = session.get(StateRow, KEY, populate_existing=True)
    if row is None:
        session.add(StateRow(key=KEY, value=dict(value), updated_at=now))
    else:
        row.value, row.updated_at = dict(value), now
    session.flush()


def paces(session: Session) -> dict[int, tuple[str, dict[str, Any]]]:
    """State and pace of every feed that ever was, by id."""
    rows = session.execute(select(FeedRow.id, FeedRow.state, FeedRow.pace))
    return {number: (state, pace) for number, state, pace in rows}


def hits(session: Session) -> dict[int, int]:
    """How many articles that became hits each feed has shown; feeds without one are left out."""
    found = (
        select(EntryRow.feed_id, func.count(EntryRow.article_id.distinct()))
        .join(VerdictRow, VerdictRow.article_id == EntryRow.article_id)
        .where(VerdictRow.hit)
        .group_by(EntryRow.feed_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}
