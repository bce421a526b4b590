"""What people do with the outbox: list it, read its log, try again, give up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from monitor.deliver.store.channels import enable_channel
from monitor.deliver.store.outbox import as_delivery, logged, set_fate, unbundle
from monitor.records import Delivery, Fate
from monitor.tables import AlertRow, AttemptRow, DeliveryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One line of the delivery log."""

    at: datetime
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A delivery as people see it in `alerts list`."""

    id: int
    key: str
    kind: str
    beat: str
    case_id: int | None
    why: str
    channel: str
    recipient: str
    state: str
    attempts: int
    reason: str
    detail: str
    created_at: datetime
    due_at: datetime | None
    deadline: datetime
    sent_at: datetime | None


def list_deliveries(
    session: Session,
    *,
    states: Sequence[str] = (),
    channel: str | None = None,
    ids: Sequence[int] = (),
    limit: int = 100,
) -> tuple[Sending, ...]:
    """List deliveries, newest first."""
    query = select(DeliveryRow, AlertRow).join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
    query = query.where(*_which(states, channel, ids)).order_by(DeliveryRow.id.desc()).limit(limit)
    return tuple(_sending(row, alert) for row, alert in session.execute(query))


def attempts(session: Session, delivery_id: int) -> tuple[Attempt, ...]:
    """Give the log of one delivery, oldest first."""
    query = select(AttemptRow).where(AttemptRow.delivery_id == delivery_id).order_by(AttemptRow.id)
    return tuple(Attempt(at=row.at, ok=row.ok, detail=row.detail) for row in session.scalars(query))


def counts(session: Session) -> dict[str, int]:
    """Count deliveries by state: pending, sent, dead, dropped."""
    query = select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)
    found = dict(iter(session.execute(query)))
    return {state: found.get(state, 0) for state in ("pending", "sent", "dead", "dropped")}


def retry(
    session: Session, now: datetime, *, ids: Sequence[int] = (), channel: str | None = None
) -> int:
    """Make dead and waiting deliveries due at once, with their full time again; say how many.

    Their channels are tried again even where they had asked for no more.
    """
    rows = session.scalars(select(DeliveryRow).where(*_which(("dead", "pending"), channel, ids)))
    found = rows.all()
    for row in found:
        row.deadline = max(row.deadline, now + (row.deadline - row.created_at))
        row.state, row.due_at = "pending", now
        row.attempts = logged(session, row.id)
        unbundle(session, row, now)
    session.flush()
    for row in found:
        set_fate(session, row.id, (Fate.UNDELIVERABLE,), Fate.HIT)
    for name in {row.channel for row in found}:
        enable_channel(session, name, now)
    return len(found)


def drop(
    session: Session, now: datetime, *, ids: Sequence[int] = (), channel: str | None = None
) -> int:
    """Give up dead and waiting deliveries for good; say how many."""
    rows = session.scalars(select(DeliveryRow).where(*_which(("dead", "pending"), channel, ids)))
    found = rows.all()
    for row in found:
        unbundle(session, row, now)
    for row in found:
        row.state, row.due_at = "dropped", None
    return len(found)


def look(session: Session, delivery_id: int) -> Delivery | None:
    """Read a delivery as it would be sent, and leave it where it is."""
    row = session.get(DeliveryRow, delivery_id)
    if row is None:
        return None
    others = select(DeliveryRow).where(
        DeliveryRow.bundle == row.key, DeliveryRow.id != row.id, DeliveryRow.bundle != ""
    )
    return as_delivery(session, row, session.scalars(others.order_by(DeliveryRow.id)).all())


def acknowledge(session: Session, now: datetime, *, ids: Sequence[int], who: str) -> int:
    """Note that somebody has seen these alerts, and all of their cases; say how many were new.

    Who has seen a digest has seen all that is in it.
    """
    keys = select(DeliveryRow.key).where(DeliveryRow.id.in_(ids))
    seen = or_(DeliveryRow.id.in_(ids), DeliveryRow.bundle.in_(keys))
    alerts = select(DeliveryRow.alert_id).where(seen)
    cases = select(AlertRow.case_id).where(AlertRow.id.in_(alerts), AlertRow.case_id.is_not(None))
    known = or_(AlertRow.id.in_(alerts), AlertRow.case_id.in_(cases))
    found = session.scalars(select(AlertRow).where(known, AlertRow.acked_at.is_(None))).all()
    for row in found:
        row.acked_at, row.acked_by = now, who
    return len(found)


def _which(
    states: Sequence[str], channel: str | None, ids: Sequence[int]
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if states:
        wanted.append(DeliveryRow.state.in_(states))
    if channel is not None:
        wanted.append(DeliveryRow.channel == channel)
    if ids:
        wanted.append(DeliveryRow.id.in_(ids))
    return wanted


def _sending(row: DeliveryRow, alert: AlertRow) -> Sending:
    return Sending(
        id=row.id,
        key=row.key,
        kind=alert.kind,
        beat=alert.beat,
        case_id=alert.case_id,
        why=alert.reason,
        channel=row.channel,
        recipient=row.recipient,
        state=row.state,
        attempts=row.attempts,
        reason=row.reason,
        detail=row.detail,
        created_at=row.created_at,
        due_at=row.due_at,
        deadline=row.deadline,
        sent_at=row.sent_at,
    )
