"""From when on a feed is missed: by its own week, and by the longest it ever was silent."""

from datetime import datetime, timedelta

import pytest

from monitor.collect import pace
from monitor.collect.pace.silence import AGAIN, LEAST
from tests.world import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = START  # 2026-03-02 is one


def spoken(
    times: list[datetime], until: datetime, every: timedelta = HOUR
) -> tuple[pace.Habit, dict]:
    """Poll a feed that published at these times, until then; its habit, and its silence."""
    habit, kept, price = pace.Habit(), {}, pace.Price()
    now = min(times)
    last = now - every
    while now <= until:
        new = [time for time in times if last < time <= now]
        before, habit = habit, pace.observe(habit, new, now)
        if new:
            kept = pace.listen(kept, before, habit, new, price)
        last, now = now, now + every
    return habit, kept


def missed_after(kept: dict, last: datetime) -> timedelta:
    return datetime.fromisoformat(kept["missed_from"]) - last


def steady(days: int, every: timedelta) -> list[datetime]:
    return [MONDAY + number * every for number in range(int(DAY * days / every))]


def test_a_busy_feed_is_missed_within_a_day_or_two() -> None:
    times = steady(14, HOUR)
    _, kept = spoken(times, times[-1])
    assert DAY <= missed_after(kept, times[-1]) <= 2 * DAY


def test_a_quiet_feed_is_given_its_time() -> None:
    times = steady(28, 2 * DAY)
    _, kept = spoken(times, times[-1], every=6 * HOUR)
    assert 25 * DAY <= missed_after(kept, times[-1]) <= 60 * DAY


def test_nobody_waits_longer_than_a_season() -> None:
    times = [MONDAY, MONDAY + 20 * DAY]
    _, kept = spoken(times, times[-1], every=12 * HOUR)
    assert missed_after(kept, times[-1]) == 90 * DAY


def test_a_weekend_is_no_silence_where_weekends_are_quiet() -> None:
    hours = [MONDAY + HOUR * number for number in range(28 * 24)]
    office = [time for time in hours if time.weekday() < 5 and 8 <= time.hour < 18]
    friday = max(time for time in office if time.weekday() == 4)
    tuesday = max(time for time in office if time.weekday() == 1)
    _, over = spoken([time for time in office if time <= friday], friday)
    _, within = spoken([time for time in office if time <= tuesday], tuesday)
    assert missed_after(over, friday) > 3 * DAY
    assert missed_after(over, friday) > missed_after(within, tuesday)


def test_who_was_silent_for_long_is_given_twice_as_long() -> None:
    first = steady(7, HOUR)
    back = [MONDAY + 12 * DAY + number * HOUR for number in range(24)]
    _, plain = spoken(first, first[-1])
    _, travelled = spoken(first + back, back[-1])
    assert travelled["lull"] > LEAST / AGAIN
    assert missed_after(travelled, back[-1]) > 3 * missed_after(plain, first[-1])


def test_a_lull_is_forgotten_in_time() -> None:
    first = steady(7, HOUR)
    back = [MONDAY + 12 * DAY + number * HOUR for number in range(24 * 60)]
    _, soon = spoken(first + back[:24], back[23])
    _, late = spoken(first + back, back[-1])
    assert late["lull"] < soon["lull"] * 0.6


@pytest.mark.parametrize("kept", [{}, {"lull": 3.0, "missed_from": START.isoformat()}])
def test_a_first_document_is_enough_to_begin_with(kept: dict) -> None:
    times = [START - number * HOUR for number in range(30)]
    habit = pace.observe(pace.Habit(), times, START)
    found = pace.listen(kept, pace.Habit(), habit, times, pace.Price())
    assert DAY <= missed_after(found, START) <= 4 * DAY
