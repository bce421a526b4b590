"""The one door to SQL: what many processes and threads may do at once."""

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from monitor.app import Clock as HostClock
from monitor.db import LASTING, LEASE, Database, ahead, lasting
from monitor.deliver.store import claim_delivery
from monitor.tables import FeedRow, StateRow
from tests.db.notes import add_feeds, claim_ids, keys, note
from tests.world import START, Clock

ROWS = 300


def drain(url: str, limit: int) -> list[int]:
    """Claim until nothing is due, as a process of its own does."""
    db = Database(url)
    claimed: list[int] = []
    while batch := db.now(claim_ids, limit):
        claimed += batch
    db.close()
    return claimed


def write_often(url: str, who: int) -> list[str]:
    """Read, then write, many times: what fails at once where the lock is taken too late."""
    db = Database(url)
    mine = [f"{who}-{n:03}" for n in range(40)]
    for key in mine:
        db.now(lambda session, key=key: (keys(session), note(session, key)))
    db.close()
    return mine


def in_processes(job: Callable[..., list], *arguments: tuple) -> list[list]:
    context = multiprocessing.get_context("forkserver")
    with context.Pool(len(arguments)) as pool:
        done = pool.starmap(job, arguments, chunksize=1)
        pool.close()
        pool.join()
    return done


# Claims


def test_four_processes_claim_every_row_once(database_url: str) -> None:
    db = Database(database_url)
    db.now(add_feeds, ROWS)
    claimed = in_processes(drain, *[(database_url, 1 + n % 3) for n in range(4)])
    ids = [row for part in claimed for row in part]
    assert len(ids) == len(set(ids)) == ROWS
    attempts = db.now(lambda session: list(session.scalars(select(FeedRow.attempts))))
    assert attempts == [1] * ROWS
    db.close()


def test_eight_threads_claim_every_row_once(db: Database) -> None:
    db.now(add_feeds, ROWS)
    with ThreadPoolExecutor(8) as threads:
        batches = list(threads.map(lambda _: db.now(claim_ids, 10), range(ROWS // 10)))
    ids = [row for batch in batches for row in batch]
    assert len(ids) == len(set(ids)) == ROWS


def test_the_rows_due_longest_are_claimed_first_and_no_more_than_asked(db: Database) -> None:
    db.now(add_feeds, 5)
    db.now(lambda s: s.execute(text("UPDATE feeds SET due_at = NULL WHERE id = 1")))
    late = {"late": START - timedelta(hours=1)}
    db.now(lambda s: setattr(s.get(FeedRow, 4), "due_at", late["late"]))
    assert db.now(claim_ids, 1) == [4]
    assert db.now(claim_ids, 2) == [2, 3]
    assert db.now(claim_ids, 9) == [5]
    assert db.now(claim_ids, 9) == []


def test_a_row_comes_back_when_its_lease_runs_out(db: Database) -> None:
    db.now(add_feeds, 1)
    assert db.now(claim_ids, 1) == [1]
    assert db.now(claim_ids, 1, LEASE - timedelta(seconds=1)) == []
    assert db.now(claim_ids, 1, LEASE) == [1]
    row = db.now(lambda session: session.get(FeedRow, 1))
    assert (row.attempts, row.due_at) == (2, START + 2 * LEASE)


def test_a_row_that_was_claimed_before_is_claimed_without_others_of_its_kind(db: Database) -> None:
    db.now(add_feeds, 5)
    db.now(lambda s: s.execute(text("UPDATE feeds SET attempts = 1 WHERE id IN (2, 3)")))
    for tried in (2, 3):
        db.now(lambda s, row=tried: setattr(s.get(FeedRow, row), "due_at", START - LEASE))
    assert sorted(db.now(claim_ids, 9)) == [1, 2, 4, 5]
    assert db.now(claim_ids, 9) == [3]


def test_where_another_process_takes_the_first_row_the_next_is_still_claimed(
    postgres_url: str,
) -> None:
    db = Database(postgres_url)
    db.now(add_feeds, 2)
    db.now(lambda s: s.execute(text("UPDATE feeds SET attempts = 1")))
    with db.engine.begin() as other:
        other.execute(text("SELECT id FROM feeds WHERE id = 1 FOR UPDATE"))
        assert db.now(claim_ids, 1) == [2]
        db.now(lambda s: setattr(s.get(FeedRow, 2), "due_at", START))
        assert db.now(claim_ids, 9) == [2]
    db.close()


@pytest.mark.anyio
async def test_a_transaction_that_raises_leaves_nothing(db: Database) -> None:
    def half(session: Session) -> None:
        note(session, "half")
        session.flush()
        raise KeyError("a bug")

    with pytest.raises(KeyError, match="a bug"):
        await db.run(half)
    with pytest.raises(NoResultFound):  # a bug of ours is no trouble with the database
        await db.run(lambda session: session.scalars(select(StateRow)).one())
    assert await db.run(keys) == []


@pytest.mark.anyio
async def test_what_is_awaited_together_is_stored_together(db: Database) -> None:
    await asyncio.gather(*(db.run(note, f"{n:02}") for n in range(50)))
    assert len(await db.run(keys)) == 50


def test_text_that_no_database_holds_is_stored_without_it(db: Database) -> None:
    odd = {"name": "a\0b\ud800c", "list": ["\\u0000", "é\0"]}
    db.now(lambda session: session.add(StateRow(key="x\0y", value=odd, updated_at=START)))
    row = db.now(lambda session: session.scalars(select(StateRow)).one())
    assert row.key == "xy"
    assert row.value == {"name": "ab?c", "list": ["\\u0000", "é"]}


def test_daemon_cron_and_desk_may_write_at_once(database_url: str) -> None:
    written = in_processes(write_often, *[(database_url, n) for n in range(4)])
    db = Database(database_url)
    assert db.now(keys) == sorted(key for part in written for key in part)
    db.close()


# The clock


def test_hosts_agree_on_the_time_of_their_database(db: Database, clock: Clock) -> None:
    skew = db.now(ahead, clock)
    if db.dialect == "sqlite":
        assert skew == timedelta()
    else:
        there = db.now(lambda s: s.execute(text("SELECT clock_timestamp()")).scalar_one())
        assert abs(there - (clock() + skew)) < timedelta(minutes=5)


@pytest.mark.anyio
async def test_a_database_that_cannot_be_asked_leaves_the_clock_as_it_was() -> None:
    db = Database("postgresql+psycopg://desk@127.0.0.1:1/news")
    clock = HostClock(db)
    before = clock()
    await clock.check()
    assert before <= clock()
    db.close()


def test_what_must_outlive_a_power_cut_is_on_the_disk_once_it_is_committed(sqlite_url: str) -> None:
    def level(session: Session) -> int:
        return session.execute(text("PRAGMA synchronous")).scalar_one()

    @lasting
    def lasting_level(session: Session) -> int:
        return level(session)

    db = Database(sqlite_url)
    # In WAL mode 2 (FULL) syncs the log at this commit, and with it every commit before.
    assert [db.now(level), db.now(lasting_level), db.now(level)] == [1, 2, 1]
    db.close()


def test_a_delivery_is_claimed_for_good_before_it_is_sent() -> None:
    assert getattr(claim_delivery, LASTING, False)
