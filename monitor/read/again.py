"""One hit after its story: its page is read again, and what changed or went is filed.

claim → fetch (if it changed) → extract → file
          └──────────────────────┴→ gone on two reads, or another time
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from monitor import manners
from monitor.app import App
from monitor.db import Session
from monitor.errors import FetchFailed, FetchRefused, Permanent, Temporary
from monitor.log import Log
from monitor.read import flow, store, trouble
from monitor.read.keep import keep
from monitor.records import REREAD, Article, Page, PendingReread

log = Log("again")

HOUR = timedelta(hours=1)
MOST_TRIES = 3  # of one turn; then the page waits for its next
TWICE = 2


def claim(session: Session, now: datetime) -> PendingReread | None:
    """Take the hit whose page has waited longest to be read again."""
    return store.claim_again(session, now)


async def work(app: App, again: PendingReread) -> int:
    """Read one page again; return how many articles are now to be judged."""
    url = again.entry.entry.link
    try:
        await manners.allow(app, url)
        if wait := await manners.turn(app, url):
            await app.db.run(put_off, again, app.now() + wait)
            return 0
        article, page = await _read(app, again)
    except (Temporary, Permanent) as error:
        return await _failed(app, again, error)
    app.tally["articles.again"] += 1
    changed = await app.db.run(file, again, article, app.now(), page=page)
    log.info("read again", url=url, changed=changed)
    return int(changed)


def put_off(session: Session, again: PendingReread, due_at: datetime) -> None:
    """Give a page back untouched: its host is not to be asked before then."""
    attempts = max(again.attempts - 1, 0)
    store.rest_again(session, again, due_at, attempts=attempts, missing=again.missing)


async def _read(app: App, again: PendingReread) -> tuple[Article | None, Page | None]:
    """Fetch and extract; nothing where the server says that the page is as it was."""
    url = again.entry.entry.link
    if again.attempts > MOST_TRIES:
        raise FetchFailed(f"{url}: put off, its readers died", reason="worker_died")
    try:
        page = await app.web.get(
            url,
            etag=again.etag,
            last_modified=again.last_modified,
            accept="page",
            before=partial(manners.allow, app),
        )
    except (FetchFailed, FetchRefused) as error:
        raise trouble.unmask(error) from error
    if page.unchanged:
        return None, None
    return await flow.understood(app, page, again.entry), keep(page)


def file(
    session: Session,
    again: PendingReread,
    article: Article | None,
    now: datetime,
    *,
    page: Page | None = None,
) -> bool:
    """Keep what the page says now, and say when it is read next; true if it is to be judged."""
    due_at = following(again.entry.first_seen_at, now)
    if article is None:
        store.rest_again(session, again, due_at)
        return False
    changed = store.file_again(session, again, article, due_at, now)
    if changed and page is not None:
        store.put_page(session, again.article_id, page, now)
    return changed


def following(first_seen_at: datetime, now: datetime) -> datetime | None:
    """When a page that was first seen then is read next; None after the last time."""
    return next((first_seen_at + wait for wait in REREAD if first_seen_at + wait > now), None)


async def _failed(app: App, again: PendingReread, error: Temporary | Permanent) -> int:
    url, now = again.entry.entry.link, app.now()
    held = await manners.hold(app, error, url)
    log.info("not read again", url=url, reason=error.reason, problem=error)
    gone = error.reason in trouble.GONE
    due_at = following(again.entry.first_seen_at, now)
    if gone and again.missing + 1 >= TWICE:
        why = f"{error}, on two reads"
        return int(await app.db.run(store.lose_again, again, due_at, why, now))
    wait = max(now + HOUR, held or now, now + timedelta(seconds=error.retry_after or 0))
    over = not gone and (isinstance(error, Permanent) or again.attempts >= MOST_TRIES)
    kept = replace(again, missing=again.missing + gone, attempts=0 if over else again.attempts)
    await app.db.run(_retry, kept, due_at if over else wait, str(error))
    return 0


def _retry(session: Session, again: PendingReread, due_at: datetime | None, why: str) -> None:
    store.rest_again(
        session, again, due_at, attempts=again.attempts, missing=again.missing, why=why
    )
