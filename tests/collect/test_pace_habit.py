"""What a feed did is learnt, kept and slowly forgotten."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.pace import Habit, observe, read_habit, write_habit
from monitor.collect.pace.habit import FLAT, hour_of, mean_rate, moment, profile_of, week_of
from tests.world import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def watch(*, days: int, hours: tuple[int, ...], step: timedelta = HOUR) -> Habit:
    """A feed polled hourly, with an entry in the middle of each of these hours of the day."""
    habit, now = observe(Habit(), (), START), START
    while now < START + days * DAY:
        now += step
        times = [now - step / 2] if (now - step / 2).hour in hours else []
        habit = observe(habit, times, now)
    return habit


def test_a_moment_is_hours_since_a_monday_and_back() -> None:
    assert hour_of(START) % 168 == 8  # a Monday, at eight
    assert moment(hour_of(START)) == START


def test_the_first_document_gives_the_rate() -> None:
    habit = observe(Habit(), [START - 2 * HOUR * number for number in range(48)], START)
    assert mean_rate(habit, FLAT) == pytest.approx(0.5, rel=0.25)
    assert (habit.items, habit.polls) == (48, 1)


def test_entries_that_came_with_one_date_say_little() -> None:
    assert mean_rate(observe(Habit(), [START] * 50, START), FLAT) < 0.07


def test_an_old_entry_that_stays_on_top_does_not_hide_the_rate() -> None:
    times = [START - HOUR * number for number in range(24)]
    pinned = observe(Habit(), [*times, START - 900 * DAY], START)
    assert pinned.watched == observe(Habit(), times, START).watched


def test_a_quiet_feed_with_old_entries_is_known_to_be_quiet() -> None:
    habit = observe(Habit(), [START - 20 * DAY * number for number in range(20)], START)
    assert mean_rate(habit, FLAT) < 1 / 200


def test_the_hours_of_a_feed_are_learnt() -> None:
    habit = watch(days=11, hours=(9, 10))
    week = week_of(habit, FLAT)
    assert week[9] > 5 * week[3]
    assert mean_rate(habit, FLAT) == pytest.approx(2 / 24, rel=0.15)


def test_the_week_of_all_feeds_is_lent_to_those_that_have_shown_little() -> None:
    profile = profile_of([watch(days=11, hours=(9, 10)) for _ in range(5)])
    young = observe(Habit(), [START - 45 * HOUR], START)
    week = week_of(young, profile)
    assert profile[9] > 2.5
    assert week[9] > 2 * week[3]


def test_a_feed_that_changes_its_ways_is_followed() -> None:
    habit = watch(days=20, hours=tuple(range(24)))
    before, now = mean_rate(habit, FLAT), START + 20 * DAY
    for _ in range(28 * 24):
        now += HOUR
        habit = observe(habit, (), now)
    assert mean_rate(habit, FLAT) < before / 2


def test_what_came_late_is_counted_in_the_time_nobody_looked() -> None:
    first = observe(Habit(), (), START)
    later = observe(first, [START - 30 * DAY], START + 2 * HOUR)
    assert [number for number, count in enumerate(later.counts) if count] == [9]


def test_a_feed_that_rolled_speaks_only_for_what_its_document_spans() -> None:
    now = START + 10 * HOUR
    times = [now - timedelta(minutes=6) * number for number in range(10)]
    seen = observe(Habit(), (), START)
    assert sum(observe(seen, times, now, rolled=True).watched) < sum(seen.watched) + 1
    assert observe(seen, times, now, rolled=True).reach == pytest.approx(0.45)


def test_entries_that_rolled_off_are_forgiven_poll_by_poll() -> None:
    habit = observe(Habit(reach=4.0), (), START)
    for number in range(9):
        habit = observe(habit, (), START + HOUR * number)
    assert habit.reach is None


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_that_jumps_and_comes_back_does_no_harm(years: int) -> None:
    habit = watch(days=10, hours=(9, 10))
    now = START + 10 * DAY
    there = observe(habit, (), now + years * 365 * DAY)
    back = observe(there, (), now + HOUR)
    assert mean_rate(back, FLAT) == pytest.approx(mean_rate(habit, FLAT), rel=0.1)
    assert back.seen == hour_of(now + HOUR)


def test_a_service_that_slept_has_watched_nothing() -> None:
    habit = watch(days=10, hours=(9, 10))
    woken = observe(habit, (), START + 40 * DAY)
    assert mean_rate(woken, FLAT) == pytest.approx(mean_rate(habit, FLAT), rel=0.1)


def test_a_habit_survives_being_written_down() -> None:
    habit = watch(days=3, hours=(9, 10))
    kept = json.loads(json.dumps(write_habit(habit)))
    assert write_habit(read_habit(kept)) == write_habit(habit)
    assert len(json.dumps(kept)) < 1_500


@pytest.mark.parametrize(
    "damage",
    [
        {"counts": None},
        {"counts": [1] * 47},
        {"watched": "x"},
        {"counts": [float("nan")] * 48},
        {"watched": [-1] * 48},
        {"seen": "yesterday", "newest": float("inf"), "polls": -3, "items": None},
    ],
)
def test_a_damaged_habit_is_learnt_again(damage: dict[str, object]) -> None:
    habit = read_habit({**write_habit(watch(days=2, hours=(9,))), **damage})
    again = observe(habit, [START], START)
    assert again.polls > 0
    assert mean_rate(again, FLAT) > 0


@given(
    st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), max_size=20),
    st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)), min_size=1, max_size=5),
    st.sampled_from([True, False]),
)
def test_no_dates_make_a_habit_that_is_no_number(
    times: list[datetime],
    polls: list[datetime],
    rolled: bool,  # noqa: FBT001
) -> None:
    habit = Habit()
    for now in polls:
        aware = [time.replace(tzinfo=START.tzinfo) for time in times]
        habit = observe(habit, aware, now.replace(tzinfo=START.tzinfo), rolled=rolled)
    assert all(0 <= number <= 400 for number in (*habit.counts, *habit.watched))
    assert 0 < mean_rate(habit, FLAT) < 100
    assert write_habit(read_habit(write_habit(habit))) == write_habit(habit)
