"""Articles waiting to be judged, and what becomes of them and their entries."""

from datetime import datetime

from sqlalchemy import select, update

from monitor import db
from monitor.db import Session
from monitor.judge.store.after import versions
from monitor.records import Article, Fate, PendingArticle
from monitor.tables import ArticleRow, EntryRow, FeedRow, VerdictRow

KEPT = (Fate.DUPLICATE, Fate.BLOCKED, Fate.GONE, Fate.RETRYING, Fate.HEADLINE_ONLY)


def claim_article(session: Session, now: datetime) -> PendingArticle | None:
    """Take the article that has waited longest to be judged."""
    for row in db.claim(session, ArticleRow, now):
        db.hold(row, now)
        return PendingArticle(
            id=row.id,
            article=as_article(row),
            first_seen_at=row.first_seen_at,
            attempts=row.attempts,
            quiet=row.quiet or row.hush,
            versions=versions(session, row.id),
        )
    return None


def as_article(row: ArticleRow) -> Article:
    """Turn a row into the record the rooms know."""
    return Article(
        url=row.url,
        canonical_url=row.canonical_url,
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        authors=tuple(row.authors),
        published_at=row.published_at,
        modified_at=row.modified_at,
        language=row.language,
        read_as=row.read_as,  # type: ignore[arg-type]  # only read.store writes it
        truncated=row.truncated,
        paywalled=row.paywalled,
        rights=row.rights,
    )


def finish_article(
    session: Session, pending: PendingArticle, fate: Fate, why: str, now: datetime
) -> None:
    """Close the judgement: the article rests, and its entries know their fate.

    If its text changed meanwhile (its attempts are counted anew then), its next turn stands.
    """
    article_id = pending.id
    mine = update(ArticleRow).where(ArticleRow.id == article_id)
    session.execute(mine.values(judged_at=now))
    held = mine.where(ArticleRow.attempts == pending.attempts)
    session.execute(held.values(due_at=None, attempts=0, hush=False))
    entries = update(EntryRow).where(
        EntryRow.article_id == article_id, EntryRow.fate != Fate.DUPLICATE.value
    )
    if fate is Fate.JUDGED_NO:
        entries = entries.where(EntryRow.fate.not_in([kept.value for kept in KEPT]))
    session.execute(entries.values(fate=fate.value, reason=fate.value, detail=why))


def sighting(session: Session, article_id: int) -> dict[str, str]:
    """The feed that saw an article first."""
    row = session.execute(
        select(FeedRow.name, FeedRow.url)
        .join(EntryRow, EntryRow.feed_id == FeedRow.id)
        .where(EntryRow.article_id == article_id)
        .order_by(EntryRow.id)
    ).first()
    return {"name": row[0], "url": row[1]} if row else {"name": "", "url": ""}


def judge_again(session: Session, verdict_id: int, now: datetime) -> None:
    """Let the article of a verdict be judged at the next turn."""
    article = select(VerdictRow.article_id).where(VerdictRow.id == verdict_id).scalar_subquery()
    session.execute(update(ArticleRow).where(ArticleRow.id == article).values(due_at=now))
