"""Stored articles, to be judged again or to test a changed beat on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from monitor.judge.store.articles import as_article
from monitor.records import Article, Stage, Verdict
from monitor.tables import ArticleRow, LabelRow, VerdictRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a beat said of an article when it was live, and what a person said of that."""

    hit_id: int
    verdict: Verdict
    label: str | None
    case_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article and what each beat said of it."""

    id: int
    first_seen_at: datetime
    article: Article
    judged: Mapping[str, Judged]


def one(session: Session, article_id: int) -> Article:
    """An article as the judge reads it."""
    return as_article(session.get_one(ArticleRow, article_id))


def count_since(session: Session, since: datetime) -> int:
    """How many stored articles were first seen since then."""
    wanted = select(func.count()).where(ArticleRow.first_seen_at >= since)
    return session.execute(wanted).scalar_one()


def due_again(session: Session, since: datetime, *, hush: bool, now: datetime) -> int:
    """Make articles due to be judged again; `hush`: tell nobody of what is found."""
    count = count_since(session, since)
    session.execute(
        update(ArticleRow)
        .where(ArticleRow.first_seen_at >= since)
        .values(due_at=now, attempts=0, hush=hush)
    )
    return count


def stored(
    session: Session,
    since: datetime | None,
    after: int,
    limit: int,
    hit_by: Collection[str] | None = None,
) -> list[Stored]:
    """The next stored articles after an id that can still be judged; `hit_by`: hits of beats."""
    whole = or_(ArticleRow.text != "", ArticleRow.read_as == "headline")
    query = select(ArticleRow).where(ArticleRow.id > after, whole)
    if since is not None:
        query = query.where(ArticleRow.first_seen_at >= since)
    if hit_by is not None:
        hits = select(VerdictRow.article_id).where(VerdictRow.hit, VerdictRow.beat.in_(hit_by))
        query = query.where(ArticleRow.id.in_(hits))
    return _with_verdicts(session, session.scalars(query.order_by(ArticleRow.id).limit(limit)))


def confirmed(session: Session, after: int, limit: int) -> list[Stored]:
    """The next articles after an id with a hit that a person confirmed at some time."""
    labelled = select(LabelRow.verdict_id).where(LabelRow.label == "confirmed")
    hits = select(VerdictRow.article_id).where(VerdictRow.hit, VerdictRow.id.in_(labelled))
    whole = or_(ArticleRow.text != "", ArticleRow.read_as == "headline")
    query = select(ArticleRow).where(ArticleRow.id > after, ArticleRow.id.in_(hits), whole)
    return _with_verdicts(session, session.scalars(query.order_by(ArticleRow.id).limit(limit)))


def count_judged(session: Session, beat: str, since: datetime) -> tuple[int, datetime]:
    """How many articles first seen since then a beat has judged, and when the first was seen."""
    seen = ArticleRow.first_seen_at
    query = select(func.count(), func.min(seen)).select_from(VerdictRow).join(ArticleRow)
    query = query.where(VerdictRow.beat == beat, seen >= since)
    count, first = session.execute(query).one()
    return count, since if count == 0 else first


def _with_verdicts(session: Session, rows: Iterable[ArticleRow]) -> list[Stored]:
    rows = list(rows)
    mine = VerdictRow.article_id.in_([row.id for row in rows])
    labels = _labels(session, mine)
    judged: dict[int, dict[str, Judged]] = {row.id: {} for row in rows}
    for verdict in session.execute(select(*_columns()).where(mine)):
        judged[verdict.article_id][verdict.beat] = _judged(verdict, labels)
    return [
        Stored(
            id=row.id,
            first_seen_at=row.first_seen_at,
            article=as_article(row),
            judged=judged[row.id],
        )
        for row in rows
    ]


def _columns() -> tuple[Any, ...]:
    row = VerdictRow
    return (
        row.id,
        row.article_id,
        row.beat,
        row.version,
        row.score,
        row.threshold,
        row.stage,
        row.case_id,
    )


def _judged(row: Any, labels: Mapping[int, str]) -> Judged:
    verdict = Verdict(
        beat=row.beat,
        version=row.version,
        score=row.score,
        threshold=row.threshold,
        stage=Stage(row.stage),
    )
    return Judged(hit_id=row.id, verdict=verdict, label=labels.get(row.id), case_id=row.case_id)


def _labels(session: Session, mine: Any) -> dict[int, str]:
    """The newest label of each verdict that is `mine`."""
    query = select(LabelRow.verdict_id, LabelRow.label)
    query = query.join(VerdictRow, VerdictRow.id == LabelRow.verdict_id).where(mine)
    return dict(iter(session.execute(query.order_by(LabelRow.id))))
