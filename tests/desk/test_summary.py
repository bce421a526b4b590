"""A finished run as a sentence and as an exit code."""

from typing import Any

import pytest

from monitor.desk.summary import Stored, exit_code, line, summary
from tests.world import START


def ended(tally: dict[str, int], *, dead: int = 0) -> dict[str, Any]:
    stored = Stored(
        total_feeds=1,
        failed_feeds=[],
        cases_opened=tally.get("hits", 0),
        cases_updated=0,
        sent=tally.get("hits", 0),
        pending=0,
        dead=dead,
        gaps=[],
    )
    return summary(tally, stored, START, START, 1)


@pytest.mark.parametrize(
    ("tally", "dead", "code"),
    [
        ({"feeds.polled": 2, "feeds.failed": 1}, 0, 6),
        ({"feeds.polled": 2, "feeds.failed": 1}, 1, 7),
        ({"feeds.polled": 2, "lost": 1}, 1, 4),
        ({"feeds.polled": 2, "lost": 1, "crashed": 1}, 1, 1),
        ({"feeds.polled": 2}, 0, 0),
    ],
)
def test_the_worst_that_happened_is_the_exit_code(
    tally: dict[str, int], dead: int, code: int
) -> None:
    assert exit_code(ended(tally, dead=dead), 0.5) == code


def test_one_is_not_many() -> None:
    one = line(ended({"feeds.polled": 1, "entries.new": 1, "hits": 1}))
    assert one.startswith(
        "1 feed polled; 1 new entry, 0 read, 0 judged, 1 hit; 1 case opened, 1 al"
    )
    many = line(ended({"feeds.polled": 2, "entries.new": 2, "hits": 2}))
    assert many.startswith(
        "2 feeds polled; 2 new entries, 0 read, 0 judged, 2 hits; 2 cases opened"
    )
