"""The watch's SQL: how things stand, incidents, and their messages in the outbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from monitor.records import AlertKind
from monitor.tables import (
    AlertRow,
    DeliveryRow,
    FeedRow,
    GapRow,
    IncidentRow,
    StateRow,
)
from monitor.watch.decide import FeedSeen, Seen, Trouble
from monitor.watch.store import yields

DAY = timedelta(days=1)
DISABLED = ("gone", "channel_disabled")  # these letters have an incident of their own
LOOK = "look"
LOCK = 0x776174  # any constant: one process at a time looks after incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something wrong, from when to when; `told` of its beginning, `over` of its end."""

    id: int
    key: str
    kind: str
    detail: str
    opened_at: datetime
    closed_at: datetime | None
    told: bool
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A message about the service on its way into the outbox; `after` holds a channel's back."""

    key: str
    kind: AlertKind
    reason: str
    snapshot: Mapping[str, Any]
    recipients: Mapping[str, tuple[str, ...]]
    case_id: int | None = None
    verdict_id: int | None = None
    beat: str = ""
    after: Mapping[str, datetime] = field(default_factory=dict)


def lock(session: Session) -> None:
    """Let no other process look after incidents until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def look(session: Session, now: datetime) -> Seen:
    """Read how feeds, outlets and channels stand; note that it was looked at."""
    session.merge(StateRow(key=LOOK, value={}, updated_at=now))
    return Seen(
        feeds=tuple(_feed(row) for row in session.scalars(select(FeedRow).order_by(FeedRow.id))),
        outlets=yields.outlets(session, now),
        gaps=_gaps(session, now),
        dead=_dead(session),
    )


def _feed(row: FeedRow) -> FeedSeen:
    return FeedSeen(
        id=row.id,
        name=row.name,
        url=row.url,
        state=row.state,
        failures=row.failures,
        detail=row.detail,
        added_at=row.added_at,
        ok_at=row.ok_at,
        new_at=row.new_at,
        missed_from=_missed_from(row),
    )


def _missed_from(row: FeedRow) -> datetime | None:
    """From when on its silence is not like it, as the last poll that brought something found."""
    at = row.pace.get("silence", {}).get("missed_from")
    return datetime.fromisoformat(at) if at else None


def _gaps(session: Session, now: datetime) -> dict[str, datetime]:
    rows = session.execute(
        select(FeedRow.name, FeedRow.url, func.min(GapRow.since))
        .join(GapRow, GapRow.feed_id == FeedRow.id)
        .where(GapRow.until >= now - DAY)
        .group_by(FeedRow.name, FeedRow.url)
    )
    return {name or url: since for name, url, since in rows}


def _dead(session: Session) -> dict[str, int]:
    query = (
        select(DeliveryRow.channel, func.count())
        .where(DeliveryRow.state == "dead", DeliveryRow.reason.not_in(DISABLED))
        .group_by(DeliveryRow.channel)
    )
    return dict(iter(session.execute(query)))


def open_keys(session: Session) -> set[str]:
    """Give the keys of what is known to be wrong."""
    return set(session.scalars(select(IncidentRow.key).where(IncidentRow.closed_at.is_(None))))


def put(session: Session, troubles: Iterable[Trouble], kinds: Iterable[str], now: datetime) -> None:
    """Open an incident for each new trouble, and close those of these kinds that are over."""
    wrong = {trouble.key: trouble for trouble in troubles}
    for key in wrong.keys() - open_keys(session):
        one = wrong[key]
        session.add(IncidentRow(key=key, kind=one.kind, detail=one.detail, opened_at=now))
    session.execute(
        update(IncidentRow)
        .where(
            IncidentRow.closed_at.is_(None),
            IncidentRow.kind.in_(list(kinds)),
            IncidentRow.key.not_in(list(wrong)),
        )
        .values(closed_at=now)
    )
    session.flush()


def close(session: Session, key: str, now: datetime) -> None:
    """End an incident, if it is open."""
    session.execute(
        update(IncidentRow)
        .where(IncidentRow.key == key, IncidentRow.closed_at.is_(None))
        .values(closed_at=now)
    )


def incidents(session: Session, now: datetime) -> list[Incident]:
    """Give what is wrong, and what ended within a month."""
    rows = session.scalars(
        select(IncidentRow)
        .where(IncidentRow.closed_at.is_(None) | (IncidentRow.closed_at >= now - 30 * DAY))
        .order_by(IncidentRow.id)
    ).all()
    keys = {key for row in rows for key in (told_key(row.id), over_key(row.id))}
    told = set(session.scalars(select(AlertRow.key).where(AlertRow.key.in_(keys))))
    return [
        Incident(
            id=row.id,
            key=row.key,
            kind=row.kind,
            detail=row.detail,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            told=told_key(row.id) in told,
            over=over_key(row.id) in told,
        )
        for row in rows
    ]


def told_key(incident_id: int) -> str:
    """Name the message that says that something is wrong."""
    return f"health-{incident_id}-opened"


def over_key(incident_id: int) -> str:
    """Name the message that says that it is over."""
    return f"health-{incident_id}-over"


def file(session: Session, news: News, now: datetime, retry_for: timedelta) -> int:
    """Put a message into the outbox, once per key; return how many deliveries that makes."""
    if session.scalars(select(AlertRow.id).where(AlertRow.key == news.key)).first():
        return 0
    alert = AlertRow(
        key=news.key,
        kind=news.kind.value,
        beat=news.beat,
        case_id=news.case_id,
        verdict_id=news.verdict_id,
        reason=news.reason,
        snapshot=dict(news.snapshot),
        created_at=now,
    )
    session.add(alert)
    session.flush()
    rows = [
        DeliveryRow(
            alert_id=alert.id,
            channel=channel,
            recipient=person,
            key=f"{uuid4().hex}-{channel}-{number}",
            created_at=now,
            deadline=news.after.get(channel, now) + retry_for,
            due_at=news.after.get(channel, now),
        )
        for channel, people in news.recipients.items()
        for number, person in enumerate(people)
    ]
    session.add_all(rows)
    return len(rows)
