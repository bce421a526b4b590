"""The outbox: claim a delivery, file what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from monitor import db
from monitor.records import AlertKind, Delivery, Fate
from monitor.tables import AlertRow, AttemptRow, DeliveryRow, EntryRow, VerdictRow

UNANSWERED = 20  # claims without a result: each of them killed the process, or met a bug


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a delivery failed, and when it is tried again (None: never)."""

    reason: str
    detail: str
    due_at: datetime | None = None


@db.lasting  # nothing is sent whose id a power cut could take back: it would be told under two
def claim_delivery(session: Session, now: datetime) -> Delivery | None:
    """Take the delivery that has been due longest; one that keeps killing us becomes dead."""
    while rows := db.claim(session, DeliveryRow, now):
        row = rows[0]
        if row.attempts - logged(session, row.id) <= UNANSWERED:
            others = bundle(session, row, now)
            return as_delivery(session, row, others)
        detail = f"given up: {UNANSWERED} attempts ended without any result (crash or kill)"
        fail(session, row.id, Failure(reason="poison", detail=detail), now)
    return None


def bundle(session: Session, row: DeliveryRow, now: datetime) -> list[DeliveryRow]:
    """Give what goes out with a digest's first delivery; the same at every attempt."""
    if row.hold != "digest" or row.bundle not in {"", row.key}:
        return []
    if not row.bundle:
        row.bundle = row.key
        due = select(DeliveryRow).where(
            DeliveryRow.channel == row.channel,
            DeliveryRow.recipient == row.recipient,
            DeliveryRow.hold == "digest",
            DeliveryRow.state == "pending",
            DeliveryRow.bundle == "",
            DeliveryRow.due_at <= now,
            DeliveryRow.id != row.id,
        )
        for other in session.scalars(due.with_for_update(skip_locked=True)):
            other.bundle, other.due_at = row.key, None
        session.flush()
    return _others(session, row, "pending")


def _others(session: Session, row: DeliveryRow, state: str) -> list[DeliveryRow]:
    if row.bundle != row.key:
        return []
    query = select(DeliveryRow).where(
        DeliveryRow.bundle == row.key, DeliveryRow.id != row.id, DeliveryRow.state == state
    )
    return list(session.scalars(query.order_by(DeliveryRow.id)))


def unbundle(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Let what was to go out with a delivery go out without it."""
    for other in [*_others(session, row, "pending"), *_others(session, row, "dead")]:
        other.bundle, other.state, other.due_at = "", "pending", now
    row.bundle, row.hold = "", ""


def finish(session: Session, delivery: Delivery, now: datetime, answer: str = "") -> None:
    """File that the other side took the message, and what it answered."""
    for delivery_id in (delivery.id, *(other.id for other in delivery.others)):
        session.add(AttemptRow(delivery_id=delivery_id, at=now, ok=True, detail=answer))
        session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery_id, DeliveryRow.sent_at.is_(None))
            .values(state="sent", due_at=None, sent_at=now, reason="", detail="")
        )
        set_fate(session, delivery_id, (Fate.HIT, Fate.UNDELIVERABLE), Fate.ALERTED)


def fail(session: Session, delivery_id: int, failure: Failure, now: datetime) -> None:
    """File that it did not, and when to try again; without a time the delivery is dead."""
    session.add(AttemptRow(delivery_id=delivery_id, at=now, ok=False, detail=failure.detail))
    state = "pending" if failure.due_at else "dead"
    session.execute(
        update(DeliveryRow)
        # Another process may have sent it meanwhile, or a person dropped it.
        .where(DeliveryRow.id == delivery_id, DeliveryRow.state == "pending")
        .values(state=state, due_at=failure.due_at, reason=failure.reason, detail=failure.detail)
    )
    row = session.get(DeliveryRow, delivery_id)
    for other in _others(session, row, "pending") if row and state == "dead" else ():
        fail(session, other.id, failure, now)
    if state == "dead" and _all_dead(session, delivery_id):
        set_fate(session, delivery_id, (Fate.HIT, Fate.ALERTED), Fate.UNDELIVERABLE)


def logged(session: Session, delivery_id: int) -> int:
    """Count the attempts of a delivery that had a result."""
    query = select(func.count()).where(AttemptRow.delivery_id == delivery_id)
    return session.scalars(query).one()


def set_fate(session: Session, delivery_id: int, old: Sequence[Fate], new: Fate) -> None:
    """Move the entries behind a delivery's article from one of the old fates to the new."""
    article_id = (
        select(VerdictRow.article_id)
        .join(AlertRow, AlertRow.verdict_id == VerdictRow.id)
        .join(DeliveryRow, DeliveryRow.alert_id == AlertRow.id)
        .where(DeliveryRow.id == delivery_id)
    )
    session.execute(
        update(EntryRow)
        .where(
            EntryRow.article_id == article_id.scalar_subquery(),
            EntryRow.fate.in_([fate.value for fate in old]),
        )
        .values(fate=new.value)
    )


def _all_dead(session: Session, delivery_id: int) -> bool:
    alert_id = select(DeliveryRow.alert_id).where(DeliveryRow.id == delivery_id).scalar_subquery()
    alive = select(func.count()).where(
        DeliveryRow.alert_id == alert_id, DeliveryRow.state.in_(("pending", "sent"))
    )
    return session.scalars(alive).one() == 0


def as_delivery(session: Session, row: DeliveryRow, others: Sequence[DeliveryRow] = ()) -> Delivery:
    """Read a delivery with what its alert says."""
    alert = session.get_one(AlertRow, row.alert_id)
    # A digest is about many cases: it belongs to the thread of none.
    thread = row.key if others else _thread(session, alert.case_id, row)
    return Delivery(
        id=row.id,
        key=row.key,
        kind=AlertKind(alert.kind),
        channel=row.channel,
        recipient=row.recipient,
        thread=thread,
        first_in_thread=thread == row.key,
        created_at=row.created_at,
        deadline=row.deadline,
        data={"beat": alert.beat, "reason": alert.reason, **alert.snapshot},
        attempts=row.attempts,
        others=tuple(as_delivery(session, other) for other in others),
    )


def _thread(session: Session, case_id: int | None, row: DeliveryRow) -> str:
    """Name a thread by the key of the first delivery of the case to this recipient."""
    if case_id is None:
        return row.key
    query = (
        select(DeliveryRow.key, DeliveryRow.bundle)
        .join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
        .where(
            AlertRow.case_id == case_id,
            DeliveryRow.channel == row.channel,
            DeliveryRow.recipient == row.recipient,
        )
        .order_by(DeliveryRow.id)
        .limit(1)
    )
    key, sent_with = session.execute(query).one()
    return str(sent_with or key)
