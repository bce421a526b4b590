"""A feed's habit, the price of a poll, and what its server asks → its next turn, and why. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, sqrt
from zlib import crc32

from monitor.collect.pace.habit import WEEK, Habit, hour_of, moment, week_of
from monitor.collect.pace.price import Price

SOONEST = timedelta(minutes=5)
LATEST = 12.0  # hours
UNCONDITIONAL = 1.0  # a server that gives no validator sends everything every time
BURST = 0.5  # hours in which more is likely to follow
EAGER = 1.5
EXPIRED = 5 / 3600  # after its cache has run out, a server has something new
SPREAD = 0.02
HOUR = timedelta(hours=1)
OWN = 0.5  # entries that came in an hour the feed says it skips


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a server asks of its readers.

    `fresh`: how long the last answer stays fresh; `period`: for how long any answer does;
    `conditional`: it has given a validator; `skip_hours` of the day and `skip_days` (Monday is
    0) are GMT.
    """

    ttl: timedelta | None = None
    fresh: timedelta = timedelta()
    period: timedelta = timedelta()
    conditional: bool = True
    skip_hours: Collection[int] = ()
    skip_days: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When to come back, and why then, in a few words."""

    at: datetime
    why: str


def next_turn(
    habit: Habit,
    price: Price,
    asked: Asked,
    now: datetime,
    *,
    weight: float = 1.0,
    soonest: timedelta = SOONEST,
    salt: int = 0,
) -> Turn:
    """Come back when enough is expected to be waiting, and as the server asks."""
    at = hour_of(now)
    burst = habit.newest is not None and 0 <= at - habit.newest < BURST
    wait = _wait(habit, price, at, price.value / weight / (EAGER if burst else 1))
    why = "burst" if burst else "rate"
    if habit.reach is not None and wait > habit.reach:
        wait, why = habit.reach, "entries rolled off"
    if wait >= LATEST:
        wait, why = LATEST, "quiet: twelve hours"
    least, reason = _least(habit, asked, soonest / HOUR)
    if wait < least:
        wait, why = least, reason
    wait *= 1 + SPREAD * crc32(f"{salt} {int(at * 60)}".encode()) / 2**32
    if asked.fresh:
        wait, why = _snap(wait, asked, least), f"{why}, cache"
    skipped = _skip(habit, asked, at + wait, at + LATEST)
    if skipped > at + wait:
        return Turn(at=moment(skipped + wait % 0.05), why="skipped hours")
    return Turn(at=now + timedelta(hours=wait), why=why)


def apart(now: datetime, wait: timedelta, salt: int) -> datetime:
    """So much later, and up to a tenth more, so that feeds asked together come apart."""
    return now + wait * (1 + 0.1 * crc32(f"{salt}".encode()) / 2**32)


def _wait(habit: Habit, price: Price, at: float, worth: float) -> float:
    """Hours until the articles expected since now have waited `worth` hours together."""
    week = week_of(habit, price.profile)
    begin, end, expected, waited = at, at + LATEST, 0.0, 0.0
    while begin < end:
        edge = min(floor(begin) + 1.0, end)
        rate = week[WEEK[int(begin % 168)]]
        hours = edge - begin
        more = (expected + rate * hours / 2) * hours
        if waited + more >= worth:
            return begin - at + (sqrt(expected**2 + 2 * rate * (worth - waited)) - expected) / rate
        expected, waited, begin = expected + rate * hours, waited + more, edge
    return LATEST


def _least(habit: Habit, asked: Asked, soonest: float) -> tuple[float, str]:
    least, why = soonest, "floor"
    if not asked.conditional and not asked.fresh:
        least, why = max(least, UNCONDITIONAL), "no validator"
    ttl = asked.ttl / HOUR if asked.ttl else 0.0
    broken = habit.closest is not None and habit.closest < ttl
    if not broken and min(ttl, UNCONDITIONAL) > least:
        least, why = min(ttl, UNCONDITIONAL), "ttl"
    return least, why


def _snap(wait: float, asked: Asked, least: float) -> float:
    """Move to just after the cache runs out, this time or one of the next: whichever is nearest."""
    ends = min(asked.fresh / HOUR, LATEST) + EXPIRED
    period = min(max(asked.period, asked.fresh) / HOUR, LATEST)
    times = max(round((wait - ends) / period), ceil((least - ends) / period), 0)
    if times and ends + times * period > LATEST and ends + (times - 1) * period >= least:
        times -= 1
    return ends + times * period


def _skip(habit: Habit, asked: Asked, hour: float, latest: float) -> float:
    """Pass over what the feed says it skips, except where it has not kept to that itself."""
    while hour < latest and _skipped(habit, asked, int(hour // 1)):
        hour = floor(hour) + 1.0
    return min(hour, latest)


def _skipped(habit: Habit, asked: Asked, hour: int) -> bool:
    named = hour % 24 in asked.skip_hours or hour // 24 % 7 in asked.skip_days
    return named and habit.counts[WEEK[hour % 168]] < OWN
