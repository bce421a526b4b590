"""What people decide about cases: hits moved, cases retired, the reasons kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update

from monitor.db import Session
from monitor.judge.store.articles import as_article
from monitor.judge.store.verdicts import as_fact, facts_json
from monitor.records import Article, Case, Stage, Verdict
from monitor.tables import AlertRow, ArticleRow, CaseRow, RegroupingRow, VerdictRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouping:
    """A merge or a split: what became of which hits, who decided it, and why."""

    kind: str
    case_id: int
    other_id: int
    hits: tuple[int, ...]
    who: str
    reason: str
    at: datetime


def find_case(session: Session, case_id: int) -> tuple[str, int | None] | None:
    """The beat of a case and the case it was merged into, or None where there is none."""
    row = session.get(CaseRow, case_id)
    return (row.beat, row.merged_into) if row is not None else None


def hits_of(session: Session, case_id: int) -> list[tuple[int, Article, Verdict]]:
    """The hits of a case, in the order they were filed."""
    rows = session.execute(
        select(VerdictRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.case_id == case_id, VerdictRow.hit)
        .order_by(VerdictRow.id)
    )
    return [(verdict.id, as_article(article), _verdict(verdict)) for verdict, article in rows]


def _verdict(row: VerdictRow) -> Verdict:
    facts = row.body.get("facts", {})
    return Verdict(
        beat=row.beat,
        version=row.version,
        score=row.score,
        threshold=row.threshold,
        stage=Stage(row.stage),
        facts={name: as_fact(fact) for name, fact in facts.items()},
    )


def move_hits(session: Session, hits: Sequence[int], case_id: int, why: str) -> None:
    """Put hits into another case, and what was told because of them."""
    session.execute(
        update(VerdictRow).where(VerdictRow.id.in_(hits)).values(case_id=case_id, joined=why)
    )
    session.execute(update(AlertRow).where(AlertRow.verdict_id.in_(hits)).values(case_id=case_id))


def rewrite_case(session: Session, case: Case, now: datetime) -> None:
    """Keep what the hits of a case add up to."""
    session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id)
        .values(
            title=case.title, stage=case.stage.value, facts=facts_json(case.facts), updated_at=now
        )
    )


def retire_case(session: Session, case_id: int, into: int) -> None:
    """Let a case, and what was merged into it before, live on in another."""
    session.execute(
        update(CaseRow)
        .where(or_(CaseRow.id == case_id, CaseRow.merged_into == case_id))
        .values(merged_into=into)
    )
    session.execute(update(AlertRow).where(AlertRow.case_id == case_id).values(case_id=into))


def remember(session: Session, decided: Regrouping) -> None:
    """Keep a decision and its reason."""
    session.add(
        RegroupingRow(
            kind=decided.kind,
            case_id=decided.case_id,
            other_id=decided.other_id,
            hits=list(decided.hits),
            who=decided.who,
            reason=decided.reason,
            at=decided.at,
        )
    )
    session.flush()


def regroupings(session: Session, case_id: int) -> list[dict[str, Any]]:
    """The merges and splits that touched a case, the first first."""
    rows = session.scalars(
        select(RegroupingRow)
        .where(or_(RegroupingRow.case_id == case_id, RegroupingRow.other_id == case_id))
        .order_by(RegroupingRow.id)
    )
    return [
        {
            "kind": row.kind,
            "case_id": row.case_id,
            "other_id": row.other_id,
            "hits": row.hits,
            "who": row.who,
            "reason": row.reason,
            "at": row.at.isoformat(timespec="seconds"),
        }
        for row in rows
    ]
