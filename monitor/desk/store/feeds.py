"""Feeds as people see them."""

import difflib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.errors import UsageError
from monitor.tables import EntryRow, FeedRow, GapRow


def feeds(session: Session, *, tag: str | None = None) -> list[dict[str, Any]]:
    """Every feed with its state, last poll, next turn and trouble."""
    entries = dict(
        session.execute(select(EntryRow.feed_id, func.count()).group_by(EntryRow.feed_id)).all()
    )
    rows = session.scalars(
        select(FeedRow).where(FeedRow.state != "removed").order_by(FeedRow.name, FeedRow.id)
    )
    return [
        {
            "id": row.id,
            "name": row.name,
            "url": row.url,
            "outlet": row.outlet,
            "tags": row.tags,
            "links": row.links,
            "state": "failing" if row.failures and row.state == "active" else row.state,
            "configured": row.configured,
            "failures": row.failures,
            "reason": row.reason,
            "detail": row.detail,
            "added_at": row.added_at,
            "polled_at": row.polled_at,
            "ok_at": row.ok_at,
            "new_at": row.new_at,
            "due_at": row.due_at,
            "entries": entries.get(row.id, 0),
        }
        for row in rows
        if tag is None or tag in row.tags
    ]


def must_poll(session: Session, names: Iterable[str]) -> None:
    """Raise UsageError for a name that no feed has, or whose feed is not polled."""
    rows = session.scalars(select(FeedRow).where(FeedRow.state != "removed")).all()
    states = {name: row.state for row in rows for name in (row.url, row.name)}
    for name in names:
        if name not in states:
            raise UsageError(no_such(name, states))
        if states[name] != "active":
            remedy = f"`monitor feeds resume {name}` polls it again, at once"
            raise UsageError(f"feed {name} is {states[name]} and was left alone; {remedy}")


def no_such(name: str, known: Iterable[str]) -> str:
    """Say that no feed is called so, with the name that was meant."""
    close = difflib.get_close_matches(name, list(known), n=1)
    hint = f"did you mean {close[0]!r}?" if close else "see `monitor feeds list`"
    return f"no feed is called {name!r}; {hint}"


def due(session: Session, now: datetime) -> list[str]:
    """Addresses of the feeds that want to be polled."""
    return list(
        session.scalars(select(FeedRow.url).where(FeedRow.due_at <= now).order_by(FeedRow.due_at))
    )


def gaps(session: Session, limit: int = 50) -> list[dict[str, Any]]:
    """Times in which entries may have rolled off a feed unseen, the newest first."""
    rows = session.execute(
        select(FeedRow.name, GapRow)
        .join(FeedRow, FeedRow.id == GapRow.feed_id)
        .order_by(GapRow.id.desc())
        .limit(limit)
    )
    return [
        {
            "feed": name,
            "since": gap.since,
            "until": gap.until,
            "found": gap.found,
            "source": gap.source,
        }
        for name, gap in rows
    ]
