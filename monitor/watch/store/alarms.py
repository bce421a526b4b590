"""Alarms that lie in an outbox that does not move."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.records import AlertKind
from monitor.tables import AlertRow, DeliveryRow, StateRow

DAY = timedelta(days=1)


def unheard(session: Session, before: datetime) -> list[tuple[int, list[int]]]:
    """Give the alarms about a late test story that nobody got, a while after they were filed.

    Each with its deliveries, which lie in the outbox.
    """
    got = select(DeliveryRow.alert_id).where(DeliveryRow.sent_at.is_not(None))
    rows = session.scalars(
        select(AlertRow)
        .where(
            AlertRow.kind == AlertKind.HEALTH.value,
            AlertRow.created_at.between(before - DAY, before),
            AlertRow.id.not_in(got),
        )
        .order_by(AlertRow.id)
    )
    found = [row for row in rows if _kind(row) == "canary_late" and not row.key.endswith("-over")]
    return [
        (row.id, _deliveries(session, row.id))
        for row in found
        if session.get(StateRow, _key(row.id)) is None
    ]


def _deliveries(session: Session, alert_id: int) -> list[int]:
    mine = select(DeliveryRow.id).where(DeliveryRow.alert_id == alert_id).order_by(DeliveryRow.id)
    return list(session.scalars(mine))


def heard(session: Session, alert_id: int, now: datetime) -> None:
    """Note that people heard of an alarm past the outbox."""
    session.merge(StateRow(key=_key(alert_id), value={}, updated_at=now))


def _kind(row: AlertRow) -> object:
    return (row.snapshot.get("incident") or {}).get("kind")


def _key(alert_id: int) -> str:
    return f"alarm:{alert_id}"
