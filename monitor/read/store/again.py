"""Hits whose pages are read again: claimed, and filed with what became of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor import db
from monitor.read.store.articles import better, overwrite
from monitor.read.store.entries import as_entry
from monitor.records import Article, Entry, PendingEntry, PendingReread
from monitor.tables import ArticleRow, EntryRow, FeedRow, RereadRow, VersionRow

FURTHEST = timedelta(days=15)
CUT = 0.6


def claim_again(session: Session, now: datetime) -> PendingReread | None:
    """Take the hit whose page has waited longest to be read again."""
    for row in db.claim(session, RereadRow, now, furthest=FURTHEST):
        article = session.get_one(ArticleRow, row.article_id)
        return PendingReread(
            id=row.id,
            article_id=row.article_id,
            entry=_sighting(session, article),
            etag=article.etag,
            last_modified=article.last_modified,
            missing=row.missing,
            attempts=row.attempts,
        )
    return None


def _sighting(session: Session, article: ArticleRow) -> PendingEntry:
    """What was known of the page when it was read first, so that it is read in the same way."""
    first = session.execute(
        select(EntryRow, FeedRow.outlet)
        .join(FeedRow, FeedRow.id == EntryRow.feed_id)
        .where(EntryRow.article_id == article.id)
        .order_by(EntryRow.id)
        .limit(1)
    ).first()
    row, outlet = first if first is not None else (None, "")
    return PendingEntry(
        id=row.id if row else 0,
        feed_id=row.feed_id if row else 0,
        entry=replace(as_entry(row) if row else Entry(title=article.title), link=article.url),
        outlet=outlet or article.outlet,
        first_seen_at=article.first_seen_at,
    )


def file_again(
    session: Session, again: PendingReread, article: Article, due_at: datetime | None, now: datetime
) -> bool:
    """Keep what the page says now; return whether that is to be judged."""
    row = session.get_one(ArticleRow, again.article_id, with_for_update=True)
    article = replace(article, canonical_url=row.canonical_url)
    changed = better(article, row, shared=False) and not _cut(article.text, row.text)
    if changed:
        overwrite(session, row, article, now)
        _judge(row, now)
    elif (article.title, article.text) == (row.title, row.text):
        row.etag, row.last_modified = article.etag, article.last_modified
    rest_again(session, again, due_at)
    return changed


def _cut(text: str, before: str) -> bool:
    """Whether only the beginning is shown now: a wall went up, and nothing was taken back."""
    words, known = text.split(), before.split()
    shown = words[: len(words) // 2]
    return len(words) < CUT * len(known) and known[: len(shown)] == shown


def rest_again(
    session: Session,
    again: PendingReread,
    due_at: datetime | None,
    *,
    attempts: int = 0,
    missing: int = 0,
    why: str = "",
) -> None:
    """Say when the page is read next, and how it went this time."""
    session.execute(
        update(RereadRow)
        .where(RereadRow.id == again.id)
        .values(due_at=due_at, attempts=attempts, missing=missing, detail=why)
    )


def lose_again(
    session: Session, again: PendingReread, due_at: datetime | None, why: str, now: datetime
) -> bool:
    """Keep that the page is gone, once; return whether that is to be judged."""
    rest_again(session, again, due_at, missing=again.missing + 1, why=why)
    known = select(VersionRow.id).where(
        VersionRow.article_id == again.article_id, VersionRow.kind == "gone"
    )
    if session.scalars(known.limit(1)).first() is not None:
        return False
    row = session.get_one(ArticleRow, again.article_id, with_for_update=True)
    kept = {"title": row.title, "text": row.text, "changed": why, "at": now}
    session.add(VersionRow(article_id=row.id, kind="gone", **kept))
    _judge(row, now)
    return True


def _judge(row: ArticleRow, now: datetime) -> None:
    row.due_at, row.attempts, row.reason, row.detail = now, 0, "", ""
