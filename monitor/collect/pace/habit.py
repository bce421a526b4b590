"""What a feed showed, poll by poll → when in the week its entries appear. Pure.

Two numbers for each of the 48 hours of (weekday | weekend): entries counted and hours watched.
Both fade with a half-life of two weeks, so that a habit follows the feed that changes its own.
News is close to a Poisson process once its hour of the week is known: the rest is chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import floor, isfinite
from typing import Any

BINS = 48
WEEK = tuple(hour % 24 + (24 if hour >= 5 * 24 else 0) for hour in range(168))  # from Monday
SHARE = tuple(WEEK.count(number) / 168 for number in range(BINS))
MONDAY = 4 * 24  # hours from the epoch, a Thursday, to the first Monday

HALF_LIFE = 14 * 24.0
LONGEST = 400.0  # hours that a first document may speak for
PINNED = 0.8  # of its entries are recent: the others stay whatever comes
ABSENT = 36.0  # no feed waits so long for its turn: nobody was watching
PRIOR_ENTRIES = 0.5
PRIOR_HOURS = 24.0
PRIOR_DAYS = 1.5  # entries by which an hour of the day, or the weekend, must differ to count
PRIOR_HOUR = 4.0  # and one hour of the weekend alone
BESIDE = 0.5
WORKDAYS, WEEKEND = slice(0, 24), slice(24, 48)
LEAST = 0.02  # of the mean rate: no hour is ever quite dead
LATEST_REACH = 12.0
ENOUGH = 8  # entries of a feed that say something about the week
BULK = 50

Hours = tuple[float, ...]
FLAT: Hours = (1.0,) * BINS
NONE: Hours = (0.0,) * BINS


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What is known of one feed. Times are hours since a Monday midnight, UTC.

    `closest`: the shortest time between two entries; `reach`: how long the feed can be left
    alone before entries roll off it, where that has happened.
    """

    counts: Hours = NONE
    watched: Hours = NONE
    seen: float | None = None
    newest: float | None = None
    closest: float | None = None
    reach: float | None = None
    items: int = 0
    polls: int = 0


def hour_of(at: datetime) -> float:
    """Give a moment as hours since a Monday midnight."""
    return at.timestamp() / 3600 - MONDAY


def moment(hour: float) -> datetime:
    """Turn such hours back into a moment."""
    return datetime.fromtimestamp(0, UTC) + timedelta(hours=hour + MONDAY)


def read_habit(kept: Mapping[str, Any]) -> Habit:
    """Take a habit out of what was kept; what is damaged is learnt again."""
    counts, watched = _hours(kept.get("counts")), _hours(kept.get("watched"))
    if counts is None or watched is None:
        return Habit(polls=_whole(kept.get("polls")))
    return Habit(
        counts=counts,
        watched=watched,
        seen=_number(kept.get("seen")),
        newest=_number(kept.get("newest")),
        closest=_number(kept.get("closest")),
        reach=_number(kept.get("reach")),
        items=_whole(kept.get("items")),
        polls=_whole(kept.get("polls")),
    )


def write_habit(habit: Habit) -> dict[str, Any]:
    """Put a habit into plain numbers, to the tenth of a thousandth."""
    return {
        "counts": [round(count, 4) for count in habit.counts],
        "watched": [round(hours, 4) for hours in habit.watched],
        "seen": habit.seen,
        "newest": habit.newest,
        "closest": habit.closest,
        "reach": habit.reach,
        "items": habit.items,
        "polls": habit.polls,
    }


def observe(
    habit: Habit, times: Sequence[datetime], now: datetime, *, rolled: bool = False
) -> Habit:
    """Take in one poll: when each new entry appeared, as far as known.

    The first document speaks for the time since its oldest entry. `rolled`: nothing it showed
    was known, so it speaks for that time only. A clock that jumped has watched nothing.
    """
    at = hour_of(now)
    real = sorted({hour_of(time) for time in times})
    begin = _begin(habit, real, at, rolled=rolled)
    if habit.seen is None:  # entries with one date came with the document, not one by one
        came = [time for time in real if begin <= time <= at]
    else:
        middle = (begin + at) / 2
        came = [t if begin <= t <= at else middle for t in map(hour_of, times)]
    fade = 0.5 ** ((at - begin) / HALF_LIFE) if habit.seen is not None else 1.0
    counts = [count * fade for count in habit.counts]
    for time in came:
        counts[WEEK[int(time % 168)]] += 1
    return Habit(
        counts=tuple(counts),
        watched=_watch([hours * fade for hours in habit.watched], begin, at),
        seen=at,
        newest=min(max((*real, habit.newest or at - LONGEST)), at),
        closest=_closest(habit, real),
        reach=_reach(habit, real, at, rolled=rolled),
        items=habit.items + len(times),
        polls=habit.polls + 1,
    )


def mean_rate(habit: Habit, profile: Hours) -> float:
    """Entries an hour over the week: what was counted against what was watched."""
    watched = sum(map(float.__mul__, profile, habit.watched))
    return (sum(habit.counts) + PRIOR_ENTRIES) / (watched + PRIOR_HOURS)


def week_of(habit: Habit, profile: Hours) -> list[float]:
    """Entries an hour in each of the 48.

    The mean, shaped by all feeds; then by what this one does at that hour of any day, in which
    the hours beside it have half a say; then by its weekends; last by that hour alone. Each step
    moves the rate only as far as entries were counted.
    """
    mean = mean_rate(habit, profile)
    rates = [mean * shape for shape in profile]
    usual = list(map(float.__mul__, rates, habit.watched))
    shape = _hours_of(habit.counts, usual)
    usual = list(map(float.__mul__, usual, shape))
    parts = [
        _more(sum(habit.counts[days]), sum(usual[days]), PRIOR_DAYS) for days in (WORKDAYS, WEEKEND)
    ]
    own = [
        factor * part * _more(count, part * hours, PRIOR_HOUR)
        for factor, part, count, hours in zip(
            shape, [parts[0]] * 24 + [parts[1]] * 24, habit.counts, usual, strict=True
        )
    ]
    return [max(rate * factor, mean * LEAST) for rate, factor in zip(rates, own, strict=True)]


def _hours_of(counts: Hours, usual: Sequence[float]) -> list[float]:
    """By how much more comes at each hour of the day than usual, twice over: for both parts."""
    came = list(map(float.__add__, counts[WORKDAYS], counts[WEEKEND]))
    meant = list(map(float.__add__, usual[WORKDAYS], usual[WEEKEND]))
    return [_more(_blur(came, hour), _blur(meant, hour), PRIOR_DAYS) for hour in range(24)] * 2


def _blur(hours: Sequence[float], hour: int) -> float:
    return hours[hour] + BESIDE * (hours[hour - 1] + hours[hour - 23])


def _more(came: float, usual: float, prior: float) -> float:
    return (came + prior) / (usual + prior)


def _begin(habit: Habit, real: Sequence[float], at: float, *, rolled: bool) -> float:
    if habit.seen is None:
        recent = [time for time in real if time > at - LONGEST]
        whole = len(recent) > PINNED * len(real)  # an old entry may stay on top for years
        oldest = (recent if whole else real or [at])[0]
        return max(min(oldest, at), at - LONGEST)
    begin = min(habit.seen, at)
    if rolled or at - begin > ABSENT:
        return min(max(begin, real[0] if real else at, at - LONGEST), at)
    return begin


def _watch(watched: list[float], begin: float, at: float) -> Hours:
    while begin < at:
        edge = min(floor(begin) + 1.0, at)
        watched[WEEK[int(begin % 168)]] += edge - begin
        begin = edge
    return tuple(watched)


def _closest(habit: Habit, real: Sequence[float]) -> float | None:
    known = () if habit.newest is None else (habit.newest,)
    gaps = [later - earlier for earlier, later in pairwise(sorted({*known, *real}))]
    return min((*gaps, *(() if habit.closest is None else (habit.closest,))), default=None)


def _reach(habit: Habit, real: Sequence[float], at: float, *, rolled: bool) -> float | None:
    """Half of what the document spans after entries were lost; a quarter more with each poll."""
    if rolled and real:
        return max(at - real[0], 0.0) / 2
    if habit.reach is None:
        return None
    return habit.reach * 1.25 if habit.reach * 1.25 < LATEST_REACH else None


def _hours(kept: object) -> Hours | None:
    if not isinstance(kept, list) or len(kept) != BINS:
        return None
    found = tuple(number for number in map(_number, kept) if number is not None and number >= 0)
    return found if len(found) == BINS else None


def _number(kept: object) -> float | None:
    good = isinstance(kept, int | float) and isfinite(kept)
    return float(kept) if good else None  # type: ignore[arg-type]


def _whole(kept: object) -> int:
    return max(int(_number(kept) or 0), 0)


def profile_of(habits: Iterable[Habit], before: Hours = FLAT) -> Hours:
    """The week of all feeds together: 1 is their mean; a busy feed counts, but not by its bulk."""
    came, usual = [0.0] * BINS, [0.0] * BINS
    for habit in habits:
        total = sum(habit.counts)
        if total < ENOUGH:
            continue
        mean = mean_rate(habit, before)
        share = 1 / (1 + total / BULK)
        for number in range(BINS):
            came[number] += share * habit.counts[number]
            usual[number] += share * mean * habit.watched[number]
    raw = [(a + ENOUGH) / (b + ENOUGH) for a, b in zip(came, usual, strict=True)]
    scale = sum(map(float.__mul__, raw, SHARE))
    return tuple(max(number / scale, LEAST) for number in raw)
