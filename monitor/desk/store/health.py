"""Is the service at work? Rows that should have been claimed long ago say that it is not."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.records import counted
from monitor.tables import ArticleRow, DeliveryRow, EntryRow, FeedRow, RereadRow, StateRow

ROOMS = {
    "collect": FeedRow,
    "read": EntryRow,
    "again": RereadRow,
    "judge": ArticleRow,
    "deliver": DeliveryRow,
}
STUCK_MINUTES = 15
REMEDY = "is `monitor run` (or the cron job) running? See its log"


def report(session: Session, now: datetime, *, minutes: int) -> dict[str, Any]:
    """What waits in each room, and every reason to worry."""
    late = now - timedelta(minutes=minutes)
    rooms = {name: _room(session, rows, now) for name, rows in ROOMS.items()}
    problems = [
        _stuck(name, room)
        for name, room in rooms.items()
        if room["oldest"] is not None and room["oldest"] < late
    ]
    dead = session.execute(select(func.count()).where(DeliveryRow.state == "dead")).scalar_one()
    if dead:
        said = counted(dead, "alert")
        problems.append(f"{said} undelivered; see `monitor alerts list --state dead`")
    problems += _canary(session, now) + _never(session)
    return {"ok": not problems, "problems": problems, "rooms": rooms, "dead": dead}


def _never(session: Session) -> list[str]:
    """Whether nothing was ever polled and nobody ever to be told: the service never began."""
    polled = select(FeedRow.id).where(FeedRow.polled_at.is_not(None)).limit(1)
    if any(session.scalars(one).first() for one in (polled, select(DeliveryRow.id).limit(1))):
        return []
    return [f"collect: no feed was ever polled; {REMEDY}"]


def _canary(session: Session, now: datetime) -> list[str]:
    """Whether the test story of the day is overdue: nobody may be there to say so."""
    row = session.get(StateRow, "canary")
    if row is None or now <= datetime.fromisoformat(row.value["late_after"]):
        return []
    began = row.value["begun"][:16].replace("T", " ")
    return [f"canary: no test story has arrived since the one of {began} UTC; {REMEDY}"]


def _room(session: Session, rows: Any, now: datetime) -> dict[str, Any]:
    due, oldest = session.execute(
        select(func.count(), func.min(rows.due_at)).where(rows.due_at <= now)
    ).one()
    return {"due": due, "oldest": oldest}


def _stuck(name: str, room: dict[str, Any]) -> str:
    since = f"{room['oldest']:%Y-%m-%d %H:%M} UTC"
    return f"{name}: {room['due']} waiting, the oldest since {since}; {REMEDY}"
