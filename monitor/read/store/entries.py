"""Entries waiting to be read, the articles they become, and their fate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from monitor import db
from monitor.read.store.articles import PAGE, WORTH, better, overwrite
from monitor.records import Article, Entry, Fate, PendingEntry
from monitor.tables import ArticleRow, Base, EntryRow, FeedRow, Utc

SETTLED = (Fate.HIT, Fate.ALERTED, Fate.MUTED, Fate.UNDELIVERABLE)

# Statements are put together once: that costs more than to run them.
ENTRIES = Base.metadata.tables[EntryRow.__tablename__]
ITS = ENTRIES.c.id == bindparam("its_id")
MINE = ENTRIES.c.attempts == bindparam("claimed")
OUTLETS = select(FeedRow.id, FeedRow.outlet).where(FeedRow.id.in_(bindparam("ids", expanding=True)))
READ_AS = select(ArticleRow.id, ArticleRow.read_as).where(
    ArticleRow.id.in_(bindparam("ids", expanding=True))
)
ENTRY = select(
    ENTRIES.c.article_id, ENTRIES.c.learned, ENTRIES.c.first_seen_at, ENTRIES.c.fate
).where(ITS)
BY_ADDRESS = (
    select(ArticleRow).where(ArticleRow.canonical_url == bindparam("url")).with_for_update()
)
SHARED = (
    select(EntryRow.id)
    .where(
        EntryRow.article_id == bindparam("article"),
        EntryRow.id != bindparam("its_id"),
        EntryRow.fate != Fate.DUPLICATE.value,
    )
    .limit(1)
)
SET = (
    update(ENTRIES)
    .where(ITS)
    .values(
        fate=bindparam("its_fate"),
        reason=bindparam("its_reason"),
        detail=bindparam("its_detail"),
        article_id=func.coalesce(bindparam("its_article", type_=Integer()), ENTRIES.c.article_id),
        # If the feed changed the entry meanwhile, or another worker holds it, its turn stands.
        due_at=case((MINE, bindparam("due", type_=Utc())), else_=ENTRIES.c.due_at),
        attempts=case((MINE, bindparam("tries")), else_=ENTRIES.c.attempts),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What filing an article did: `due` means that it is now to be judged."""

    article_id: int
    due: bool
    duplicate: bool


def claim_entries(session: Session, now: datetime, most: int = 1) -> list[PendingEntry]:
    """Take the entries that have waited longest to be read."""
    rows = db.claim(session, EntryRow, now, limit=most)
    if not rows:
        return []
    feeds = session.execute(OUTLETS, {"ids": list({row.feed_id for row in rows})})
    outlets = {row.id: row.outlet for row in feeds}
    known = [row.article_id for row in rows if row.article_id]
    articles = session.execute(READ_AS, {"ids": known}) if known else ()
    read = {row.id: row.read_as for row in articles}
    return [
        PendingEntry(
            id=row.id,
            feed_id=row.feed_id,
            entry=as_entry(row),
            outlet=outlets.get(row.feed_id, ""),
            first_seen_at=row.first_seen_at,
            attempts=row.attempts,
            read_as=read.get(row.article_id or 0),
        )
        for row in rows
    ]


def put_article(
    session: Session, pending: PendingEntry, article: Article, now: datetime, *, again: bool
) -> Filed:
    """Keep an article once per canonical address, the best reading of it, and link the entry.

    It is due to be judged if it is new, says something else than before, stops being
    quiet, or (`again`) belongs to this entry alone. If not, the entry is a duplicate where
    another has the article too.
    """
    entry = session.execute(ENTRY, {"its_id": pending.id}).one()
    row = None if entry.article_id is None else _known(session, entry, article)
    if row is None and (made := _add(session, entry, article, now)):
        return Filed(article_id=made, due=True, duplicate=False)
    row = row or session.scalars(BY_ADDRESS, {"url": article.canonical_url}).one()
    shared = _shared(session, row.id, pending.id)
    changed = better(article, row, shared=shared)
    if changed:
        overwrite(session, row, article, now)
    loud = row.quiet and not entry.learned
    if loud:
        row.quiet = False
    due = changed or loud or (again and not shared)
    if due:
        row.due_at, row.attempts = now, 0
    if WORTH[row.read_as] == PAGE:
        row.reason, row.detail = "", ""
    return Filed(article_id=row.id, due=due, duplicate=shared and not due)


def finish_entry(
    session: Session,
    pending: PendingEntry,
    fate: Fate,
    detail: str = "",
    *,
    filed: Filed | None = None,
) -> None:
    """Close the reading: the entry rests, and waits for its article to be judged."""
    said = {"reason": fate.value, "detail": detail}
    _set(session, pending, due_at=None, attempts=0, fate=fate, filed=filed, **said)


def fail_entry(
    session: Session,
    pending: PendingEntry,
    *,
    fate: Fate,
    reason: str,
    detail: str,
    due_at: datetime | None,
    filed: Filed | None = None,
) -> None:
    """Say why the page could not be read; a fate that the headline earned stays."""
    kept = session.execute(ENTRY, {"its_id": pending.id}).one().fate
    fate = Fate(kept) if kept in SETTLED else fate
    attempts, why = pending.attempts, {"reason": reason, "detail": detail}
    _set(session, pending, due_at=due_at, fate=fate, attempts=attempts, filed=filed, **why)
    # Judging gives the entry its own reason; the article keeps why it is no more than this.
    mine = select(EntryRow.article_id).where(EntryRow.id == pending.id).scalar_subquery()
    unread = ArticleRow.read_as.in_([name for name, worth in WORTH.items() if worth < PAGE])
    session.execute(update(ArticleRow).where(ArticleRow.id == mine, unread).values(**why))


def put_off(session: Session, pending: PendingEntry, due_at: datetime) -> None:
    """Give a claimed entry back untouched: its host is not to be asked before then."""
    held = update(EntryRow).where(EntryRow.id == pending.id, EntryRow.attempts == pending.attempts)
    session.execute(held.values(due_at=due_at, attempts=max(pending.attempts - 1, 0)))


def as_entry(row: EntryRow) -> Entry:
    """What the feed said, as it was kept."""
    return Entry(
        guid=row.guid,
        link=row.link,
        canonical_link=row.canonical_link,
        title=row.title,
        summary=row.summary,
        content=row.content,
        authors=tuple(row.authors),
        published_at=row.published_at,
    )


def _known(session: Session, entry: Any, article: Article) -> ArticleRow | None:
    found = session.scalars(BY_ADDRESS, {"url": article.canonical_url}).one_or_none()
    if found is None:
        earlier = session.get_one(ArticleRow, entry.article_id)
        # The page has come back and takes the place of its headline; or it went, and stays.
        if WORTH[article.read_as] < PAGE or WORTH[earlier.read_as] < PAGE:
            return earlier
    return found


def _add(session: Session, entry: Any, article: Article, now: datetime) -> int | None:
    """Put a new article in, to be judged now; nothing if its address was filed meanwhile."""
    fields = {name: getattr(article, name) for name in Article.__dataclass_fields__}
    row = fields | {
        "authors": list(article.authors),
        "rights": dict(article.rights),
        "quiet": entry.learned,
        "first_seen_at": entry.first_seen_at,
        "due_at": now,
    }
    return session.scalar(db.insert_new(session, ArticleRow).returning(ArticleRow.id), row)


def _shared(session: Session, article_id: int, entry_id: int) -> bool:
    ids = {"article": article_id, "its_id": entry_id}
    return session.scalars(SHARED, ids).first() is not None


def _set(
    session: Session,
    pending: PendingEntry,
    *,
    due_at: datetime | None,
    fate: Fate,
    reason: str,
    detail: str,
    attempts: int,
    filed: Filed | None,
) -> None:
    session.flush()
    said = {"its_fate": fate.value, "its_reason": reason, "its_detail": detail}
    turn = {"claimed": pending.attempts, "due": due_at, "tries": attempts}
    article = {"its_article": filed.article_id if filed else None}
    session.execute(SET, {"its_id": pending.id, **said, **turn, **article})
