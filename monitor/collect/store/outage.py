"""Everything failed at once: it is our own line that is down, and no feed is blamed for that."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.tables import FeedRow, IncidentRow

KEY = "outage"
NO_LINE = frozenset({"dns", "connect", "timeout", "connection_lost"})
WINDOW = timedelta(minutes=30)
LATEST = 10
FEWEST = 3  # hosts: two that fail together prove nothing


def is_out(session: Session, now: datetime) -> bool:
    """Whether the latest polls all failed before any server answered; opens the incident.

    Ten polls, or half of the feeds where there are fewer, of three hosts at least.
    """
    if _open(session) is not None:
        return True
    active = session.execute(select(func.count()).where(FeedRow.state == "active")).scalar_one()
    wanted = max(FEWEST, min(LATEST, -(-active // 2)))
    latest = session.scalars(
        select(FeedRow)
        .where(FeedRow.polled_at >= now - WINDOW, FeedRow.state == "active")
        .order_by(FeedRow.polled_at.desc(), FeedRow.failures)
        .limit(wanted)
    ).all()
    hosts = {urlsplit(row.url).netloc for row in latest if row.reason in NO_LINE}
    if len(latest) < wanted or len(hosts) < FEWEST or any(r.reason not in NO_LINE for r in latest):
        return False
    for row in latest:
        row.failures = max(row.failures - 1, 0)
    detail = f"the latest {len(latest)} polls of {len(hosts)} hosts all failed"
    session.add(IncidentRow(key=KEY, kind=KEY, detail=detail, opened_at=now))
    return True


def line_is_down(session: Session) -> bool:
    """Whether it is known that everything fails."""
    return _open(session) is not None


def end_outage(session: Session, now: datetime) -> None:
    """A server answered: the line is up."""
    incident = _open(session)
    if incident is not None:
        incident.closed_at = now


def _open(session: Session) -> IncidentRow | None:
    return session.scalars(
        select(IncidentRow).where(IncidentRow.key == KEY, IncidentRow.closed_at.is_(None))
    ).first()
