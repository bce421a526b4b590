"""All feeds' habits and what was spent → the price of a poll, common to all. Pure.

Polls are best spent where the articles waiting have cost the same when they are fetched: one
price in article-hours for all feeds and hours (Eckstein, Gal & Reiner 2008). It is set so that
the whole keeps to `polls_per_hour`: by a model of what the feeds will ask for at each price,
put right by what they did ask for. It follows the week's mean and not the hour's, because polls
saved at night are to be spent by day.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import exp, inf, sqrt
from typing import Any

from monitor.collect.pace.habit import (
    BINS,
    FLAT,
    SHARE,
    WEEK,
    Habit,
    Hours,
    hour_of,
    mean_rate,
    profile_of,
    week_of,
)

PER_FEED = 1.5  # polls an hour for each feed, where the budget is not set
START = 0.125  # article-hours: one article an hour is polled half-hourly
UNKNOWN = 10 / 24  # entries an hour of a feed that was never polled
RARE = 0.002  # hits per entry before any was found
DOUBT = 0.5  # hits given for nothing while there are none
DIFFER = 1.5
LEVELS = tuple(
    (exp(DIFFER * step - DIFFER**2 / 2), DIFFER * step - DIFFER**2 / 2, -(step**2) / 2)
    for step in (number / 2 for number in range(-7, 8))
)
LIGHTEST, HEAVIEST = 0.02, 50.0
MEMORY = 3 * 24.0  # hours after which what was spent counts half
HOURLY = 1.0
LATE = 3.0  # hours after which nobody was polling
SLOWEST = 1 / 12  # polls an hour: the longest wait is twelve hours
LOWEST, HIGHEST = 1e-12, 1e4
USUAL = 1.1  # the model knows of no bursts
OFF = 4.0  # the model is never taken to be wrong by more


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a poll must be worth in article-hours, and what it was reckoned from.

    `profile` is the week of all feeds; `hits` by feed id and `hit_rate` of all weigh the feeds;
    `spent` and `planned` are polls of the last days, fading; `polls` is the count of all feeds.
    """

    value: float = START
    profile: Hours = FLAT
    hits: Mapping[int, int] = field(default_factory=dict)
    hit_rate: float = RARE
    since: float | None = None
    polls: int = 0
    spent: float = 0.0
    planned: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is expected of a feed: entries an hour, its weight, polls an hour at the price."""

    rate: float
    weight: float
    polls: float


def read_price(kept: Mapping[str, Any]) -> Price:
    """Take the price out of what was kept; without it, begin anew."""
    try:
        price = Price(
            value=float(kept["value"]),
            profile=tuple(float(number) for number in kept["profile"]),
            hits={int(feed): int(count) for feed, count in kept["hits"].items()},
            hit_rate=float(kept["hit_rate"]),
            since=float(kept["since"]),
            polls=int(kept["polls"]),
            spent=float(kept["spent"]),
            planned=float(kept["planned"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return Price()
    good = len(price.profile) == BINS and LOWEST <= price.value <= HIGHEST and price.hit_rate > 0
    return price if good else Price()


def write_price(price: Price) -> dict[str, Any]:
    """Put the price into plain values."""
    return {
        "value": price.value,
        "profile": [round(number, 4) for number in price.profile],
        "hits": {str(feed): count for feed, count in price.hits.items()},
        "hit_rate": price.hit_rate,
        "since": price.since,
        "polls": price.polls,
        "spent": price.spent,
        "planned": price.planned,
    }


def is_due(price: Price, now: datetime) -> bool:
    """Whether it is time to reckon again: hourly, or when the clock went back."""
    return price.since is None or not 0 <= hour_of(now) - price.since < HOURLY


def weight(price: Price, feed_id: int, habit: Habit) -> float:
    """How likely an entry of this feed is a hit, as a multiple of the mean.

    Feeds are taken to differ as a lognormal of width DIFFER; what is given is the mean of what
    remains likely after so many hits in so many entries: about (hits + ½) / (entries + ½ / mean).
    """
    hits = price.hits.get(feed_id, 0)
    expected = max(habit.items, hits) * price.hit_rate
    chances = [hits * log_level - expected * level + prior for level, log_level, prior in LEVELS]
    best = max(chances)
    odds = [exp(chance - best) for chance in chances]
    mean = sum(one * level for one, (level, _, _) in zip(odds, LEVELS, strict=True)) / sum(odds)
    return min(max(mean, LIGHTEST), HEAVIEST)


def outlook(price: Price, feed_id: int, habit: Habit, floor: float) -> Outlook:
    """What is expected of a feed over the week; `floor` is the shortest wait in hours."""
    return Outlook(
        rate=UNKNOWN if habit.seen is None else mean_rate(habit, price.profile),
        weight=weight(price, feed_id, habit),
        polls=_polls(_root(price, feed_id, habit), price.value, floor),
    )


def reckon(
    price: Price,
    feeds: Mapping[int, Habit],
    now: datetime,
    *,
    active: Collection[int],
    hits: Mapping[int, int],
    floor: float,
    polls_per_hour: float | None = None,
) -> Price:
    """Set the price for the next hour; `feeds` are all that ever were, `active` those polled."""
    at, total = hour_of(now), sum(habit.polls for habit in feeds.values())
    spent, planned = _spending(price, feeds, active, at, total, floor)
    items = sum(habit.items for habit in feeds.values())
    sure = DOUBT / RARE
    new = Price(
        profile=profile_of(feeds.values(), price.profile),
        hits=dict(hits),
        hit_rate=(sum(hits.values()) + DOUBT) / (max(items, sum(hits.values())) + sure),
        since=at,
        polls=total,
        spent=spent,
        planned=planned,
    )
    budget = len(active) * PER_FEED if polls_per_hour is None else polls_per_hour
    roots = [_root(new, number, feeds[number]) for number in active]
    ample = budget * floor >= len(active)  # however often they are polled, it cannot be overspent
    return replace(new, value=_solve(roots, inf if ample else budget / _bias(new, budget), floor))


def _spending(
    price: Price,
    feeds: Mapping[int, Habit],
    active: Collection[int],
    at: float,
    total: int,
    floor: float,
) -> tuple[float, float]:
    """What was spent since the last time and what had been planned, added to the days before."""
    if price.since is None or not 0 < at - price.since <= LATE or total < price.polls:
        return price.spent, price.planned
    hours = at - price.since
    number = WEEK[int((at - hours / 2) % 168)]
    asked = sum(
        _polls(sqrt(_worth(price, feed, feeds[feed], number)), price.value, floor)
        for feed in active
    )
    fade = 0.5 ** (hours / MEMORY)
    return price.spent * fade + total - price.polls, price.planned * fade + asked * hours


def _bias(price: Price, budget: float) -> float:
    """By how much more was spent than planned; a day of doubt."""
    doubt = 24 * budget + 1
    more = (price.spent + doubt * USUAL) / (price.planned + doubt)
    return min(max(more, 1 / OFF), OFF)


def _worth(price: Price, feed_id: int, habit: Habit, number: int) -> float:
    if habit.seen is None:
        return UNKNOWN
    return weight(price, feed_id, habit) * week_of(habit, price.profile)[number]


def _root(price: Price, feed_id: int, habit: Habit) -> float:
    """The mean over the week of √(hits expected an hour): polls an hour grow with it."""
    if habit.seen is None:
        return sqrt(UNKNOWN)
    roots = map(sqrt, week_of(habit, price.profile))
    return sum(map(float.__mul__, roots, SHARE)) * sqrt(weight(price, feed_id, habit))


def _polls(root: float, value: float, floor: float) -> float:
    """Polls an hour at a price: the wait t of a feed with rate λ ends where λt²/2 reaches it."""
    return min(max(root / sqrt(2 * value), SLOWEST), 1 / floor)


def _solve(roots: Sequence[float], budget: float, floor: float) -> float:
    """The price at which these feeds ask for so many polls an hour."""

    def over(logarithm: float) -> bool:
        value = exp(logarithm)
        return sum(_polls(root, value, floor) for root in roots) > budget

    return exp(_bisect(over, LOG_LOWEST, LOG_HIGHEST))


LOG_LOWEST, LOG_HIGHEST = -25.0, 9.0


def _bisect(over: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(18):
        middle = (low + high) / 2
        low, high = (middle, high) if over(middle) else (low, middle)
    return (low + high) / 2
