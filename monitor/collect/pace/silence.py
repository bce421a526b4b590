"""What a feed said, poll by poll → from when on its silence is not like it any more. Pure.

A lull is measured in the entries that were expected in it, by the feed's own week: a quiet Sunday
is no lull. Lulls are heavy-tailed (holidays, a newsroom that travels), so a feed is missed after
twice the longest it has lately shown, and after twenty expected entries at the least.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import floor
from typing import Any

from monitor.collect.pace.habit import LONGEST, WEEK, Habit, hour_of, moment, week_of
from monitor.collect.pace.price import Price

LEAST = 20.0  # entries expected
AGAIN = 2.0
FADE = 60 * 24.0  # hours after which a lull counts half
SOONEST, LATEST = 24.0, 90 * 24.0


def listen(
    kept: Mapping[str, Any],
    before: Habit,
    after: Habit,
    times: Sequence[datetime],
    price: Price,
) -> dict[str, Any]:
    """Take in a poll that brought something new; `missed_from` is an ISO time.

    `before` and `after` it: the feed's habit; `times` are those of what was new.
    """
    week, at = week_of(after, price.profile), after.seen or 0.0
    known = () if before.newest is None else (before.newest,)
    met = sorted(t for t in (*known, *map(hour_of, times)) if at - LONGEST < t <= at)
    lulls = (_expected(week, begin, end) for begin, end in pairwise(met))
    faded = float(kept.get("lull", 0.0)) * 0.5 ** ((at - (before.seen or at)) / FADE)
    lull = max(faded, *lulls, 0.0)
    hours = _until(week, at, max(LEAST, AGAIN * lull))
    return {"lull": round(lull, 2), "missed_from": moment(at + hours).isoformat()}


def _expected(week: Sequence[float], begin: float, end: float) -> float:
    """Entries expected between two hours."""
    total = 0.0
    while begin < end:
        edge = min(floor(begin) + 1.0, end)
        total += week[WEEK[int(begin % 168)]] * (edge - begin)
        begin = edge
    return total


def _until(week: Sequence[float], at: float, entries: float) -> float:
    """Hours until so many entries were to be expected, a day at least and a season at most."""
    whole = sum(week[number] for number in WEEK)
    weeks = floor(entries / whole)
    begin = min(at + weeks * 168.0, at + LATEST)
    left = entries - weeks * whole
    while begin < at + LATEST:
        rate = week[WEEK[int(begin % 168)]]
        edge = floor(begin) + 1.0
        if rate * (edge - begin) >= left:
            begin += left / rate
            break
        left, begin = left - rate * (edge - begin), edge
    return min(max(begin - at, SOONEST), LATEST)
