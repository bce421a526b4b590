"""Hits and the labels that people gave them."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.records import Label
from monitor.tables import ArticleRow, EntryRow, FeedRow, LabelRow, PageRow, VerdictRow

SIGNAL = ("id", "weight", "matches")
ENTITY = ("type", "name", "canonical", "source")


def hits(
    session: Session,
    *,
    beat: str | None = None,
    stage: str | None = None,
    since: datetime | None = None,
    limit: int | None = None,
    only: int | None = None,
) -> Iterator[dict[str, Any]]:
    """Hits in the documented form, the newest first; those of a shadow beat only by its name."""
    query: Any = (
        select(VerdictRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.hit)
        .order_by(VerdictRow.id.desc())
    )
    equal = ((VerdictRow.beat, beat), (VerdictRow.stage, stage), (VerdictRow.id, only))
    query = query.where(*(column == value for column, value in equal if value is not None))
    query = query.where(ArticleRow.first_seen_at >= since) if since is not None else query
    if beat is None and only is None:
        query = query.where(VerdictRow.case_id.is_not(None))  # only a live hit has a case
    rows = session.execute(query.limit(limit)).all()
    feeds, labels = _feeds(session, query, limit), _labels(session)
    for verdict, article in rows:
        yield _hit(verdict, article, feeds.get(article.id, ""), labels.get(verdict.id))


def _hit(verdict: VerdictRow, article: ArticleRow, feed: str, label: str | None) -> dict[str, Any]:
    body = verdict.body
    return {
        "id": verdict.id,
        "beat": verdict.beat,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet,
        "feed": feed,
        "title": article.title,
        "published": _iso(article.published_at),
        "first_seen": _iso(article.first_seen_at),
        "score": round(verdict.score, 3),
        "threshold": verdict.threshold,
        "stage": verdict.stage,
        "case_id": verdict.case_id,
        "label": label,
        "signals": [_only(signal, SIGNAL) for signal in body.get("signals", ())],
        "entities": [_only(entity, ENTITY) for entity in body.get("entities", ())],
        "facts": body.get("facts", {}),
        "read_as": article.read_as,
        "sentence": body.get("sentence", ""),
        "joined": verdict.joined,
    }


def _only(item: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: item[key] for key in keys if key in item}


def _iso(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _feeds(session: Session, query: Any, limit: int | None) -> dict[int, str]:
    wanted = query.with_only_columns(ArticleRow.id).order_by(None)
    rows = session.execute(
        select(EntryRow.article_id, FeedRow.name)
        .join(FeedRow, FeedRow.id == EntryRow.feed_id)
        .where(EntryRow.article_id.in_(wanted))
        .order_by(EntryRow.id.desc())
    )
    return {article: name for article, name in rows if article is not None}


def _labels(session: Session) -> dict[int, str]:
    rows = session.execute(select(LabelRow.verdict_id, LabelRow.label).order_by(LabelRow.id))
    return dict(iter(rows))


def exists(session: Session, hit_id: int) -> bool:
    """Say whether there is such a hit."""
    found = select(VerdictRow.id).where(VerdictRow.id == hit_id, VerdictRow.hit)
    return session.scalars(found).first() is not None


def put_label(
    session: Session, hit_id: int, label: Label, *, who: str, note: str, now: datetime
) -> None:
    """Keep what a person decided; earlier labels stay in the history."""
    session.add(LabelRow(verdict_id=hit_id, label=label.value, who=who, note=note, at=now))


def labels_of(session: Session, hit_id: int) -> list[dict[str, Any]]:
    """Every label a hit was given, the oldest first."""
    rows = session.scalars(
        select(LabelRow).where(LabelRow.verdict_id == hit_id).order_by(LabelRow.id)
    )
    return [{"label": r.label, "who": r.who, "note": r.note, "at": _iso(r.at)} for r in rows]


def pages_of(session: Session, hit_id: int) -> list[dict[str, Any]]:
    """The page of a hit as it was served, each time that it said something else."""
    rows = session.scalars(
        select(PageRow)
        .join(VerdictRow, VerdictRow.article_id == PageRow.article_id)
        .where(VerdictRow.id == hit_id)
        .order_by(PageRow.id)
    )
    return [
        {
            "url": row.url,
            "at": _iso(row.at),
            "sha256": row.sha256,
            "content_type": row.content_type,
            "body": zlib.decompress(row.body),
        }
        for row in rows
    ]


def count(session: Session) -> int:
    """How many hits there are."""
    return session.execute(
        select(func.count()).select_from(VerdictRow).where(VerdictRow.hit)
    ).scalar_one()
