"""What a feed did so far, and what its server asks → when to come back. Pure."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from math import sqrt
from zlib import crc32

SOONEST = timedelta(minutes=5)
LATEST = timedelta(hours=12)
UNCONDITIONAL = timedelta(hours=1)  # a server that gives no validator sends everything every time
BURST = timedelta(minutes=30)
DAY = timedelta(days=1)
TOO_OFTEN = timedelta(hours=1)

PRICE = 0.125
"""Article-hours that may wait before a poll is worth it: one article an hour is polled half-hourly.

The wait of articles that come at rate λ over an interval t is λt²/2; polling when it reaches a
price common to all feeds spends polls in proportion to √λ (Sia, Cho & Cho 2007).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """When a feed's latest entries appeared, what it asks of its readers, and a number of its own.

    `fresh` is how long the last answer stays fresh; `conditional`: it has given a validator.
    """

    times: Sequence[datetime] = ()
    ttl: timedelta | None = None
    fresh: timedelta = timedelta()
    conditional: bool = True
    salt: int = 0


def next_turn(habits: Habits, now: datetime) -> datetime:
    """Come back when enough is expected to be waiting, never before a cached answer runs out."""
    hours = sqrt(2 * PRICE / _rate(habits.times, now))
    if habits.times and now - max(habits.times) < BURST:
        hours /= sqrt(1.5)  # half as likely again that more is coming
    wait = min(max(timedelta(hours=hours), _floor(habits)), LATEST)
    return now + max(_spread(wait, habits.salt, now), min(habits.fresh, LATEST))


def next_try(
    failures: int,
    now: datetime,
    *,
    reason: str = "",
    retry_after: float | None = None,
    salt: int = 0,
) -> datetime:
    """Double the wait with every failure in a row, up to a day; it never stops.

    `failures` counts from 1. What the server asked for is the least.
    """
    first = TOO_OFTEN if reason == "http_429" else SOONEST
    wait = min(first * 2.0 ** min(max(failures - 1, 0), 12), DAY)
    return now + max(_spread(wait, salt, now), min(timedelta(seconds=retry_after or 0), DAY))


def hold_for(retry_after: float | None) -> timedelta:
    """How long the other feeds of a host wait after one was told that it asks too often."""
    return min(max(timedelta(seconds=retry_after or 0), TOO_OFTEN), DAY)


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long an answer stays fresh (RFC 9111 §4.2); None if it does not say."""
    control = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if {"no-cache", "no-store"}.intersection(control):
        return timedelta()
    for part in control:
        name, _, value = part.partition("=")
        if name == "max-age":
            return max(_seconds(value.strip('"')) - _seconds(headers.get("age", "")), timedelta())
    made, ends = _date(headers.get("date", "")), _date(headers.get("expires", ""))
    return max(ends - made, timedelta()) if made and ends else None


def _rate(times: Sequence[datetime], now: datetime) -> float:
    """Entries an hour; what came at one moment (undated, or in a batch) counts once.

    Half an entry and two hours are added, so that little evidence says little.
    """
    hours = (now - min(times)) / timedelta(hours=1) if times else 0.0
    return (len(set(times)) + 0.5) / (max(hours, 0.0) + 2)


def _floor(habits: Habits) -> timedelta:
    floor = SOONEST
    if not habits.conditional and not habits.fresh:
        floor = UNCONDITIONAL
    if habits.ttl and not _broken(habits.ttl, habits.times):
        floor = max(floor, min(habits.ttl, UNCONDITIONAL))
    return floor


def _broken(ttl: timedelta, times: Sequence[datetime]) -> bool:
    """Whether entries came closer together than the feed says they can: a ttl by default."""
    ordered = sorted(set(times))
    return any(later - earlier < ttl for earlier, later in itertools.pairwise(ordered))


def _spread(wait: timedelta, salt: int, now: datetime) -> timedelta:
    """Up to a tenth later, so that feeds do not fall due together."""
    return wait * (1 + 0.1 * crc32(f"{salt} {now:%Y-%m-%dT%H:%M}".encode()) / 2**32)


def _seconds(text: str) -> timedelta:
    text = text.strip()
    return timedelta(seconds=int(text[:9])) if text.isascii() and text.isdigit() else timedelta()


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
