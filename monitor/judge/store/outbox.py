"""Alerts and their deliveries: the outbox."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select

from monitor.db import Session
from monitor.judge.decide import FACTS, Told
from monitor.records import Alert, AlertKind, Stage
from monitor.tables import AlertRow, CaseRow, DeliveryRow

LIKE = "possibly_same_as"


def told(session: Session, case_id: int) -> dict[str, Told]:
    """What each channel has been told of a case, or of one that was merged into it."""
    rows = session.execute(
        select(DeliveryRow.channel, AlertRow)
        .join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
        .where(AlertRow.case_id.in_(_one_case(case_id)))
        .distinct()
        .order_by(AlertRow.id)
    )
    known: dict[str, Told] = {}
    for channel, alert in rows:
        known[channel] = _more(known.get(channel, Told(channel=channel)), alert)
    return known


def _one_case(case_id: int) -> Any:
    return select(CaseRow.id).where(or_(CaseRow.id == case_id, CaseRow.merged_into == case_id))


def _more(before: Told, alert: AlertRow) -> Told:
    facts = alert.snapshot["case"]["facts"]
    known = {name for name, fact in facts.items() if fact.get("value") is not None}
    people = facts.get("exonerees", {}).get("value") or []
    return Told(
        channel=before.channel,
        stages=before.stages | {Stage(alert.snapshot["hit"]["stage"])},
        people=before.people | {str(name).casefold() for name in people},
        facts=before.facts | known,
        last_at=alert.created_at,
        small=before.small + (f"-{FACTS}-" in alert.key),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What an alert takes with it into the outbox."""

    case_id: int
    verdict_id: int
    snapshot: dict[str, Any]
    recipients: Mapping[str, Iterable[str]]
    now: datetime
    deadline: datetime


def add_alert(session: Session, alert: Alert, out: Outgoing) -> str:
    """Put an alert, and one delivery for each recipient, into the outbox; once per key.

    News joins what is still held back for the same channels, and goes out with it as one; return
    the key of what goes out.
    """
    if session.scalars(select(AlertRow.id).where(AlertRow.key == alert.key)).first():
        return alert.key
    if alert.kind is AlertKind.UPDATED and (key := _amended(session, alert, out)):
        return key
    row = AlertRow(
        key=alert.key,
        kind=alert.kind.value,
        beat=alert.beat,
        case_id=out.case_id,
        verdict_id=out.verdict_id,
        reason=alert.reason,
        snapshot=out.snapshot,
        created_at=out.now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        DeliveryRow(
            alert_id=row.id,
            channel=channel,
            recipient=recipient,
            key=f"{uuid4().hex}-{channel}-{number}",
            created_at=out.now,
            deadline=out.deadline,
            due_at=alert.after or out.now,
        )
        for channel in alert.channels
        for number, recipient in enumerate(out.recipients[channel])
    )
    return alert.key


def kept(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What an alert goes on to say when more is known."""
    return {name: snapshot[name] for name in (LIKE,) if name in snapshot}


def _amended(session: Session, alert: Alert, out: Outgoing) -> str:
    """Add news to an alert of the case that is held back and has not been tried yet.

    A new stage ends the holding, so that the routes say anew when it goes out.
    """
    for row in session.scalars(
        select(AlertRow).where(
            AlertRow.case_id == out.case_id,
            AlertRow.kind.in_([AlertKind.OPENED.value, AlertKind.UPDATED.value]),
            AlertRow.id.in_(select(DeliveryRow.alert_id).where(DeliveryRow.due_at > out.now)),
        )
    ):
        mine = select(DeliveryRow).where(DeliveryRow.alert_id == row.id).with_for_update()
        deliveries = session.scalars(mine).all()
        held = all(d.state == "pending" and d.attempts == 0 for d in deliveries)
        if not held or {d.channel for d in deliveries} != set(alert.channels):
            continue
        reason = f"{row.reason}; {alert.reason}"
        row.reason, row.verdict_id = reason, out.verdict_id
        row.snapshot = {**kept(row.snapshot), **out.snapshot, "reason": reason}
        for delivery in deliveries if alert.after is None else ():
            delivery.due_at, delivery.hold, delivery.deadline = out.now, "", out.deadline
        session.flush()
        return row.key
    return ""
