"""Cases: loaded with what grouping needs of them, opened, saved, and shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update

from monitor.db import Session
from monitor.judge.store.verdicts import as_fact, facts_json
from monitor.records import Case, Joined, Stage, Telling
from monitor.tables import ArticleRow, CaseRow, VerdictRow

TELLINGS = 6
"""The first texts of a case and the latest: what comes next is like one of them."""


def load_cases(session: Session, ids: Iterable[int], since: datetime) -> list[Case]:
    """The cases of these numbers that were seen since then, with the hits that tell them."""
    rows = session.scalars(
        select(CaseRow)
        .where(CaseRow.id.in_(list(ids)), CaseRow.last_seen_at >= since)
        .where(CaseRow.merged_into.is_(None))
        .order_by(CaseRow.last_seen_at.desc(), CaseRow.id)
    ).all()
    told: dict[int, list[tuple[int, Telling]]] = {row.id: [] for row in rows}
    hits = (
        select(VerdictRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.id.in_(_chosen(session, told)))
        .order_by(VerdictRow.id)
    )
    for verdict, article in session.execute(hits):
        if verdict.case_id is not None:
            told[verdict.case_id].append((verdict.id, _telling(verdict, article)))
    return [_case(row, [telling for _, telling in told[row.id]]) for row in rows]


def _chosen(session: Session, ids: Iterable[int]) -> list[int]:
    """The hits whose texts are read: the first and the latest, copies only if alone."""
    found: dict[int, list[tuple[bool, int]]] = {}
    rows = session.execute(
        select(VerdictRow.case_id, VerdictRow.is_copy, VerdictRow.id)
        .where(VerdictRow.case_id.in_(list(ids)), VerdictRow.hit)
        .order_by(VerdictRow.id)
    )
    for case_id, is_copy, verdict_id in rows:
        if case_id is not None:
            found.setdefault(case_id, []).append((is_copy, verdict_id))
    chosen: list[int] = []
    for hits in found.values():
        own = [verdict_id for is_copy, verdict_id in hits if not is_copy] or [hits[0][1]]
        chosen += dict.fromkeys([*own[:2], *own[2 - TELLINGS :]])
    return chosen


def _telling(verdict: VerdictRow, article: ArticleRow) -> Telling:
    facts = verdict.body.get("facts", {})
    count = facts.get("people_count", {}).get("value")
    seen = article.first_seen_at
    return Telling(
        text=article.text,
        title=article.title,
        outlet=article.outlet,
        at=min(article.published_at or seen, seen),
        people=tuple(facts.get("exonerees", {}).get("value") or ()),
        count=count if isinstance(count, int) else 0,
    )


def _case(row: CaseRow, tellings: Sequence[Telling]) -> Case:
    return Case(
        id=row.id,
        beat=row.beat,
        title=row.title,
        stage=Stage(row.stage),
        facts={name: as_fact(fact) for name, fact in row.facts.items()},
        opened_at=row.opened_at,
        last_seen_at=row.last_seen_at,
        tellings=tuple(tellings),
        outlets=tuple(dict.fromkeys(telling.outlet for telling in tellings)),
    )


def add_case(session: Session, beat: str, title: str, stage: Stage, now: datetime) -> Case:
    """Open a case."""
    row = CaseRow(
        beat=beat,
        title=title,
        stage=stage.value,
        facts={},
        opened_at=now,
        updated_at=now,
        last_seen_at=now,
    )
    session.add(row)
    session.flush()
    return _case(row, [])


def save_case(session: Session, case: Case, now: datetime) -> None:
    """Keep what a case knows now."""
    session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id)
        .values(
            stage=case.stage.value, facts=facts_json(case.facts), updated_at=now, last_seen_at=now
        )
    )


def set_case(session: Session, verdict_id: int, joined: Joined) -> None:
    """Put a hit into its case."""
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.id == verdict_id)
        .values(case_id=joined.case_id, joined=joined.why, is_copy=joined.copy)
    )


def case_of(session: Session, verdict_id: int) -> int | None:
    """The case a hit is in already, if it was judged before."""
    return session.scalars(select(VerdictRow.case_id).where(VerdictRow.id == verdict_id)).one()


def joined(session: Session, verdict_id: int, case_id: int | None) -> Joined:
    """How a hit came into its case when it was judged before."""
    why, copy = session.execute(
        select(VerdictRow.joined, VerdictRow.is_copy).where(VerdictRow.id == verdict_id)
    ).one()
    return Joined(case_id=case_id, why=why, copy=copy)


def case_outlets(session: Session, case_id: int) -> list[Mapping[str, str]]:
    """Every outlet that told a case, in the order they were seen; copies are marked."""
    rows = session.execute(
        select(ArticleRow.outlet, ArticleRow.url, VerdictRow.is_copy)
        .join(VerdictRow, VerdictRow.article_id == ArticleRow.id)
        .where(VerdictRow.case_id == case_id, VerdictRow.hit)
        .order_by(VerdictRow.id)
    )
    return [{"outlet": o, "url": u, "copy": "yes" if c else ""} for o, u, c in rows]
