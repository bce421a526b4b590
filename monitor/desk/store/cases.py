"""Cases as people see them: the card, who told it, who was told."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.tables import (
    AlertRow,
    ArticleRow,
    CaseRow,
    DeliveryRow,
    FollowUpRow,
    VerdictRow,
    WatchRow,
)


def cases(
    session: Session,
    *,
    beat: str | None = None,
    stage: str | None = None,
    since: datetime | None = None,
    only: int | None = None,
) -> list[dict[str, Any]]:
    """Cases in the documented form, the newest first."""
    query = select(CaseRow).where(CaseRow.merged_into.is_(None)).order_by(CaseRow.id.desc())
    equal = ((CaseRow.beat, beat), (CaseRow.stage, stage), (CaseRow.id, only))
    query = query.where(*(column == value for column, value in equal if value is not None))
    query = query.where(CaseRow.last_seen_at >= since) if since is not None else query
    return [_case(session, row) for row in session.scalars(query)]


def _case(session: Session, row: CaseRow) -> dict[str, Any]:
    articles = _articles(session, row.id)
    return {
        "id": row.id,
        "beat": row.beat,
        "title": row.title,
        "stage": row.stage,
        "facts": row.facts,
        "outlets": list(dict.fromkeys(article["outlet"] for article in articles)),
        "independent_sources": len({a["outlet"] for a in articles if not a["copy"]}),
        "articles": articles,
        "told": _told(session, row.id),
        "watched_until": _watched(session, row.id),
        "follow_ups": _follow_ups(session, row.id),
        "opened_at": row.opened_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "url": articles[0]["url"] if articles else "",
    }


def _articles(session: Session, case_id: int) -> list[dict[str, Any]]:
    rows = session.execute(
        select(VerdictRow, ArticleRow)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.case_id == case_id, VerdictRow.hit)
        .order_by(VerdictRow.id)
    )
    return [
        {
            "hit_id": verdict.id,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "published": article.published_at.isoformat() if article.published_at else None,
            "stage": verdict.stage,
            "score": round(verdict.score, 3),
            "sentence": verdict.body.get("sentence", ""),
            "copy": verdict.is_copy,
            "why": verdict.joined,
        }
        for verdict, article in rows
    ]


def _told(session: Session, case_id: int) -> list[dict[str, Any]]:
    rows = session.execute(
        select(AlertRow, DeliveryRow)
        .join(DeliveryRow, DeliveryRow.alert_id == AlertRow.id)
        .where(AlertRow.case_id == case_id)
        .order_by(DeliveryRow.id)
    )
    return [
        {
            "kind": alert.kind,
            "reason": alert.reason,
            "channel": delivery.channel,
            "recipient": delivery.recipient,
            "state": delivery.state,
            "sent_at": delivery.sent_at.isoformat() if delivery.sent_at else None,
            "acked_at": alert.acked_at.isoformat() if alert.acked_at else None,
            "acked_by": alert.acked_by,
        }
        for alert, delivery in rows
    ]


def _watched(session: Session, case_id: int) -> str | None:
    until = session.scalars(select(WatchRow.expires_at).where(WatchRow.case_id == case_id)).first()
    return until.isoformat() if until else None


def _follow_ups(session: Session, case_id: int) -> list[dict[str, Any]]:
    rows = session.execute(
        select(FollowUpRow, ArticleRow)
        .join(VerdictRow, VerdictRow.id == FollowUpRow.verdict_id)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(FollowUpRow.case_id == case_id)
        .order_by(FollowUpRow.at, FollowUpRow.verdict_id)
    )
    return [
        {
            "topic": found.stage,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "sentence": found.sentence,
            "why": found.why,
            "at": found.at.isoformat(),
        }
        for found, article in rows
    ]
