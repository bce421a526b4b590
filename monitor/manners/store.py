"""What hosts asked for → rows, and back, so that a restart forgets nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from monitor.db import insert_new
from monitor.tables import EntryRow, FeedRow, HostRow

LONGEST = timedelta(days=1, hours=1)  # nobody is asked to wait longer, and nothing is kept longer


def robots(session: Session, origin: str, now: datetime) -> tuple[str | None] | None:
    """The robots.txt kept of a host, if it is not too old."""
    row = session.get(HostRow, origin)
    if row is None or row.robots_until is None or not fresh(row.robots_until, now):
        return None
    return (row.robots,)


def fresh(until: datetime, now: datetime) -> bool:
    """Whether a time has not come yet, and is not one that only a wrong clock can have set."""
    return now < until <= now + LONGEST


def keep_robots(session: Session, origin: str, text: str | None, until: datetime) -> None:
    """Keep a robots.txt, or that it could not be had."""
    row = _row(session, origin)
    row.robots, row.robots_until = text, until


def holds(session: Session, now: datetime) -> Sequence[tuple[str, datetime]]:
    """The hosts that asked to be left alone, and until when."""
    rows = session.scalars(select(HostRow).where(HostRow.held_until > now))
    held = [(row.origin, row.held_until) for row in rows if row.held_until]
    return [(origin, until) for origin, until in held if fresh(until, now)]


def hold(session: Session, url: str, until: datetime, now: datetime) -> None:
    """Leave a host alone: none of its feeds and articles is due before then."""
    parts = urlsplit(url)
    row = _row(session, f"{parts.scheme}://{parts.netloc}")
    known = row.held_until if row.held_until and fresh(row.held_until, now) else until
    row.held_until = max(known, until)
    places = [f"{scheme}://{parts.netloc}/" for scheme in ("http", "https")]
    for table, address in ((FeedRow, FeedRow.url), (EntryRow, EntryRow.link)):
        session.execute(
            update(table)
            .where(or_(*(address.startswith(place, autoescape=True) for place in places)))
            .where(table.due_at < until)
            .values(due_at=until)
        )


def _row(session: Session, origin: str) -> HostRow:
    """The row of a host, held; two processes that meet it for the first time make one row."""
    row = session.get(HostRow, origin, with_for_update=True)
    if row is not None:
        return row
    session.execute(insert_new(session, HostRow).values(origin=origin))
    return session.get_one(HostRow, origin, with_for_update=True)
