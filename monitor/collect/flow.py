"""One feed, from its turn to its filed entries.

claim ─ fetch ─ (304? same body?) ─ understand ─ file: entries, validators, next turn
            └─ failed: reason, next try           └─ entries rolled off? backfill
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from monitor import manners
from monitor.app import App
from monitor.collect import backfill, parse, remedy, store
from monitor.collect.filing import file, file_failure, put_piece, rolled
from monitor.collect.understand import understand
from monitor.db import Session
from monitor.errors import Permanent, Temporary
from monitor.log import Log
from monitor.records import Feed, Fetched, ParsedFeed

log = Log("collect")


def claim(session: Session, now: datetime, *, only: Collection[int] | None = None) -> Feed | None:
    """Take the feed whose turn it is, of `only` some if given."""
    return store.claim_feed(session, now, only=only)


async def work(app: App, feed: Feed) -> int:
    """Poll one feed; return how many entries are now to be read."""
    if wait := await manners.turn(app, feed.url, first=True):
        await app.db.run(store.put_off, feed, app.now() + wait)
        return 0
    app.tally["feeds.polled"] += 1
    try:
        fetched = await _fetch(app, feed)
        body_hash = None if fetched.unchanged else parse.fingerprint(fetched.body)
        same = fetched.unchanged or body_hash == feed.body_hash
        parsed = None if same else await understand(app, feed.name, fetched, feed.links)
    except (Temporary, Permanent) as error:
        await _failed(app, feed, error)
        return 0
    filed = await _file(app, feed, fetched, parsed, body_hash)
    _say(app, feed, fetched, parsed, filed)
    if parsed is not None and rolled(feed, filed):
        filed += await backfill.fill(app, feed, parsed)
    return filed.new + filed.changed


async def _file(
    app: App, feed: Feed, fetched: Fetched, parsed: ParsedFeed | None, body_hash: str | None
) -> store.Filed:
    """Keep it piece by piece; not until the last one is the server told that we have it."""
    pieces = store.pieces(parsed) if parsed else []
    before = store.Filed()
    for piece in pieces[:-1]:
        before += await app.db.run(put_piece, feed, piece, app.now(), learn=app.learn)
    return await app.db.run(
        file,
        feed,
        fetched,
        pieces[-1] if pieces else None,
        app.now(),
        http=app.config.http,
        hubs=bool(app.config.desk.public_url),
        body_hash=body_hash,
        learn=app.learn,
        before=before,
    )


async def _fetch(app: App, feed: Feed) -> Fetched:
    """Ask for the document; a page that is no feed only where robots.txt allows it."""
    allow = partial(manners.allow, app) if feed.links else None
    return await app.web.get(
        feed.url,
        accept="page" if feed.links else "feed",
        before=allow,
        etag=feed.etag,
        last_modified=feed.last_modified,
        validators_of=feed.answered or None,
    )


async def _failed(app: App, feed: Feed, error: Temporary | Permanent) -> None:
    app.tally["feeds.failed"] += 1
    held = await manners.hold(app, error, feed.url)
    due_at = await app.db.run(file_failure, feed, error, app.now(), held=held)
    app.tally["outage"] = int(await app.db.run(store.line_is_down))
    log.info(
        "feed gone" if due_at is None else "feed failed",
        feed=feed.name,
        url=feed.url,
        reason=error.reason,
        problem=str(error),
        again=due_at.isoformat(timespec="seconds") if due_at else "never",
        remedy=remedy.REMEDIES.get(error.reason, remedy.NONE),
    )


def _say(
    app: App, feed: Feed, fetched: Fetched, parsed: ParsedFeed | None, filed: store.Filed
) -> None:
    if parsed is None:
        app.tally["feeds.not_modified" if fetched.unchanged else "feeds.unchanged"] += 1
    app.tally["entries.seen"] += filed.seen
    app.tally["entries.new"] += filed.new
    fields = {"feed": feed.name, "url": feed.url, "status": fetched.status}
    log.info("polled", **fields, seen=filed.seen, new=filed.new, changed=filed.changed)
    if since := rolled(feed, filed):
        log.info(
            "entries may be missing",
            **fields,
            since=since.isoformat(timespec="seconds"),
            remedy="it is asked sooner from now on, and its site's news sitemap is looked at",
        )
