"""The fate of an article or an entry, from every feed that saw it."""

from collections import Counter
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from monitor.tables import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    RevisionRow,
    VerdictRow,
)


def find(session: Session, addresses: list[str]) -> dict[str, Any] | None:
    """Everything known of the article with one of these addresses; None if it was never seen."""
    entries = session.scalars(
        select(EntryRow)
        .where(or_(EntryRow.link.in_(addresses), EntryRow.canonical_link.in_(addresses)))
        .order_by(EntryRow.id)
    ).all()
    known = [entry.article_id for entry in entries if entry.article_id]
    article = session.scalars(
        select(ArticleRow).where(
            or_(
                ArticleRow.id.in_(known),
                ArticleRow.url.in_(addresses),
                ArticleRow.canonical_url.in_(addresses),
            )
        )
    ).first()
    if article is not None:
        entries = session.scalars(
            select(EntryRow)
            .where(or_(EntryRow.article_id == article.id, EntryRow.id.in_([e.id for e in entries])))
            .order_by(EntryRow.id)
        ).all()
    if article is None and not entries:
        return None
    return {
        "entries": [_entry(session, entry) for entry in entries],
        "article": _article(article) if article else None,
        "verdicts": _verdicts(session, article.id) if article else [],
        "told": _told(session, article.id) if article else [],
    }


def _entry(session: Session, row: EntryRow) -> dict[str, Any]:
    feed = session.get_one(FeedRow, row.feed_id)
    return {
        "id": row.id,
        "feed": feed.name,
        "feed_url": feed.url,
        "link": row.link,
        "title": row.title,
        "published": row.published_at.isoformat() if row.published_at else None,
        "first_seen": row.first_seen_at.isoformat(),
        "fate": row.fate,
        "reason": row.reason,
        "detail": row.detail,
        "attempts": row.attempts,
        "next_try": row.due_at.isoformat() if row.due_at else None,
        "revisions": _revisions(session, row.id),
    }


def _revisions(session: Session, entry_id: int) -> list[dict[str, str]]:
    """What the feed said before, the latest last."""
    rows = session.scalars(
        select(RevisionRow).where(RevisionRow.entry_id == entry_id).order_by(RevisionRow.id)
    )
    return [
        {"until": row.at.isoformat(), "changed": row.changed, "title": row.title} for row in rows
    ]


def _article(row: ArticleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": row.url,
        "canonical_url": row.canonical_url,
        "outlet": row.outlet,
        "title": row.title,
        "published": row.published_at.isoformat() if row.published_at else None,
        "read_as": row.read_as,
        "words": len(row.text.split()),
        "truncated": row.truncated,
        "paywalled": row.paywalled,
        "reason": row.reason,
        "detail": row.detail,
        "judged_at": row.judged_at.isoformat() if row.judged_at else None,
    }


def _verdicts(session: Session, article_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(VerdictRow).where(VerdictRow.article_id == article_id).order_by(VerdictRow.id)
    )
    return [
        {
            "hit_id": row.id if row.hit else None,
            "beat": row.beat,
            "version": row.version,
            "score": round(row.score, 3),
            "threshold": row.threshold,
            "hit": row.hit,
            "stage": row.stage,
            "case_id": row.case_id,
            "joined": row.joined,
            "judged_at": row.judged_at.isoformat(),
            **row.body,
        }
        for row in rows
    ]


def _told(session: Session, article_id: int) -> list[str]:
    rows = session.execute(
        select(AlertRow.kind, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.alert_id == AlertRow.id)
        .join(VerdictRow, VerdictRow.id == AlertRow.verdict_id)
        .where(VerdictRow.article_id == article_id)
        .order_by(DeliveryRow.id)
    )
    return [_delivery(kind, delivery) for kind, delivery in rows]


def _delivery(kind: str, row: DeliveryRow) -> str:
    to = f"{row.channel} {row.recipient}".strip()
    if row.sent_at:
        return f"told {to} ({kind}) at {row.sent_at:%Y-%m-%d %H:%M}"
    why = f": {row.detail}" if row.detail else ""
    return f"{row.state} for {to} ({kind}){why}"


def count(session: Session) -> dict[str, int]:
    """How many entries stand at each fate; the sum is every entry ever seen."""
    rows = session.execute(select(EntryRow.fate, func.count()).group_by(EntryRow.fate))
    return dict(Counter(dict(iter(rows))))
