"""A round is over when nothing is left to be done; what waits for its next try is left."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.db import Database
from monitor.tables import Base, EntryRow, FeedRow
from tests.deaths.steps import next_work

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def feed(**known: object) -> FeedRow:
    return FeedRow(id=1, url="https://a.example/feed", name="a", added_at=NOW, **known)


def entry(**known: object) -> EntryRow:
    return EntryRow(id=1, feed_id=1, first_seen_at=NOW, **known)


WAITING = {
    "a feed that failed": [feed(failures=1, due_at=LATER)],
    "a page that failed": [feed(ok_at=NOW), entry(fate="retrying", attempts=1, due_at=LATER)],
    "a page put off": [feed(ok_at=NOW), entry(fate="waiting", due_at=LATER)],
}


@pytest.mark.parametrize("rows", WAITING.values(), ids=WAITING)
def test_what_waits_for_its_next_try_is_work(sqlite_url: str, rows: list[Base]) -> None:
    assert turn(sqlite_url, rows) == LATER


def test_a_feed_that_answered_and_a_page_that_was_read_are_none(sqlite_url: str) -> None:
    rows = [feed(ok_at=NOW, due_at=LATER), entry(fate="judged_no", due_at=None)]
    assert turn(sqlite_url, rows) is None


def turn(url: str, rows: list[Base]) -> datetime | None:
    db = Database(url)
    try:
        for row in rows:  # each parent before its child
            db.now(lambda session, row=row: session.merge(row))
        return db.now(next_work, NOW)
    finally:
        db.close()
