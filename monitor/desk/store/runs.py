"""What the database says about one run."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.desk.summary import Stored
from monitor.records import AlertKind
from monitor.tables import AlertRow, CaseRow, DeliveryRow, FeedRow, GapRow, StateRow

RUNNING = "running"
TESTS = select(AlertRow.id).where(AlertRow.kind == AlertKind.CANARY)
NO_TEST = DeliveryRow.alert_id.not_in(TESTS)


def begin(session: Session, pid: int, now: datetime) -> str:
    """Note that a run begins; return who was at it before and never came to its end, if any."""
    before = running(session)
    value = {"pid": pid, "since": f"{now:%Y-%m-%d %H:%M:%S} UTC"}
    session.merge(StateRow(key=RUNNING, value=value, updated_at=now))
    return before


def end(session: Session) -> None:
    """Note that the run came to its end."""
    if (row := session.get(StateRow, RUNNING)) is not None:
        session.delete(row)


def running(session: Session) -> str:
    """The run that is at work (`process 12, since …`), as far as it is known."""
    row = session.get(StateRow, RUNNING)
    return f"process {row.value['pid']}, since {row.value['since']}" if row else ""


def stored(session: Session, since: datetime) -> Stored:
    """Count what was stored since a run began."""
    return Stored(
        total_feeds=_count(session, FeedRow.state != "removed"),
        failed_feeds=_failed(session, since),
        cases_opened=_count(session, CaseRow.opened_at >= since),
        cases_updated=_count(session, CaseRow.updated_at >= since, CaseRow.opened_at < since),
        sent=_count(session, DeliveryRow.sent_at >= since, NO_TEST),
        pending=_count(session, DeliveryRow.state == "pending", NO_TEST),
        dead=_count(session, DeliveryRow.state == "dead"),
        gaps=_gaps(session, since),
    )


def due_feeds(session: Session, now: datetime) -> int:
    """How many feeds want to be polled."""
    return _count(session, FeedRow.due_at <= now)


def _count(session: Session, *conditions: Any) -> int:
    return session.execute(select(func.count()).where(*conditions)).scalar_one()


def _failed(session: Session, since: datetime) -> list[dict[str, Any]]:
    rows = session.execute(
        select(FeedRow.name, FeedRow.url, FeedRow.reason, FeedRow.detail)
        .where(FeedRow.polled_at >= since, FeedRow.reason != "", FeedRow.state != "removed")
        .order_by(FeedRow.id)
    )
    return [{"feed": n, "url": u, "reason": r, "detail": d} for n, u, r, d in rows]


def _gaps(session: Session, since: datetime) -> list[dict[str, Any]]:
    rows = session.execute(
        select(FeedRow.name, GapRow.since)
        .join(FeedRow, FeedRow.id == GapRow.feed_id)
        .where(GapRow.until >= since)
        .order_by(GapRow.id)
    )
    return [{"feed": name, "since": start.isoformat()} for name, start in rows]
