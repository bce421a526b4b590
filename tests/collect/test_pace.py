"""When to come back to a feed, and why then."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.pace import (
    Asked,
    Habit,
    Price,
    Turn,
    fresh_for,
    hold_for,
    next_try,
    next_turn,
    observe,
    period_of,
)
from tests.world import START

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = START - HOUR


def every(gap: timedelta, count: int = 20, last: datetime = LATER) -> Habit:
    """A feed just met, with so many entries before the last one."""
    return observe(Habit(), [last - gap * number for number in range(count)], START)


def turn(habit: Habit, salt: int = 0, weight: float = 1.0, **asked: object) -> Turn:
    return next_turn(habit, Price(), Asked(**asked), START, salt=salt, weight=weight)  # type: ignore[arg-type]


def wait(habit: Habit, salt: int = 0, weight: float = 1.0, **asked: object) -> timedelta:
    return turn(habit, salt, weight, **asked).at - START


def test_a_busy_feed_has_its_turn_sooner_than_a_quiet_one() -> None:
    waits = [wait(every(gap)) for gap in (5 * MINUTE, HOUR, 6 * HOUR, 3 * DAY)]
    assert waits == sorted(waits)
    assert waits[0] < 50 * MINUTE
    assert 20 * MINUTE < waits[1] < HOUR
    assert waits[3] > 2 * HOUR


def test_a_feed_just_added_is_asked_within_hours() -> None:
    assert wait(observe(Habit(), (), START)) < 6 * HOUR
    assert wait(observe(Habit(), [START] * 20, START)) < 4 * HOUR


def test_a_story_minutes_ago_brings_the_turn_forward() -> None:
    quiet, told = every(HOUR), every(HOUR, last=START - MINUTE)
    assert wait(told) < 0.9 * wait(quiet)
    assert (turn(told).why, turn(quiet).why) == ("burst", "rate")


def test_a_feed_whose_entries_are_hits_has_its_turn_sooner() -> None:
    assert wait(every(HOUR), weight=4.0) == pytest.approx(wait(every(HOUR)) / 2, rel=0.3)


def test_a_feed_that_never_says_anything_is_asked_twice_a_day() -> None:
    silent = observe(Habit(), [START - 900 * DAY], START)
    assert 12 * HOUR <= wait(silent) < 12.3 * HOUR
    assert turn(silent).why == "quiet: twelve hours"


@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2027, 1, 1)), max_size=30),
    st.integers(0, 10**6),
    st.floats(1e-9, 1e4),
    st.floats(0.02, 50),
)
def test_a_turn_is_never_sooner_than_the_floor_nor_later_than_half_a_day(
    times: list[datetime], salt: int, value: float, weight: float
) -> None:
    habit = observe(Habit(), [time.replace(tzinfo=START.tzinfo) for time in times], START)
    price = Price(value=value)
    at = next_turn(habit, price, Asked(), START, salt=salt, weight=weight, soonest=7 * MINUTE).at
    assert 7 * MINUTE <= at - START <= 12.3 * HOUR


def test_a_feed_from_which_entries_rolled_off_is_asked_before_they_can_again() -> None:
    seen = observe(Habit(), (), START - 10 * DAY)
    habit = observe(seen, [START - MINUTE * number for number in range(30)], START, rolled=True)
    assert wait(habit) < 15 * MINUTE


# ------------------------------------------------------------- what the server asks


def test_a_cached_answer_is_asked_for_again_just_after_it_expires() -> None:
    assert wait(every(MINUTE), fresh=3 * HOUR, period=3 * HOUR) == 3 * HOUR + timedelta(seconds=5)
    assert wait(every(MINUTE), fresh=365 * DAY) == 12 * HOUR + timedelta(seconds=5)


def test_a_turn_falls_just_after_one_of_the_times_at_which_a_cache_is_made_anew() -> None:
    found = wait(every(3 * HOUR), fresh=3 * MINUTE, period=10 * MINUTE) - timedelta(seconds=5)
    assert found > 10 * MINUTE
    assert (found - 3 * MINUTE) % (10 * MINUTE) < timedelta(seconds=1)
    busy = wait(every(MINUTE, 200), weight=50.0, fresh=2 * MINUTE, period=10 * MINUTE)
    assert busy == pytest.approx(12 * MINUTE + timedelta(seconds=5), abs=timedelta(seconds=1))


def test_a_server_without_validators_is_asked_hourly_at_most() -> None:
    assert wait(every(MINUTE, 99), conditional=False) >= HOUR
    assert turn(every(MINUTE, 99), conditional=False).why == "no validator"
    assert wait(every(MINUTE, 99), conditional=False, fresh=10 * MINUTE) < HOUR


def test_a_ttl_counts_until_the_feed_itself_breaks_it() -> None:
    kept, broken = every(70 * MINUTE), every(5 * MINUTE)
    assert wait(kept, weight=9.0, ttl=55 * MINUTE) >= 55 * MINUTE
    assert wait(broken, weight=9.0, ttl=55 * MINUTE) < 30 * MINUTE


def test_hours_that_a_feed_skips_are_passed_over_unless_it_does_not_keep_to_them() -> None:
    night = tuple(range(8, 14))
    idle = observe(Habit(), [START - 10 * HOUR - HOUR * number for number in range(5)], START)
    found = turn(idle, skip_hours=night)
    assert found.at.hour == 14
    assert found.why == "skipped hours"
    busy = observe(Habit(), [START - DAY * number for number in range(1, 9)], START)
    assert turn(busy, skip_hours=(8, 9)).at.hour < 14
    assert wait(idle, skip_days=(0,)) < 12.3 * HOUR
    assert wait(idle, skip_hours=tuple(range(24))) < 12.3 * HOUR


def test_feeds_asked_together_do_not_fall_due_together() -> None:
    assert len({wait(every(HOUR), salt=salt) for salt in range(50)}) > 40


# ------------------------------------------------------------- a clock gone wrong


@pytest.mark.parametrize("years", [-30, 30])
def test_a_turn_is_near_whatever_the_clock_says(years: int) -> None:
    now = START + years * 365 * DAY
    there = observe(every(HOUR), (), now)
    assert 5 * MINUTE <= next_turn(there, Price(), Asked(), now).at - now <= 12.3 * HOUR
    back = observe(there, (), START + HOUR)
    assert wait(back) == pytest.approx(wait(every(HOUR)), rel=0.5)


# ------------------------------------------------------------- after a failure


def test_the_wait_doubles_with_every_failure_up_to_a_day_and_never_ends() -> None:
    waits = [next_try(failures, START) - START for failures in range(1, 40)]
    assert 5 * MINUTE <= waits[0] <= 6 * MINUTE
    assert all(later > earlier for earlier, later in itertools.pairwise(waits[:8]))
    assert DAY <= waits[-1] <= 1.1 * DAY


def test_what_the_server_asks_for_is_the_least() -> None:
    assert next_try(1, START, retry_after=7200) - START >= 2 * HOUR
    assert next_try(9, START, retry_after=1) - START >= 20 * HOUR
    assert next_try(1, START, retry_after=1e9) - START == DAY


def test_asking_too_often_costs_an_hour_at_least() -> None:
    assert next_try(1, START, reason="http_429") - START >= HOUR
    assert next_try(2, START, reason="http_429") - START >= 2 * HOUR
    assert [hold_for(seconds) for seconds in (None, 7200, 1e7)] == [HOUR, 2 * HOUR, DAY]


MADE = "Mon, 02 Mar 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "fresh", "period"),
    [
        ({"cache-control": "max-age=600"}, 600, 600),
        ({"cache-control": "public, max-age=600", "age": "200"}, 400, 600),
        ({"cache-control": "max-age=600", "age": "900"}, 0, 600),
        ({"cache-control": 'max-age="600"'}, 600, 600),
        ({"cache-control": "max-age=600, no-cache"}, 0, 0),
        ({"cache-control": "no-store"}, 0, 0),
        ({"date": MADE, "expires": "Mon, 02 Mar 2026 08:05:00 GMT"}, 300, 300),
        ({"date": MADE, "expires": "0"}, None, None),
        (
            {
                "cache-control": "max-age=60",
                "date": MADE,
                "expires": "Mon, 02 Mar 2026 09:00:00 GMT",
            },
            60,
            60,
        ),
        ({"cache-control": "max-age=soon"}, 0, 0),
        ({"date": MADE, "expires": "Mon, 02 Mar 2026 08:05:00 -0000"}, 300, 300),
        ({}, None, None),
    ],
)
def test_freshness_is_what_the_caching_headers_say(
    headers: dict[str, str], fresh: int | None, period: int | None
) -> None:
    found = fresh_for(headers), period_of(headers)
    assert found == tuple(n if n is None else timedelta(seconds=n) for n in (fresh, period))
