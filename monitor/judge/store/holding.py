"""What is held back, let out again, or hidden by a silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from monitor.db import Session
from monitor.judge import silence as silencing
from monitor.judge.decide import LADDER
from monitor.judge.policy import Plan
from monitor.judge.silence import Heard, Silence
from monitor.judge.store.outbox import kept
from monitor.judge.store.verdicts import as_fact
from monitor.records import Fact, Stage, Verdict
from monitor.tables import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    HiddenRow,
    SilenceRow,
    VerdictRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A hit that was put into its case."""

    case_id: int
    verdict_id: int
    now: datetime


def count_sources(session: Session, case_id: int) -> int:
    """Count the outlets that tell a case in words of their own."""
    query = (
        select(ArticleRow.outlet)
        .join(VerdictRow, VerdictRow.article_id == ArticleRow.id)
        .where(VerdictRow.case_id == case_id, VerdictRow.hit, VerdictRow.is_copy.is_(False))
    )
    return len(set(session.scalars(query)))


def hold(session: Session, keys: Sequence[str], plans: Mapping[str, Plan]) -> None:
    """Hold deliveries that were just filed for as long as their routes say."""
    found = session.scalars(
        select(DeliveryRow)
        .join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
        .where(AlertRow.key.in_(keys), DeliveryRow.attempts == 0, DeliveryRow.hold == "")
    )
    for row in found:
        plan = plans.get(row.channel)
        if plan is not None and plan.hold and row.due_at is not None:
            due_at = max(row.due_at, plan.due_at)
            row.deadline += due_at - row.due_at
            row.hold, row.due_at = plan.hold, due_at


def waiting(session: Session, case_id: int, now: datetime) -> bool:
    """Say whether anybody still waits for another source to tell a case."""
    query = select(DeliveryRow.id).join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
    return session.scalars(query.where(*_held(case_id, now)).limit(1)).first() is not None


def release(
    session: Session,
    case_id: int,
    plans: Mapping[str, Plan],
    snapshot: dict[str, Any],
    now: datetime,
) -> None:
    """Let out what waited for another source, with what is known now."""
    query = select(DeliveryRow, AlertRow).join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
    rows = session.execute(query.where(*_held(case_id, now)).with_for_update(of=DeliveryRow)).all()
    for delivery, alert in rows:
        plan = plans.get(delivery.channel)
        alert.snapshot = {**kept(alert.snapshot), **snapshot, "reason": alert.reason}
        if plan is not None and plan.hold != "sources" and delivery.due_at is not None:
            delivery.hold, delivery.due_at = plan.hold, min(delivery.due_at, plan.due_at)


def _held(case_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        AlertRow.case_id == case_id,
        DeliveryRow.hold == "sources",
        DeliveryRow.state == "pending",
        DeliveryRow.attempts == 0,
        DeliveryRow.due_at > now,
    )


def silences(session: Session, now: datetime | None = None) -> list[Silence]:
    """Give the silences, with a time only those in force then; the oldest first."""
    query = select(SilenceRow).order_by(SilenceRow.id)
    query = query.where(SilenceRow.expires_at > now) if now is not None else query
    return [
        Silence(
            id=row.id,
            matcher={name: tuple(values) for name, values in row.matcher.items()},
            reason=row.reason,
            created_at=row.created_at,
            expires_at=row.expires_at,
        )
        for row in session.scalars(query)
    ]


def silence(
    session: Session, filed: Filed, found: Verdict, facts: Mapping[str, Fact], outlet: str
) -> bool:
    """Say whether a silence hides a hit, and remember it; a new stage reopens a hidden case."""
    heard = Heard(verdict=found, facts=facts, outlet=outlet, case_id=filed.case_id)
    by = next(
        (s for s in silences(session, filed.now) if silencing.hides(s, heard, filed.now)), None
    )
    if by is None or silencing.reopens(found.stage, _stages(session, filed, by), LADDER):
        return False
    mine = select(HiddenRow.id).where(HiddenRow.verdict_id == filed.verdict_id)
    if session.scalars(mine).first() is None:
        session.add(
            HiddenRow(
                silence_id=by.id,
                case_id=filed.case_id,
                verdict_id=filed.verdict_id,
                stage=found.stage.value,
                at=filed.now,
            )
        )
        session.flush()
    return True


def _stages(session: Session, filed: Filed, by: Silence) -> list[Stage]:
    """The stages that a case had reached when a silence began, or reached under one since."""
    hushed = VerdictRow.id.in_(select(HiddenRow.verdict_id))
    earlier = VerdictRow.judged_at < by.created_at
    query = select(VerdictRow.stage).where(VerdictRow.case_id == filed.case_id, VerdictRow.hit)
    rows = session.scalars(query.where(VerdictRow.id != filed.verdict_id, hushed | earlier))
    return [Stage(stage) for stage in rows]


def hidden(session: Session, verdict_id: int) -> str:
    """Say which silence hides a hit, and why; nothing where none does."""
    query = (
        select(SilenceRow)
        .join(HiddenRow, HiddenRow.silence_id == SilenceRow.id)
        .where(HiddenRow.verdict_id == verdict_id)
        .order_by(HiddenRow.id.desc())
    )
    row = session.scalars(query).first()
    return f"silence {row.id} of {row.who or 'somebody'} hides it: {row.reason}" if row else ""


def would_hide(
    session: Session, matcher: Mapping[str, tuple[str, ...]], now: datetime
) -> tuple[int, int]:
    """Count the hits of the last 90 days, and how many of them a matcher would have hidden."""
    tried = Silence(
        id=0, matcher=matcher, reason="", created_at=now, expires_at=now + timedelta(days=1)
    )
    query = (
        select(VerdictRow, ArticleRow.outlet)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.hit, VerdictRow.judged_at >= now - timedelta(days=90))
    )
    heard = [as_heard(row, outlet) for row, outlet in session.execute(query)]
    return sum(silencing.hides(tried, one, now) for one in heard), len(heard)


def as_heard(row: VerdictRow, outlet: str) -> Heard:
    """Read a stored hit back as policy looks at it."""
    facts = {name: as_fact(fact) for name, fact in row.body.get("facts", {}).items()}
    verdict = Verdict(
        beat=row.beat,
        version=row.version,
        score=row.score,
        threshold=row.threshold,
        stage=Stage(row.stage),
        facts=facts,
    )
    return Heard(verdict=verdict, facts=facts, outlet=outlet, case_id=row.case_id or 0)


def hit(session: Session, hit_id: int) -> Heard | None:
    """Read one stored hit."""
    query = (
        select(VerdictRow, ArticleRow.outlet)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.id == hit_id, VerdictRow.hit)
    )
    found = session.execute(query).first()
    return as_heard(*found) if found else None


def hiding(session: Session, heard: Heard, now: datetime) -> str:
    """Say which silence in force would hide a hit; nothing where none would."""
    by = next((s for s in silences(session, now) if silencing.hides(s, heard, now)), None)
    return f"silence {by.id} until {by.expires_at:%Y-%m-%d %H:%M} UTC: {by.reason}" if by else ""
