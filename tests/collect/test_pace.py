"""When to come back to a feed."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.pace import Habits, fresh_for, next_try, next_turn
from tests.world import START

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def every(gap: timedelta, count: int = 20) -> tuple[datetime, ...]:
    return tuple(START - HOUR - gap * number for number in range(count))


def wait(**habits: object) -> timedelta:
    return next_turn(Habits(**habits), START) - START  # type: ignore[arg-type]


def test_a_busy_feed_has_its_turn_sooner_than_a_quiet_one() -> None:
    waits = [wait(times=every(gap)) for gap in (5 * MINUTE, HOUR, 6 * HOUR, 3 * DAY)]
    assert waits == sorted(waits)
    assert waits[0] < 20 * MINUTE
    assert 20 * MINUTE < waits[1] < HOUR
    assert waits[3] > 2 * HOUR


def test_a_feed_just_added_is_asked_within_the_hour() -> None:
    assert wait(times=(START,) * 20) < HOUR


def test_a_story_minutes_ago_brings_the_turn_forward() -> None:
    assert wait(times=(START - MINUTE, *every(HOUR))) < wait(times=every(HOUR, 21))


@given(
    st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2027, 1, 1)), max_size=30),
    st.integers(0, 10**6),
)
def test_a_turn_is_never_sooner_than_five_minutes_nor_later_than_half_a_day(
    times: list[datetime], salt: int
) -> None:
    aware = tuple(time.replace(tzinfo=START.tzinfo) for time in times)
    assert 5 * MINUTE <= wait(times=aware, salt=salt) <= 13.3 * HOUR


def test_a_cached_answer_is_not_asked_for_again() -> None:
    assert wait(times=every(MINUTE), fresh=3 * HOUR) == 3 * HOUR
    assert wait(times=every(MINUTE), fresh=365 * DAY) <= 12 * HOUR


def test_a_server_without_validators_is_asked_hourly_at_most() -> None:
    assert wait(times=every(MINUTE), conditional=False) >= HOUR
    assert wait(times=every(MINUTE), conditional=False, fresh=10 * MINUTE) < HOUR


def test_a_ttl_counts_until_the_feed_itself_breaks_it() -> None:
    assert wait(times=every(2 * HOUR), ttl=55 * MINUTE) >= 55 * MINUTE
    assert wait(times=every(5 * MINUTE), ttl=55 * MINUTE) < 30 * MINUTE


def test_feeds_asked_together_do_not_fall_due_together() -> None:
    assert len({wait(times=every(HOUR), salt=salt) for salt in range(50)}) > 40


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


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "public, max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=600", "age": "900"}, 0),
        ({"cache-control": 'max-age="600"'}, 600),
        ({"cache-control": "max-age=600, no-cache"}, 0),
        ({"cache-control": "no-store"}, 0),
        (
            {
                "date": "Mon, 02 Mar 2026 08:00:00 GMT",
                "expires": "Mon, 02 Mar 2026 08:05:00 GMT",
            },
            300,
        ),
        ({"date": "Mon, 02 Mar 2026 08:00:00 GMT", "expires": "0"}, None),
        (
            {
                "cache-control": "max-age=60",
                "date": "Mon, 02 Mar 2026 08:00:00 GMT",
                "expires": "Mon, 02 Mar 2026 09:00:00 GMT",
            },
            60,
        ),
        ({"cache-control": "max-age=soon"}, 0),
        (
            {"date": "Mon, 02 Mar 2026 08:00:00 GMT", "expires": "Mon, 02 Mar 2026 08:05:00 -0000"},
            300,
        ),
        ({}, None),
    ],
)
def test_freshness_is_what_the_caching_headers_say(
    headers: dict[str, str], seconds: int | None
) -> None:
    assert fresh_for(headers) == (None if seconds is None else timedelta(seconds=seconds))
