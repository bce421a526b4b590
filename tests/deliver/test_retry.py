from collections.abc import Callable
from datetime import timedelta

from monitor.deliver.retry import backoff, next_try
from monitor.errors import Permanent, Temporary
from monitor.records import Delivery

Make = Callable[..., Delivery]


def test_waits_double_from_a_minute_to_an_hour() -> None:
    waits = [backoff("k", attempts).total_seconds() / 60 for attempts in range(1, 12)]
    for wait, wanted in zip(waits, (1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60), strict=True):
        assert 0.75 * wanted <= wait <= 1.25 * wanted


def test_waits_are_spread_but_the_same_for_the_same_delivery() -> None:
    assert backoff("a", 3) == backoff("a", 3)
    assert len({backoff(f"delivery-{n}", 3) for n in range(50)}) == 50


def test_a_permanent_refusal_is_never_tried_again(delivery: Make) -> None:
    made = delivery()
    assert next_try(made, Permanent("no such person"), made.created_at) is None


def test_what_the_server_asks_for_is_honoured(delivery: Make) -> None:
    made = delivery(attempts=1)
    again = next_try(made, Temporary("busy", retry_after=1800), made.created_at)
    assert again == made.created_at + timedelta(seconds=1800)


def test_a_server_that_asks_for_a_month_is_asked_again_the_same_day(delivery: Make) -> None:
    made = delivery(attempts=1)
    again = next_try(made, Temporary("busy", retry_after=30 * 86400), made.created_at)
    assert again == made.created_at + timedelta(hours=6)


def test_a_server_that_asks_for_less_than_nothing_waits_its_turn(delivery: Make) -> None:
    made = delivery(attempts=1)
    again = next_try(made, Temporary("busy", retry_after=-5), made.created_at)
    assert again is not None
    assert again >= made.created_at + timedelta(seconds=45)


def test_the_last_try_is_at_the_deadline(delivery: Make) -> None:
    made = delivery(attempts=60)
    late = made.deadline - timedelta(minutes=5)
    assert next_try(made, Temporary("busy"), late) == made.deadline
    assert next_try(made, Temporary("busy"), made.deadline) is None


def test_no_deadline_is_shorter_than_a_day(delivery: Make) -> None:
    made = delivery()
    short = delivery(deadline=made.created_at + timedelta(hours=1), attempts=9)
    assert next_try(short, Temporary("busy"), made.created_at + timedelta(hours=23)) is not None
    assert next_try(short, Temporary("busy"), made.created_at + timedelta(hours=24)) is None


def test_a_receiver_that_is_away_for_a_day_is_tried_some_thirty_times(delivery: Make) -> None:
    made, tries = delivery(attempts=1), 0
    now = made.created_at
    while (again := next_try(made, Temporary("503"), now)) and again < made.created_at + timedelta(
        days=1
    ):
        now, tries = again, tries + 1
        made = delivery(attempts=tries + 1)
    assert 25 <= tries <= 40
