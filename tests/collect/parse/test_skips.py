"""The hours and days at which a publisher asks not to be read."""

import pytest

from monitor.collect.parse import parse_feed
from monitor.collect.parse.skips import skip_days, skip_hours
from monitor.records import Fetched
from tests.collect.documents import item, rss


def listed(*hours: int) -> bytes:
    return f"<skipHours>{''.join(f'<hour> {hour} </hour>' for hour in hours)}</skipHours>".encode()


@pytest.mark.parametrize(
    ("body", "hours"),
    [
        (listed(3, 1, 2), (1, 2, 3)),
        (listed(24, 0, 99), (0,)),
        (listed(*range(24)), ()),
        (b"<skipHours></skipHours>", ()),
        (b"<skipHours><hour>soon</hour></skipHours>", ()),
        (b"<skipHours><hour>1</hour>", ()),
        (b"", ()),
    ],
)
def test_skipped_hours_are_hours_of_the_day(body: bytes, hours: tuple[int, ...]) -> None:
    assert skip_hours(body) == hours


def test_skipped_days_are_days_of_the_week() -> None:
    body = b"<skipDays><day>Sunday</day><day>MONDAY</day><day>Someday</day></skipDays>"
    assert skip_days(body) == (0, 6)


def test_a_feed_says_what_it_skips() -> None:
    head = "<skipHours><hour>4</hour></skipHours><skipDays><day>Saturday</day></skipDays>"
    url = "https://paper.example/feed"
    parsed = parse_feed(Fetched(url=url, status=200, body=rss(item(1), head=head).encode()))
    assert (parsed.skip_hours, parsed.skip_days) == ((4,), (5,))
