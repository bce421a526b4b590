"""Stored articles, to be judged again or to test a changed beat on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from monitor.records import Article
from monitor.tables import ArticleRow, LabelRow, VerdictRow


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


def stored(session: Session, since: datetime | None, after: int, limit: int) -> list[Any]:
    """The next stored articles after an id, with what the live beats said and people decided."""
    query = select(ArticleRow).where(ArticleRow.id > after, ArticleRow.text != "")
    if since is not None:
        query = query.where(ArticleRow.first_seen_at >= since)
    rows = session.scalars(query.order_by(ArticleRow.id).limit(limit)).all()
    live, labels = _live(session, [row.id for row in rows]), _labels(session)
    return [
        {
            "id": row.id,
            "first_seen_at": row.first_seen_at,
            "article": Article(
                url=row.url,
                canonical_url=row.canonical_url,
                outlet=row.outlet,
                title=row.title,
                text=row.text,
                published_at=row.published_at,
                read_as=row.read_as,  # type: ignore[arg-type]  # only read.store writes it
            ),
            "live": dict(_of(live, row.id)),
            "label": next((labels[v] for v in _ids(session, row.id) if v in labels), None),
        }
        for row in rows
    ]


def _live(session: Session, ids: list[int]) -> list[Any]:
    columns = (VerdictRow.article_id, VerdictRow.beat, VerdictRow.hit, VerdictRow.stage)
    return list(session.execute(select(*columns).where(VerdictRow.article_id.in_(ids))))


def _of(live: list[Any], article_id: int) -> Iterator[tuple[str, tuple[bool, str]]]:
    return ((beat, (hit, stage)) for found, beat, hit, stage in live if found == article_id)


def _ids(session: Session, article_id: int) -> list[int]:
    return list(session.scalars(select(VerdictRow.id).where(VerdictRow.article_id == article_id)))


def _labels(session: Session) -> dict[int, str]:
    rows = session.execute(select(LabelRow.verdict_id, LabelRow.label).order_by(LabelRow.id))
    return dict(iter(rows))
