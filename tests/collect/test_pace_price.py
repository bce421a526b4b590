"""One price for all feeds keeps the whole to its budget."""

import json
from datetime import datetime, timedelta
from heapq import heapify, heapreplace

import pytest

from monitor.collect.pace import (
    Asked,
    Habit,
    Price,
    is_due,
    next_turn,
    observe,
    read_price,
    reckon,
    weight,
    write_price,
)
from tests.world import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FLOOR = 1 / 12


class World:
    """Feeds that bring an entry every so often, by day only; polled as the pacing says."""

    def __init__(self, every: list[timedelta], budget: float | None = None) -> None:
        self.every, self.budget = every, budget
        self.habits = dict.fromkeys(range(len(every)), Habit())
        self.hits: dict[int, int] = {}
        self.price = Price()
        self.polls: list[tuple[datetime, int]] = []
        self.queue = [(START, number) for number in self.habits]
        heapify(self.queue)

    def add(self, every: list[timedelta], now: datetime) -> None:
        for gap in every:
            number = len(self.every)
            self.every.append(gap)
            self.habits[number] = Habit()
            self.queue.append((now, number))
        heapify(self.queue)

    def run(self, until: datetime) -> None:
        while self.queue[0][0] < until:
            now, number = self.queue[0]
            heapreplace(self.queue, (now + self.poll(number, now), number))

    def poll(self, number: int, now: datetime) -> timedelta:
        self.polls.append((now, number))
        if is_due(self.price, now):
            self.reckon(now)
        habit = observe(self.habits[number], self.new(number, now), now)
        self.habits[number] = habit
        heavy = weight(self.price, number, habit)
        turn = next_turn(habit, self.price, Asked(), now, weight=heavy, salt=number)
        return turn.at - now

    def reckon(self, now: datetime) -> None:
        self.price = reckon(
            self.price,
            self.habits,
            now,
            active=self.habits,
            hits=self.hits,
            floor=FLOOR,
            polls_per_hour=self.budget,
        )

    def new(self, number: int, now: datetime) -> list[datetime]:
        last = max((at for at, polled in self.polls[:-1] if polled == number), default=now - DAY)
        gap = self.every[number]
        first = START + ((last - START) // gap + 1) * gap
        times = [first + gap * step for step in range(max((now - first) // gap + 1, 0))]
        return [time for time in times[-50:] if 6 <= time.hour < 22]

    def spent(self, since: datetime, until: datetime, numbers: range | None = None) -> float:
        """Polls an hour in a stretch of time."""
        mine = [at for at, n in self.polls if since <= at < until and n in (numbers or self.habits)]
        return len(mine) / ((until - since) / HOUR)


MIXED = [timedelta(minutes=minutes) for minutes in (7, 25, 60, 170, 400, 1500, 4000, 9000)] * 3


@pytest.mark.parametrize("budget", [8.0, 24.0, 60.0])
def test_the_budget_is_kept(budget: float) -> None:
    world = World([*MIXED], budget)
    world.run(START + 7 * DAY)
    assert world.spent(START + 2 * DAY, START + 7 * DAY) == pytest.approx(budget, rel=0.1)


def test_a_budget_that_the_floor_keeps_by_itself_delays_nobody() -> None:
    quiet_and_busy = [DAY, *[HOUR] * 8]
    world = World(quiet_and_busy, budget=len(quiet_and_busy) / FLOOR)
    world.run(START + DAY)
    for number in world.habits:
        habit = world.habits[number]
        turn = next_turn(habit, world.price, Asked(), START + DAY, weight=1, salt=number)
        assert turn.at - START - DAY <= 1.02 * timedelta(hours=FLOOR)


def test_without_a_budget_it_is_three_polls_for_each_feed_in_two_hours() -> None:
    world = World([*MIXED])
    world.run(START + 9 * DAY)
    assert world.spent(START + 2 * DAY, START + 9 * DAY) == pytest.approx(36, rel=0.1)


def test_feeds_that_are_added_share_the_budget_within_the_day() -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 3 * DAY)
    world.add([timedelta(minutes=9)] * 12, START + 3 * DAY)
    world.run(START + 6 * DAY)
    assert world.spent(START + 4 * DAY, START + 6 * DAY) == pytest.approx(24, rel=0.15)


def test_polls_go_where_entries_come_but_less_than_in_proportion() -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 6 * DAY)
    rates = [world.spent(START + DAY, START + 6 * DAY, range(n, n + 1)) for n in range(8)]
    assert rates == sorted(rates, reverse=True)
    assert 2 < rates[0] / rates[3] < 10  # 24 times the entries


def test_a_feed_with_hits_is_polled_more_often_than_its_like() -> None:
    world = World([timedelta(minutes=30)] * 6, 6.0)
    world.run(START + 3 * DAY)
    world.hits = {0: 5}
    world.run(START + 6 * DAY)
    first, others = range(1), range(1, 6)
    since, until = START + 4 * DAY, START + 6 * DAY
    assert world.spent(since, until, first) > 2 * world.spent(since, until, others) / 5


def test_one_hit_is_no_proof_and_none_is_no_verdict() -> None:
    price = Price(hits={1: 1})
    seen, young = Habit(items=40), Habit(items=3)
    assert 1 < weight(price, 1, seen) < 4
    assert 0.8 < weight(price, 2, young) < 1.01
    assert 0.005 < weight(price, 3, Habit(items=10**6)) < 0.1
    assert weight(Price(hits={1: 10**6}), 1, young) <= 50


def test_the_price_follows_the_week_and_not_the_hour() -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 4 * DAY)
    night = START + 4 * DAY + 15 * HOUR, START + 4 * DAY + 21 * HOUR
    world.run(START + 5 * DAY)
    day = START + 4 * DAY, START + 4 * DAY + 12 * HOUR
    assert world.spent(*night) < 0.8 * world.spent(*day)


def test_reckoning_is_hourly_and_when_the_clock_went_back() -> None:
    price = reckon(Price(), {}, START, active=(), hits={}, floor=FLOOR)
    assert is_due(Price(), START)
    assert not is_due(price, START + timedelta(minutes=59))
    assert is_due(price, START + HOUR)
    assert is_due(price, START - timedelta(minutes=1))


@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_that_jumps_for_an_hour_leaves_the_price_as_it_was(years: int) -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 3 * DAY)
    before = world.price.value
    for jump in (years * 365 * DAY, timedelta()):
        world.reckon(START + 3 * DAY + HOUR + jump)
    assert world.price.value == pytest.approx(before, rel=0.1)


def test_a_night_without_service_is_not_taken_for_thrift() -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 3 * DAY)
    before = world.price
    world.reckon(START + 3 * DAY + 14 * HOUR)
    assert (world.price.spent, world.price.planned) == (before.spent, before.planned)


def test_the_price_survives_being_written_down() -> None:
    world = World([*MIXED], 24.0)
    world.hits = {3: 2}
    world.run(START + DAY)
    kept = json.loads(json.dumps(write_price(world.price)))
    again = read_price(kept)
    assert write_price(again) == kept
    assert (again.value, again.hits) == (world.price.value, {3: 2})


@pytest.mark.parametrize(
    "damage",
    [{"value": 0}, {"value": "dear"}, {"profile": [1]}, {"hits": None}, {"since": None}],
)
def test_a_damaged_price_is_reckoned_anew(damage: dict[str, object]) -> None:
    world = World([*MIXED], 24.0)
    world.run(START + 2 * HOUR)
    assert read_price({**write_price(world.price), **damage}) == Price()


def test_a_budget_that_no_price_can_meet_is_met_as_nearly_as_the_floors_allow() -> None:
    for budget, least, most in ((0.01, 1.8, 3), (10_000, 100, 300)):
        world = World([*MIXED], budget)
        world.run(START + DAY)
        assert least < world.spent(START + 12 * HOUR, START + DAY) < most


def test_feeds_no_longer_polled_are_not_planned_for() -> None:
    world = World([*MIXED], 24.0)
    world.run(START + DAY)
    now = START + DAY + HOUR
    settings = {"hits": {}, "floor": FLOOR, "polls_per_hour": 24.0}
    alone = reckon(world.price, world.habits, now, active=range(8), **settings)
    together = reckon(world.price, world.habits, now, active=range(24), **settings)
    assert alone.value < together.value
