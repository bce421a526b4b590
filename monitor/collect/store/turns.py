"""A feed's turn: claimed, finished or failed."""

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from monitor import db
from monitor.collect.store.entries import recent_times
from monitor.records import Feed, Fetched
from monitor.tables import EntryRow, FeedRow

LONGEST_DETAIL = 1_000
FURTHEST = timedelta(days=2)  # nothing here ever waits so long
SOON = timedelta(hours=1)
APART = 97
PROBE = timedelta(days=1)
ENOUGH = 5  # gaps between entries that make a habit


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a poll leaves behind besides entries.

    `body_hash` None: there was no body. `complete` false: more was read than this document, so
    nothing is kept that would let the server answer "unchanged".
    """

    body_hash: str | None = None
    new: int = 0
    ttl: timedelta | None = None
    fresh: timedelta | None = None
    period: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    parsed: bool = False
    moved: Mapping[str, Any] = field(default_factory=dict)
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a poll failed: a short reason, and what people are told."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is known of a feed after a poll: what its server asks for, its habit and silence.

    `fresh` and `period` are nothing where the server does not say.
    """

    ttl: timedelta | None
    fresh: timedelta
    period: timedelta
    conditional: bool
    skip_hours: tuple[int, ...]
    skip_days: tuple[int, ...]
    habit: dict[str, Any]
    silence: dict[str, Any]


def claim_feed(
    session: Session, now: datetime, *, only: Collection[int] | None = None
) -> Feed | None:
    """Take the feed that has been due longest, of `only` some if given."""
    where = () if only is None else (FeedRow.id.in_(only),)
    for row in db.claim(session, FeedRow, now, *where, furthest=None):
        db.hold(row, now)
        return feed_of(row, probing=_stale(session, row, now))
    if only is None:
        _bring_back(session, now)
    return None


def feed_of(row: FeedRow, *, probing: bool = False) -> Feed:
    """A row as the rooms know it; asked without validators if `probing`."""
    return Feed(
        id=row.id,
        url=row.moved.get("now") or row.url,
        links=row.links,
        name=row.name,
        outlet=row.outlet,
        tags=tuple(row.tags),
        etag=None if probing else row.etag,
        last_modified=None if probing else row.last_modified,
        probing=probing,
        moved=row.moved,
        answered=str(row.pace.get("answered", "")),
        body_hash=row.body_hash,
        polled_at=row.polled_at,
        ok_at=row.ok_at,
        failures=row.failures,
        attempts=row.attempts,
    )


def _stale(session: Session, row: FeedRow, now: datetime) -> bool:
    """Whether to ask once without validators: only 304 for a day, and that cannot be.

    It cannot where the feed never was silent for so long, or where others see its articles.
    """
    since = row.full_at or row.new_at
    if since is None or not (row.etag or row.last_modified) or now - since < PROBE:
        return False
    seen = sorted(recent_times(session, row.id))
    silence = now - (row.new_at or since)
    gaps = [later - earlier for earlier, later in itertools.pairwise(seen)]
    if len(gaps) >= ENOUGH and silence > max(PROBE, 2 * max(gaps)):
        return True
    parts = urlsplit(row.url)
    others = select(EntryRow.id).where(
        EntryRow.feed_id != row.id,
        EntryRow.first_seen_at > max(now - PROBE, row.new_at or since),
        EntryRow.link.startswith(f"{parts.scheme}://{parts.netloc}/", autoescape=True),
    )
    return session.scalars(others.limit(1)).first() is not None


def _bring_back(session: Session, now: datetime) -> None:
    """Bring near the turns that a clock once wrong has put far away, not all for one moment.

    A feed that was last polled in the future waits for a time that was never meant.
    """
    wrong = or_(FeedRow.due_at > now + FURTHEST, FeedRow.polled_at > now + SOON)
    far = session.scalars(select(FeedRow).where(FeedRow.due_at > now + SOON, wrong))
    for number, row in enumerate(far):
        row.due_at = now + SOON * (number % APART) / APART


def finish_feed(session: Session, feed: Feed, fetched: Fetched, turn: Turn, now: datetime) -> Said:
    """Keep what the server said; return what is known now.

    After a 200 the validators are exactly the served ones, none included; after a 304 what it
    does not mention stays.
    """
    row = session.get_one(FeedRow, feed.id)
    if fetched.unchanged:
        row.etag = fetched.etag or row.etag
        row.last_modified = fetched.last_modified or row.last_modified
    else:
        row.etag = fetched.etag if turn.complete else None
        row.last_modified = fetched.last_modified if turn.complete else None
        row.body_hash = turn.body_hash if turn.complete else None
        row.full_at = now
    row.moved = dict(turn.moved)
    row.pace = _asked(row.pace, fetched, turn)
    row.polled_at = row.ok_at = now
    row.new_at = now if turn.new else row.new_at
    row.failures, row.attempts, row.reason, row.detail = 0, 0, "", ""
    return Said(
        ttl=timedelta(seconds=row.pace["ttl"]) if "ttl" in row.pace else None,
        fresh=timedelta(seconds=row.pace.get("fresh", 0)),
        period=timedelta(seconds=row.pace.get("period", 0)),
        conditional=bool(fetched.etag or fetched.last_modified or row.etag or row.last_modified),
        skip_hours=tuple(row.pace.get("skip_hours", ())),
        skip_days=tuple(row.pace.get("skip_days", ())),
        habit=dict(row.pace.get("habit", {})),
        silence=dict(row.pace.get("silence", {})),
    )


def _asked(before: Mapping[str, Any], fetched: Fetched, turn: Turn) -> dict[str, Any]:
    kept = dict(before)
    if not fetched.unchanged:
        kept["answered"] = fetched.url
    if turn.ttl is not None:
        kept["ttl"] = turn.ttl.total_seconds()
    if turn.fresh is not None or not fetched.unchanged:
        kept["fresh"] = turn.fresh.total_seconds() if turn.fresh else 0
        kept["period"] = turn.period.total_seconds() if turn.period else 0
    if turn.parsed:
        kept["skip_hours"], kept["skip_days"] = [*turn.skip_hours], [*turn.skip_days]
    return kept


def set_turn(
    session: Session, feed: Feed, due_at: datetime, why: str, learnt: Mapping[str, Any]
) -> None:
    """Say when to come back, unless the feed was paused or removed meanwhile; keep its ways."""
    row = session.get_one(FeedRow, feed.id)
    row.due_at = due_at if row.state == "active" else None
    row.pace = {**row.pace, **learnt, "why": why}


def fail_feed(
    session: Session,
    feed: Feed,
    failure: Failure,
    now: datetime,
    due_at: datetime,
    *,
    moved: Mapping[str, Any],
) -> None:
    """Note what went wrong; what was known of the feed stays, so that the next try is cheap."""
    row = session.get_one(FeedRow, feed.id)
    row.polled_at = now
    row.failures, row.attempts = row.failures + 1, 0
    row.reason, row.detail = failure.reason, _words(failure.detail)
    row.due_at = due_at if row.state == "active" else None
    row.pace = _spent(row.pace)
    row.moved = dict(moved)


def spare_feed(session: Session, feed: Feed, due_at: datetime) -> None:
    """Do not hold the failure against the feed: it is tried again soon, and counts as before."""
    row = session.get_one(FeedRow, feed.id)
    row.failures = feed.failures
    row.due_at = due_at if row.state == "active" else None


def put_off(session: Session, feed: Feed, due_at: datetime) -> None:
    """Give a claimed feed back untouched: its host is not to be asked before then."""
    row = session.get_one(FeedRow, feed.id)
    row.attempts = max(row.attempts - 1, 0)
    row.due_at = due_at if row.state == "active" else None


def close_feed(session: Session, feed: Feed, failure: Failure, now: datetime) -> None:
    """The server says the feed is gone for good: stop, until a person resumes it."""
    row = session.get_one(FeedRow, feed.id)
    row.polled_at = now
    row.failures, row.attempts = row.failures + 1, 0
    row.reason, row.detail = failure.reason, _words(failure.detail)
    row.state, row.due_at = "gone", None
    row.pace = _spent(row.pace)


def _spent(pace: Mapping[str, Any]) -> dict[str, Any]:
    """A poll that failed was one, too."""
    habit = dict(pace.get("habit", {}))
    return {**pace, "habit": {**habit, "polls": habit.get("polls", 0) + 1}, "why": "failed"}


def _words(detail: str) -> str:
    """The message, as far as a database takes it: parts of it come from strangers."""
    return detail.replace("\x00", "").encode("utf-8", "replace").decode()[:LONGEST_DETAIL]
