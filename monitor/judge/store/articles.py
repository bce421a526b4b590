"""Articles waiting to be judged, and what becomes of them and their entries."""

from datetime import datetime

from sqlalchemy import bindparam, case, delete, false, null, select, update

from monitor import db
from monitor.db import Session
from monitor.judge.store.after import versions
from monitor.records import Article, Fate, PendingArticle
from monitor.tables import ArticleRow, Base, EntryRow, FeedRow, PageRow, Utc, VerdictRow

KEPT = (Fate.DUPLICATE, Fate.BLOCKED, Fate.GONE, Fate.RETRYING, Fate.HEADLINE_ONLY)

# Statements are put together once: that costs more than to run them.
ARTICLES = Base.metadata.tables[ArticleRow.__tablename__]
ENTRIES = Base.metadata.tables[EntryRow.__tablename__]
MINE = ARTICLES.c.attempts == bindparam("claimed")
REST = (
    update(ARTICLES)
    .where(ARTICLES.c.id == bindparam("its_id"))
    .values(
        judged_at=bindparam("now", type_=Utc()),
        due_at=case((MINE, null()), else_=ARTICLES.c.due_at),
        hush=case((MINE, false()), else_=ARTICLES.c.hush),
        attempts=case((MINE, 0), else_=ARTICLES.c.attempts),
    )
)
PAGES = Base.metadata.tables[PageRow.__tablename__]
DROP = delete(PAGES).where(PAGES.c.article_id == bindparam("its_id"))
TELL = (
    update(ENTRIES)
    .where(ENTRIES.c.article_id == bindparam("its_id"))
    .values(
        fate=bindparam("its_fate"), reason=bindparam("its_fate"), detail=bindparam("its_detail")
    )
)
TELL_YES = TELL.where(ENTRIES.c.fate != Fate.DUPLICATE.value)
TELL_NO = TELL.where(*(ENTRIES.c.fate != fate.value for fate in KEPT))


def claim_articles(session: Session, now: datetime, most: int = 1) -> list[PendingArticle]:
    """Take the articles that have waited longest to be judged."""
    rows = db.claim(session, ArticleRow, now, limit=most)
    if not rows:
        return []
    before = versions(session, [row.id for row in rows])
    for row in rows:
        db.hold(row, now)
    return [
        PendingArticle(
            id=row.id,
            article=as_article(row),
            first_seen_at=row.first_seen_at,
            attempts=row.attempts,
            quiet=row.quiet or row.hush,
            versions=before.get(row.id, ()),
            judged=row.judged_at is not None,
        )
        for row in rows
    ]


def claim_article(session: Session, now: datetime) -> PendingArticle | None:
    """Take the article that has waited longest to be judged."""
    return next(iter(claim_articles(session, now)), None)


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
    session.execute(REST, {"its_id": pending.id, "claimed": pending.attempts, "now": now})
    tell = TELL_NO if fate is Fate.JUDGED_NO else TELL_YES
    session.execute(tell, {"its_id": pending.id, "its_fate": fate.value, "its_detail": why})


def drop_pages(session: Session, article_id: int) -> None:
    """Let go of the page of an article that is no hit and never was one."""
    session.execute(DROP, {"its_id": article_id})


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
