"""One feed, from its turn to its filed entries.

claim ─ fetch ─ (304? same body?) ─ parse ─ file: entries, validators, next turn
            └─ failed: reason, next try
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from monitor import manners
from monitor.app import App
from monitor.collect import parse, remedy, store
from monitor.collect.filing import file, file_failure, put_piece, rolled
from monitor.db import Session
from monitor.errors import Permanent, Temporary, WorkerLost
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
        parsed = None if same else await _understand(app, feed, fetched)
    except (Temporary, Permanent) as error:
        await _failed(app, feed, error)
        return 0
    filed = await _file(app, feed, fetched, parsed, body_hash)
    _say(app, feed, fetched, parsed, filed)
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
        body_hash=body_hash,
        learn=app.learn,
        before=before,
    )


async def _fetch(app: App, feed: Feed) -> Fetched:
    return await app.web.get(
        feed.url,
        etag=feed.etag,
        last_modified=feed.last_modified,
        validators_of=feed.answered or None,
    )


async def _understand(app: App, feed: Feed, fetched: Fetched) -> ParsedFeed:
    """Parse; of an index of sitemaps, also the sitemaps, of which one that fails is left out."""
    parsed = await _parse(app, fetched)
    entries, failure = [*parsed.entries], None
    for address in parsed.more:
        try:
            await app.web.wait(address)
            child = await _parse(app, await app.web.get(address))
            entries += child.entries
        except (Temporary, Permanent) as error:
            failure = error
            log.info("sitemap left out", feed=feed.name, url=address, reason=error.reason)
    if failure and not entries:
        raise failure
    return replace(parsed, entries=tuple(entries))


async def _parse(app: App, fetched: Fetched) -> ParsedFeed:
    try:
        return await app.pool.run(parse.parse_feed, fetched)
    except WorkerLost as error:
        if error.reason != "worker_died":
            raise _lost(fetched, error) from error
    try:
        return await app.pool.run(parse.parse_feed, fetched)  # another document may have killed it
    except WorkerLost as error:
        raise _lost(fetched, error) from error


def _lost(fetched: Fetched, error: WorkerLost) -> WorkerLost:
    return WorkerLost(f"{fetched.url}: {error}", reason=error.reason)


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
            remedy="run more often: everything the feed showed was new",
        )
