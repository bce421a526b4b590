"""Alerts about cases that nobody acknowledged."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.tables import AlertRow, DeliveryRow
from monitor.watch.remind import LONGEST, Waiting

KINDS = ("opened", "updated")


def waiting(session: Session, now: datetime) -> list[Waiting]:
    """Give alerts that were sent within two weeks and that nobody acknowledged, the oldest first.

    Reminders and escalations are themselves nothing to be reminded of.
    """
    rows = session.execute(
        select(AlertRow, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.alert_id == AlertRow.id)
        .where(
            AlertRow.kind.in_(KINDS),
            AlertRow.acked_at.is_(None),
            AlertRow.key.not_like("remind-%"),
            AlertRow.key.not_like("escalate-%"),
            DeliveryRow.sent_at >= now - LONGEST,
        )
        .order_by(AlertRow.id, DeliveryRow.id)
    )
    found: dict[int, tuple[AlertRow, int, dict[str, datetime]]] = {}
    for alert, delivery in rows:
        _, _, sent = found.setdefault(alert.id, (alert, delivery.id, {}))
        if delivery.sent_at is not None:
            sent.setdefault(delivery.channel, delivery.sent_at)
    return [_waiting(alert, number, sent) for alert, number, sent in found.values()]


def _waiting(alert: AlertRow, delivery_id: int, sent: dict[str, datetime]) -> Waiting:
    hit = alert.snapshot.get("hit", {})
    return Waiting(
        id=alert.id,
        delivery_id=delivery_id,
        beat=alert.beat,
        stage=str(hit.get("stage", "")),
        case_id=alert.case_id,
        verdict_id=alert.verdict_id,
        sent=sent,
        snapshot=alert.snapshot,
    )
