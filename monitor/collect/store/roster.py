"""Which feeds there are, from the configuration and from the command line."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import Select, or_, select, text
from sqlalchemy.orm import Session

from monitor.config import FeedConfig
from monitor.errors import UsageError
from monitor.tables import FeedRow

BY_CONFIG = "paused_in_config"
LOCK = 0x726F73  # any constant of its own


def sync_feeds(session: Session, feeds: Sequence[FeedConfig], now: datetime) -> int:
    """Make the table agree with the configuration; return how many feeds are new.

    A feed that left the configuration is removed (what it brought stays), one that came back
    is polled again; feeds added by hand, and feeds paused or resumed by hand, stay as they are.
    Two daemons that start together on PostgreSQL do this one after the other.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    known = {row.url: row for row in session.scalars(select(FeedRow))}
    wanted = {feed.url: feed for feed in reversed(feeds)}
    for url, feed in reversed(wanted.items()):
        if url in known:
            _agree(known[url], feed, now)
        else:
            session.add(_row(feed, now, configured=True))
    for url, row in known.items():
        if row.configured and url not in wanted and row.state != "removed":
            row.state, row.due_at = "removed", None
    return len(wanted.keys() - known.keys())


def add_feeds(session: Session, feeds: Iterable[FeedConfig], now: datetime) -> list[str]:
    """Add feeds by hand; return the addresses that were not there, or had been removed.

    Raises UsageError for a name that another feed has.
    """
    added = []
    for feed in {feed.url: feed for feed in feeds}.values():
        _check_name(session, feed)
        row = session.scalar(select(FeedRow).where(FeedRow.url == feed.url))
        if row is None:
            session.add(_row(feed, now, configured=False))
        elif row.state == "removed":
            _describe(row, feed)
            row.state, row.due_at, row.configured = "active", now, False
        else:
            continue
        added.append(feed.url)
    return added


def set_state(session: Session, name: str, state: str, now: datetime) -> str | None:
    """Make a feed `active` (due at once), `paused` or `removed`; return its address if known.

    Raises UsageError for a name that several feeds have.
    """
    rows = session.scalars(_called(name).order_by(FeedRow.id)).all()
    rows = [row for row in rows if row.url == name or row.state != "removed"] or rows[:1]
    if not rows:
        return None
    if len(rows) > 1:
        urls = "\n".join(f"  {row.url}" for row in rows)
        raise UsageError(f"{len(rows)} feeds are called {name!r}; give the address of one:\n{urls}")
    row = rows[0]
    row.state, row.due_at = state, now if state == "active" else None
    row.attempts, row.reason, row.detail = 0, "", ""
    return row.url


def choose_feeds(
    session: Session, names: Sequence[str], *, everything: bool, now: datetime
) -> frozenset[int] | None:
    """Make the named feeds due, or all; return the ids of the named ones, None for no choice.

    Raises UsageError for a name that no feed has.
    """
    if everything:
        for row in session.scalars(select(FeedRow).where(FeedRow.state == "active")):
            row.due_at = now
    chosen: set[int] = set()
    for name in names:
        rows = session.scalars(_called(name).where(FeedRow.state.in_(("active", "paused")))).all()
        if not rows:
            raise UsageError(f"no feed is called {name!r}; see `monitor feeds list`")
        for row in rows:
            row.due_at = now
            chosen.add(row.id)
    return frozenset(chosen) if names else None


def _check_name(session: Session, feed: FeedConfig) -> None:
    others = select(FeedRow.url).where(
        FeedRow.name == feed.name, FeedRow.url != feed.url, FeedRow.state != "removed"
    )
    if feed.name and (other := session.scalars(others.limit(1)).first()):
        problem = f"{feed.url}: the name {feed.name!r} is taken by {other}; give another name"
        raise UsageError(problem)


def default_name(url: str) -> str:
    """Host and path: short, and telling."""
    parts = urlsplit(url)
    return f"{parts.netloc.rpartition('@')[2].removeprefix('www.')}{parts.path}".rstrip("/")


def _called(name: str) -> Select[FeedRow]:
    return select(FeedRow).where(or_(FeedRow.url == name, FeedRow.name == name))


def _row(feed: FeedConfig, now: datetime, *, configured: bool) -> FeedRow:
    row = FeedRow(url=feed.url, added_at=now, due_at=now, configured=configured)
    _describe(row, feed)
    if feed.paused:
        row.state, row.due_at, row.reason = "paused", None, BY_CONFIG
    return row


def _describe(row: FeedRow, feed: FeedConfig) -> None:
    row.name, row.outlet = feed.name or default_name(feed.url), feed.outlet
    row.tags, row.links = list(feed.tags), feed.links


def _agree(row: FeedRow, feed: FeedConfig, now: datetime) -> None:
    _describe(row, feed)
    row.configured = True
    if feed.paused and row.state != "paused":
        row.state, row.due_at, row.reason, row.detail = "paused", None, BY_CONFIG, ""
    elif not feed.paused and (row.state == "removed" or row.reason == BY_CONFIG):
        row.state, row.due_at, row.reason = "active", now, ""
