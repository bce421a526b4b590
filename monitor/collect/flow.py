"""One feed, from its turn to its filed entries.

claim ─ fetch ─ (304? same body?) ─ parse ─ file: entries, validators, next turn
            └─ failed: reason, next try
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.app import App
from monitor.collect import pace, parse, store
from monitor.config import Http
from monitor.db import Session
from monitor.errors import Permanent, Temporary, WorkerLost
from monitor.log import Log
from monitor.records import Feed, Fetched, ParsedFeed

log = Log("collect")

GONE = "http_410"
TOO_OFTEN = "http_429"
PAUSE = timedelta(minutes=1)
FIRST_LOOK = 200  # entries that tell a feed's rate when it is met
ROLLED = 3  # entries, all unknown, that a feed must show before something may have been missed

REMEDIES = {
    "html": "find the feed's address on that page, or a news sitemap in robots.txt",
    "opml": "monitor feeds import",
    "plain_sitemap": "look for a news sitemap in robots.txt",
    "forbidden_network": "http.allow_networks, if you mean it",
    "too_large": "http.max_body",
    "tls": "tell the outlet; certificates are always checked",
    "http_401": "the feed wants a login: ask the outlet for an open one",
    "http_403": "set http.contact, ask the outlet to let monitor in",
    "http_404": "look for the feed's new address",
    GONE: "monitor feeds remove, or find its new address; monitor feeds resume to try again",
}


def claim(session: Session, now: datetime, *, only: Collection[int] | None = None) -> Feed | None:
    """Take the feed whose turn it is, of `only` some if given."""
    return store.claim_feed(session, now, only=only)


async def work(app: App, feed: Feed) -> int:
    """Poll one feed; return how many entries are now to be read."""
    app.tally["feeds.polled"] += 1
    try:
        fetched = await _fetch(app, feed)
        body_hash = None if fetched.unchanged else parse.fingerprint(fetched.body)
        same = fetched.unchanged or body_hash == feed.body_hash
        parsed = None if same else await _understand(app, feed, fetched)
    except (Temporary, Permanent) as error:
        await _failed(app, feed, error)
        return 0
    filed = await app.db.run(
        file,
        feed,
        fetched,
        parsed,
        app.now(),
        http=app.config.http,
        body_hash=body_hash,
        learn=app.learn,
    )
    _say(app, feed, fetched, parsed, filed)
    return filed.new + filed.changed


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
            child = await _parse(app, await app.web.get(address))
            entries += child.entries
        except (Temporary, Permanent) as error:
            failure = error
            log.warning("sitemap left out", feed=feed.name, url=address, reason=error.reason)
    if failure and not entries:
        raise failure
    return replace(parsed, entries=tuple(entries))


async def _parse(app: App, fetched: Fetched) -> ParsedFeed:
    try:
        return await app.pool.run(parse.parse_feed, fetched)
    except WorkerLost as error:
        if error.reason != "worker_died":
            raise
    return await app.pool.run(parse.parse_feed, fetched)  # another document may have killed it


def file(
    session: Session,
    feed: Feed,
    fetched: Fetched,
    parsed: ParsedFeed | None,
    now: datetime,
    *,
    http: Http,
    body_hash: str | None = None,
    learn: bool = False,
) -> store.Filed:
    """Keep the entries, what the server said of them, and the next turn, in one transaction."""
    filed = store.Filed()
    if parsed is not None:
        first = feed.ok_at is None
        filed = store.put_entries(session, feed.id, parsed, now, learn=learn, first=first)
        if _rolled(feed, filed):
            store.keep_gap(session, feed, now)
    turn = store.Turn(
        body_hash=body_hash,
        new=filed.new,
        ttl=parsed.ttl if parsed else None,
        fresh=pace.fresh_for(fetched.headers),
        period=pace.period_of(fetched.headers),
        skip_hours=parsed.skip_hours if parsed else (),
        skip_days=parsed.skip_days if parsed else (),
        parsed=parsed is not None,
        complete=not filed.left and not (parsed and parsed.more),
    )
    said = store.finish_feed(session, feed, fetched, turn, now)
    _set_turn(session, feed, said, filed, now, http)
    return filed


def _set_turn(
    session: Session,
    feed: Feed,
    said: store.Said,
    filed: store.Filed,
    now: datetime,
    http: Http,
) -> None:
    """Learn from what the feed showed, and say when it has its turn again."""
    price = _price(session, http, now)
    habit = pace.read_habit(said.habit)
    latest = FIRST_LOOK if habit.seen is None else filed.new
    times = store.recent_times(session, feed.id, latest) if latest else ()
    habit = pace.observe(habit, times, now, rolled=_rolled(feed, filed) is not None)
    turn = pace.next_turn(
        habit,
        price,
        pace.Asked(
            ttl=said.ttl,
            fresh=said.fresh,
            period=said.period,
            conditional=said.conditional,
            skip_hours=said.skip_hours,
            skip_days=said.skip_days,
        ),
        now,
        weight=pace.weight(price, feed.id, habit),
        soonest=http.floor,
        salt=feed.id,
    )
    due_at = now if filed.left else turn.at
    store.set_turn(session, feed, due_at, turn.why, pace.write_habit(habit))


def _price(session: Session, http: Http, now: datetime) -> pace.Price:
    """The price of a poll, set anew once an hour by whoever comes first."""
    price = pace.read_price(store.kept_price(session))
    if not pace.is_due(price, now) or not store.may_reckon(session):
        return price
    known = store.paces(session)
    price = pace.reckon(
        price,
        {number: pace.read_habit(kept.get("habit", {})) for number, (_, kept) in known.items()},
        now,
        active=[number for number, (state, _) in known.items() if state == "active"],
        hits=store.hits(session),
        floor=http.floor / timedelta(hours=1),
        polls_per_hour=http.polls_per_hour,
    )
    store.keep_price(session, pace.write_price(price), now)
    return price


def _rolled(feed: Feed, filed: store.Filed) -> datetime | None:
    """Since when entries may have been missed: since the last poll, if all it showed is new."""
    return feed.ok_at if not filed.known and filed.new >= ROLLED else None


def file_failure(
    session: Session, feed: Feed, error: Temporary | Permanent, now: datetime
) -> datetime | None:
    """Note what went wrong; return when it is tried again, None if the feed is gone for good."""
    if isinstance(error, Permanent) and error.reason == GONE:
        store.close_feed(session, feed, error, now)
        return None
    due_at = pace.next_try(
        feed.failures + 1, now, reason=error.reason, retry_after=error.retry_after, salt=feed.id
    )
    if error.reason == TOO_OFTEN:
        held = now + pace.hold_for(error.retry_after)
        store.hold_host(session, feed, held)
        due_at = max(due_at, held + PAUSE)  # the others first, or this one would starve them
    store.fail_feed(session, feed, error, now, due_at)
    return due_at


async def _failed(app: App, feed: Feed, error: Temporary | Permanent) -> None:
    app.tally["feeds.failed"] += 1
    due_at = await app.db.run(file_failure, feed, error, app.now())
    log.warning(
        "feed gone" if due_at is None else "feed failed",
        feed=feed.name,
        url=feed.url,
        reason=error.reason,
        error=error,
        again=due_at.isoformat(timespec="seconds") if due_at else "never",
        remedy=REMEDIES.get(error.reason, "none needed: it is tried again"),
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
    if since := _rolled(feed, filed):
        log.warning(
            "entries may be missing",
            **fields,
            since=since.isoformat(timespec="seconds"),
            remedy="run more often: everything the feed showed was new",
        )
