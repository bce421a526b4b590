"""One entry, from claim to filed article; or to a reason and the next try.

claim → fetch → (glance) → extract → identify → file
          └───────────────────┴→ trouble → fall back on the feed → file, and try again
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from monitor import manners
from monitor.app import App
from monitor.db import Session
from monitor.errors import FetchFailed, FetchRefused, NoArticle, Permanent, Temporary, WorkerLost
from monitor.log import Log
from monitor.read import glance, identify, store, trouble
from monitor.read.extract import extract, fall_back
from monitor.read.keep import keep
from monitor.records import Article, Fate, Fetched, Page, PendingEntry

log = Log("read")

Worth = Callable[[str], bool]
Wanted = Callable[[Session, str, datetime], bool]
NO_CANDIDATE = "not extracted: the page and its entry have none of the words that a beat asks for"


def claim(session: Session, now: datetime) -> PendingEntry | None:
    """Take the entry that has waited longest."""
    return next(iter(store.claim_entries(session, now)), None)


claim_some = store.claim_entries


async def work(
    app: App,
    pending: PendingEntry,
    *,
    worth: Worth | None = None,
    wanted: Wanted | None = None,
    promising: Worth | None = None,
) -> int:
    """Read one entry's page, or file why not; return how many articles are now to be judged.

    A page whose words are not `worth` it, nor `wanted` for what is stored, is not extracted, and
    an article not kept; the pages of `promising` articles are kept as they were served.
    """
    try:
        if wait := await _turn(app, pending):
            await app.db.run(store.put_off, pending, app.now() + wait)
            return 0
        page = await _fetch(app, pending)
        seen = None
        if page and worth:
            seen = await asyncio.to_thread(glance.glance, page, pending)
        if seen is not None and worth and await _passed(app, pending, seen, worth, wanted):
            return 0
        article = await understood(app, page, pending) if page else await _told(app, pending)
    except (Temporary, Permanent) as error:
        return await _failed(app, pending, error)
    words = f"{article.title}\n{article.text}"
    if seen is not None and worth and await _passed(app, pending, words, worth, wanted):
        return 0
    kept = keep(page) if page and promising and promising(words) else None
    fate, due = await app.db.run(file, pending, article, app.now(), page=kept)
    app.tally["articles.duplicate" if fate is Fate.DUPLICATE else "articles.read"] += 1
    log.info("read", url=article.url, read_as=article.read_as, fate=fate.value)
    return due


async def _turn(app: App, pending: PendingEntry) -> timedelta:
    """Ask robots.txt first, then wait for the host's turn."""
    link = pending.entry.link
    if not link or pending.attempts > trouble.MAX_ATTEMPTS:
        return timedelta()
    await manners.allow(app, link)
    return await manners.turn(app, link)


async def _fetch(app: App, pending: PendingEntry) -> Fetched | None:
    """The page, nothing where there is no link; raise Temporary or Permanent with the reason."""
    link = pending.entry.link
    if not link:
        return None
    if pending.attempts > trouble.MAX_ATTEMPTS:
        raise FetchFailed(f"{link}: given up, its readers died", reason="worker_died")
    try:
        return await app.web.get(link, accept="page", before=partial(manners.allow, app))
    except (FetchFailed, FetchRefused) as error:
        raise trouble.unmask(error) from error


async def _told(app: App, pending: PendingEntry) -> Article:
    return _identified(await app.pool.run(fall_back, pending), pending)


async def _passed(
    app: App, pending: PendingEntry, words: str, worth: Worth, wanted: Wanted | None
) -> bool:
    """Pass an entry over whose words nobody asks for; whether that was done."""
    if worth(words) or not await app.db.run(pass_over, pending, words, wanted, app.now()):
        return False
    app.tally["articles.read"] += 1
    app.tally["judged"] += 1
    log.info("read", url=pending.entry.link, read_as="glance", fate=Fate.JUDGED_NO.value)
    return True


def pass_over(
    session: Session, pending: PendingEntry, words: str, wanted: Wanted | None, now: datetime
) -> bool:
    """Rest an entry unread, unless what is stored wants it read; whether that was done."""
    if wanted is not None and wanted(session, words, now):
        return False
    store.finish_entry(session, pending, Fate.JUDGED_NO, NO_CANDIDATE)
    return True


async def understood(app: App, page: Fetched, pending: PendingEntry) -> Article:
    """Extract and identify what a page says, and what may be done with it."""
    article = await _extracted(app, page, pending)
    rights = await manners.rights_of(app, page)
    article = replace(article, rights=rights, etag=page.etag, last_modified=page.last_modified)
    return _identified(article, pending)


def file(
    session: Session,
    pending: PendingEntry,
    article: Article,
    now: datetime,
    *,
    page: Page | None = None,
) -> tuple[Fate, int]:
    """Keep the article, and its page if given, and rest the entry: judged next, or a duplicate."""
    filed = store.put_article(session, pending, article, now, again=True)
    if page is not None and filed.due:
        store.put_page(session, filed.article_id, page, now)
    if filed.duplicate:
        detail = f"the same text as another sighting of {article.canonical_url}"
        store.finish_entry(session, pending, Fate.DUPLICATE, detail, filed=filed)
    else:
        store.finish_entry(session, pending, Fate.WAITING, "read, to be judged", filed=filed)
    return (Fate.DUPLICATE if filed.duplicate else Fate.WAITING), int(filed.due)


def file_failure(
    session: Session,
    pending: PendingEntry,
    fallback: Article | None,
    coming: trouble.Next,
    now: datetime,
    *,
    held: datetime | None = None,
) -> int:
    """Judge by what the feed said until the page can be read; return 1 if that is to be judged."""
    due_at = None if coming.wait is None else max(now + coming.wait, held or now)
    filed = None
    if fallback is not None:
        filed = store.put_article(session, pending, fallback, now, again=False)
        if filed.duplicate:
            detail = f"another sighting of {fallback.canonical_url} was read; here: {coming.detail}"
            store.finish_entry(session, pending, Fate.DUPLICATE, detail, filed=filed)
            return 0
    store.fail_entry(
        session,
        pending,
        fate=coming.fate,
        reason=coming.reason,
        detail=coming.detail,
        due_at=due_at,
        filed=filed,
    )
    return int(filed is not None and filed.due)


async def _extracted(app: App, page: Fetched, pending: PendingEntry) -> Article:
    try:
        article = await app.pool.run(extract, page, pending)
    except NoArticle as error:
        raise trouble.explain(page, error) from error
    except WorkerLost as error:
        raise WorkerLost(f"{page.url}: {error}", reason=error.reason) from error
    trouble.check(page, article)
    return article


async def _failed(app: App, pending: PendingEntry, error: Temporary | Permanent) -> int:
    fallback = await _fallback(app, pending)
    coming = trouble.decide(error, pending.attempts, told=fallback is not None)
    held = await manners.hold(app, error, pending.entry.link)
    due = await app.db.run(file_failure, pending, fallback, coming, app.now(), held=held)
    app.tally[f"articles.{coming.fate.value}"] += 1
    log.info(
        "not read",
        url=pending.entry.link,
        fate=coming.fate.value,
        reason=coming.reason,
        problem=coming.detail,
        again_in=str(coming.wait or "never"),
    )
    return due


async def _fallback(app: App, pending: PendingEntry) -> Article | None:
    if not (pending.entry.title or pending.entry.summary or pending.entry.content):
        return None
    try:
        article = await app.pool.run(fall_back, pending)
    except WorkerLost:  # the feed's text kills its reader: its headline will not
        bare = replace(pending.entry, summary="", content="")
        article = fall_back(replace(pending, entry=bare))
    return _identified(article, pending)


def _identified(article: Article, pending: PendingEntry) -> Article:
    canonical = identify.canonical_url(article.canonical_url, article.url)
    canonical = canonical or f"urn:entry:{pending.id}"  # a story that is told in the feed alone
    return replace(article, canonical_url=canonical)
