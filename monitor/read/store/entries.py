"""Entries waiting to be read, the articles they become, and their fate."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor import db
from monitor.read.store.articles import PAGE, WORTH, better, overwrite
from monitor.records import Article, Entry, Fate, PendingEntry
from monitor.tables import ArticleRow, EntryRow, FeedRow

SETTLED = (Fate.HIT, Fate.ALERTED, Fate.MUTED, Fate.UNDELIVERABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What filing an article did: `due` means that it is now to be judged."""

    article_id: int
    due: bool
    duplicate: bool


def claim_entry(session: Session, now: datetime) -> PendingEntry | None:
    """Take the entry that has waited longest to be read."""
    for row in db.claim(session, EntryRow, now):
        article = session.get(ArticleRow, row.article_id) if row.article_id else None
        outlet = session.scalar(select(FeedRow.outlet).where(FeedRow.id == row.feed_id))
        return PendingEntry(
            id=row.id,
            feed_id=row.feed_id,
            entry=as_entry(row),
            outlet=outlet or "",
            first_seen_at=row.first_seen_at,
            attempts=row.attempts,
            read_as=article.read_as if article else None,  # type: ignore[arg-type]  # ours
        )
    return None


def put_article(
    session: Session, pending: PendingEntry, article: Article, now: datetime, *, again: bool
) -> Filed:
    """Keep an article once per canonical address, the best reading of it, and link the entry.

    It is due to be judged if it is new, says something else than before, stops being
    quiet, or (`again`) belongs to this entry alone. If not, the entry is a duplicate where
    another has the article too.
    """
    entry = session.get_one(EntryRow, pending.id)
    row, new = _row(session, entry, article)
    shared = _shared(session, row.id, entry.id)
    changed = not new and better(article, row, shared=shared)
    if changed:
        overwrite(session, row, article, now)
    loud = row.quiet and not entry.learned
    if loud:
        row.quiet = False
    due = new or changed or loud or (again and not shared)
    if due:
        row.due_at, row.attempts = now, 0
    if WORTH[row.read_as] == PAGE:
        row.reason, row.detail = "", ""
    entry.article_id = row.id
    return Filed(article_id=row.id, due=due, duplicate=shared and not due)


def finish_entry(session: Session, pending: PendingEntry, fate: Fate, detail: str = "") -> None:
    """Close the reading: the entry rests, and waits for its article to be judged."""
    _set(session, pending, due_at=None, fate=fate, reason=fate.value, detail=detail, attempts=0)


def fail_entry(
    session: Session,
    pending: PendingEntry,
    *,
    fate: Fate,
    reason: str,
    detail: str,
    due_at: datetime | None,
) -> None:
    """Say why the page could not be read; a fate that the headline earned stays."""
    kept = session.get_one(EntryRow, pending.id).fate
    fate = Fate(kept) if kept in SETTLED else fate
    attempts, why = pending.attempts, {"reason": reason, "detail": detail}
    _set(session, pending, due_at=due_at, fate=fate, attempts=attempts, **why)
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


def _row(session: Session, entry: EntryRow, article: Article) -> tuple[ArticleRow, bool]:
    found = _find(session, article.canonical_url)
    if found is None and entry.article_id is not None:
        earlier = session.get_one(ArticleRow, entry.article_id)
        # The page has come back and takes the place of its headline; or it went, and stays.
        if WORTH[article.read_as] < PAGE or WORTH[earlier.read_as] < PAGE:
            found = earlier
    if found is not None:
        return found, False
    row = ArticleRow(
        **asdict(article) | {"authors": list(article.authors)},
        quiet=entry.learned,
        first_seen_at=entry.first_seen_at,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # another process filed the same address a moment ago
        return session.scalars(_by_address(article.canonical_url)).one(), False
    return row, True


def _find(session: Session, canonical_url: str) -> ArticleRow | None:
    return session.scalars(_by_address(canonical_url)).one_or_none()


def _by_address(canonical_url: str) -> "select[tuple[ArticleRow]]":  # type: ignore[valid-type]
    return select(ArticleRow).where(ArticleRow.canonical_url == canonical_url).with_for_update()


def _shared(session: Session, article_id: int, entry_id: int) -> bool:
    others = select(EntryRow.id).where(
        EntryRow.article_id == article_id,
        EntryRow.id != entry_id,
        EntryRow.fate != Fate.DUPLICATE.value,
    )
    return session.scalars(others.limit(1)).first() is not None


def _set(
    session: Session,
    pending: PendingEntry,
    *,
    due_at: datetime | None,
    fate: Fate,
    reason: str,
    detail: str,
    attempts: int,
) -> None:
    session.flush()
    mine = update(EntryRow).where(EntryRow.id == pending.id)
    session.execute(mine.values(fate=fate.value, reason=reason, detail=detail))
    # If the feed changed the entry meanwhile, or another worker holds it, its turn stands.
    held = mine.where(EntryRow.attempts == pending.attempts)
    session.execute(held.values(due_at=due_at, attempts=attempts))
