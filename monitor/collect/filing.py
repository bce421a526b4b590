"""What a poll brought, or why it failed → rows, each poll in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.collect import moves, pace, parse, remedy, store
from monitor.config import Http
from monitor.db import Session
from monitor.errors import Permanent, Temporary
from monitor.records import Feed, Fetched, ParsedFeed

GONE = "http_410"
PAUSE = timedelta(minutes=1)
FIRST_LOOK = 200  # entries that tell a feed's rate when it is met
BACKUP = timedelta(hours=6)  # between two polls of a feed whose hub pushes all of it
ROLLED = 3  # entries, all unknown, that a feed must show before something may have been missed


def file(
    session: Session,
    feed: Feed,
    fetched: Fetched,
    parsed: ParsedFeed | None,
    now: datetime,
    *,
    http: Http,
    hubs: bool = False,
    body_hash: str | None = None,
    learn: bool = False,
    before: store.Filed | None = None,
) -> store.Filed:
    """Keep the entries, what the server said of them, and the next turn, in one transaction.

    `before`: what the earlier pieces of a very long document brought; `hubs`: one that pushes
    this feed is asked to.
    """
    filed = before or store.Filed()
    if parsed is not None:
        filed += put_piece(session, feed, parsed, now, learn=learn)
        if rolled(feed, filed):
            store.keep_gap(session, feed, now)
        if hubs:
            store.know_hub(session, feed, *parse.hub_of(fetched), now)
    store.end_outage(session, now)
    turn = _turn(feed, fetched, parsed, filed, body_hash, now)
    said = store.finish_feed(session, feed, fetched, turn, now)
    _set_turn(session, feed, said, filed, now, http)
    return filed


def _turn(
    feed: Feed,
    fetched: Fetched,
    parsed: ParsedFeed | None,
    filed: store.Filed,
    body_hash: str | None,
    now: datetime,
) -> store.Turn:
    """What the poll leaves behind besides entries."""
    return store.Turn(
        body_hash=body_hash,
        new=filed.new,
        ttl=parsed.ttl if parsed else None,
        fresh=pace.fresh_for(fetched.headers),
        period=pace.period_of(fetched.headers),
        skip_hours=parsed.skip_hours if parsed else (),
        skip_days=parsed.skip_days if parsed else (),
        parsed=parsed is not None,
        moved=moves.answered(feed, fetched, now),
        complete=not (parsed and parsed.more),
    )


def put_piece(
    session: Session, feed: Feed, parsed: ParsedFeed, now: datetime, *, learn: bool
) -> store.Filed:
    """Keep the entries alone; what the server said of them is kept with the last piece."""
    first = feed.ok_at is None
    return store.put_entries(session, feed.id, parsed, now, learn=learn, first=first)


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
    before = pace.read_habit(said.habit)
    latest = FIRST_LOOK if before.seen is None else filed.new
    times = store.recent_times(session, feed.id, latest) if latest else ()
    habit = pace.observe(before, times, now, rolled=rolled(feed, filed) is not None)
    silence = pace.listen(said.silence, before, habit, times, price) if times else said.silence
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
    if store.pushed_by_hub(session, feed, now, new=filed.new):
        turn = pace.Turn(at=pace.apart(now, BACKUP, feed.id), why="its hub pushes")
    learnt = {"habit": pace.write_habit(habit), "silence": silence}
    store.set_turn(session, feed, turn.at, turn.why, learnt)


def file_push(
    session: Session, feed: Feed, parsed: ParsedFeed, now: datetime, *, learn: bool
) -> store.Filed:
    """Keep what a hub pushed, learn from it as from a poll that cost nothing, and poll later."""
    filed = put_piece(session, feed, parsed, now, learn=learn)
    kept = store.pace_of(session, feed.id)
    before, learnt = pace.read_habit(kept.get("habit", {})), {}
    if filed.new and before.seen is not None:
        times = store.recent_times(session, feed.id, filed.new)
        habit = replace(pace.observe(before, times, now), polls=before.polls)
        price = pace.read_price(store.kept_price(session))
        silence = pace.listen(kept.get("silence", {}), before, habit, times, price)
        learnt = {"habit": pace.write_habit(habit), "silence": silence}
    store.heard(session, feed, learnt, now, new=filed.new, poll_at=now + BACKUP)
    return filed


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


def rolled(feed: Feed, filed: store.Filed) -> datetime | None:
    """Since when entries may have been missed: since the last poll, if all it showed is new."""
    return feed.ok_at if not filed.known and filed.new >= ROLLED else None


def file_failure(
    session: Session,
    feed: Feed,
    error: Temporary | Permanent,
    now: datetime,
    *,
    held: datetime | None = None,
) -> datetime | None:
    """Note what went wrong; return when it is tried again, None if the feed is gone for good.

    `held`: its host is left alone until then.
    """
    moved = moves.failed(feed, now)
    failure = store.Failure(reason=error.reason, detail=remedy.told(error))
    if isinstance(error, Permanent) and error.reason == GONE and "now" not in feed.moved:
        store.close_feed(session, feed, failure, now)
        return None
    reason = "" if error.retry_after else error.reason  # it said how long: no need to guess
    due_at = pace.next_try(
        feed.failures + 1, now, reason=reason, retry_after=error.retry_after, salt=feed.id
    )
    if held is not None:
        due_at = max(due_at, held + PAUSE)  # the others first, or this one would starve them
    store.fail_feed(session, feed, failure, now, due_at, moved=moved)
    if error.reason in store.NO_LINE and store.is_out(session, now):
        due_at = pace.next_try(1, now, salt=feed.id)
        store.spare_feed(session, feed, due_at)
    return due_at
