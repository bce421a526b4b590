"""The one door to SQL: what many processes, a lost server and a full disk may do to it."""

import asyncio
import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from monitor.app import Clock as HostClock
from monitor.db import LEASE, Database, ahead, claim
from monitor.errors import DatabaseError
from monitor.tables import FeedRow, StateRow
from tests.postgres import Postgres
from tests.world import START, Clock

ROWS = 300


def add_feeds(session: Session, count: int) -> None:
    session.add_all(
        FeedRow(url=f"https://news.example/{n}", added_at=START, due_at=START) for n in range(count)
    )


def claim_ids(session: Session, limit: int, later: timedelta = timedelta()) -> list[int]:
    return [row.id for row in claim(session, FeedRow, START + later, limit=limit)]


def note(session: Session, key: str) -> None:
    session.add(StateRow(key=key, value={}, updated_at=START))


def keys(session: Session) -> list[str]:
    return list(session.scalars(select(StateRow.key).order_by(StateRow.key)))


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


# Trouble with SQLite


def refused(url: str) -> str:
    """What a person is told when work begins on this database."""
    with pytest.raises(DatabaseError) as caught:
        Database(url).now(note, "x")
    return str(caught.value)


def test_a_locked_database_is_named_after_the_wait(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.db.BUSY_SECONDS", 0)
    holder = sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    said = refused(sqlite_url)
    holder.close()
    assert said.startswith(f"database {sqlite_url}: database is locked; another program")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a database, " * 200, "file is not a database; it is no SQLite database or is"),
        (b"", "no such table: state; run `monitor db upgrade`"),
    ],
)
def test_a_file_that_is_no_database_of_ours_is_named(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "x.db").write_bytes(content)
    assert said in refused(f"sqlite:///{tmp_path}/x.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    said = refused(f"sqlite:///{tmp_path}")
    assert "unable to open database file; create its folder, or let this user write" in said


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused(f"sqlite:///{tmp_path}/file/var/monitor.db")
    assert said.endswith("its folder cannot be made: Not a directory; let this user write there")


def as_nobody(url: str, answer: "multiprocessing.Queue[str]") -> None:
    os.setresuid(65534, 65534, 65534) if os.geteuid() == 0 else None
    try:
        Database(url).now(note, "x")
    except DatabaseError as error:
        answer.put(str(error))


def on_a_full_disk(url: str, answer: "multiprocessing.Queue[str]") -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    db = Database(url)
    db.now(note, "before")
    room = 64 * 1024 + Path(make_url(url).database or "").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        db.now(lambda session: [note(session, "x" * 2000 + str(n)) for n in range(1000)])
    except DatabaseError as error:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        answer.put(str(error))


def told(job: Callable[..., None], url: str) -> str:
    context = multiprocessing.get_context("forkserver")
    answer: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=job, args=(url, answer))
    process.start()
    said = answer.get(timeout=60)
    process.join()
    return said


@pytest.fixture
def open_to_all(sqlite_url: str) -> Iterator[Path]:
    """A folder that another user can reach, with a database only its owner may write."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        shutil.copy(make_url(sqlite_url).database or "", folder / "monitor.db")
        (folder / "monitor.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_database_one_may_only_read_is_named(open_to_all: Path) -> None:
    said = told(as_nobody, f"sqlite:///{open_to_all}/monitor.db")
    assert "readonly database; let this user write to the file and to its folder" in said


def test_a_full_disk_is_named_and_loses_nothing(sqlite_url: str) -> None:
    said = told(on_a_full_disk, sqlite_url)
    assert "; make room on its disk; what was done is kept" in said
    db = Database(sqlite_url)
    assert db.now(keys) == ["before"]
    db.close()


def test_a_database_that_vanished_is_missed_at_once(sqlite_url: str) -> None:
    path = Path(make_url(sqlite_url).database or "")
    db = Database(sqlite_url)
    db.now(note, "before")
    path.rename(path.with_suffix(".away"))
    with pytest.raises(DatabaseError, match="the file is gone; put it back, or restart"):
        db.now(note, "lost")
    path.with_suffix(".away").rename(path)
    db.now(note, "after")
    assert db.now(keys) == ["after", "before"]
    db.close()


def test_a_database_that_was_replaced_is_opened_anew(sqlite_url: str, tmp_path: Path) -> None:
    path = Path(make_url(sqlite_url).database or "")
    db = Database(sqlite_url)
    shutil.copy(path, tmp_path / "backup.db")
    db.now(note, "before")
    for name in path.parent.glob(f"{path.name}-*"):
        name.unlink()
    (tmp_path / "backup.db").rename(path)
    assert db.now(keys) == []
    db.close()


# Trouble with PostgreSQL


def test_a_server_that_restarts_costs_one_transaction(
    postgres: Postgres, postgres_url: str
) -> None:
    db = Database(postgres_url)
    db.now(note, "before")

    def interrupted(session: Session) -> None:
        note(session, "half")
        session.flush()
        postgres.restart()
        note(session, "other half")

    with pytest.raises(DatabaseError, match="check the address, and that the server runs"):
        db.now(interrupted)
    postgres.restart()  # between two transactions nobody notices
    db.now(note, "after")
    assert db.now(keys) == ["after", "before"]
    db.close()


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    said = refused("postgresql+psycopg://desk:hunter2@127.0.0.1:1/news")
    assert said.startswith("database postgresql+psycopg://desk:***@127.0.0.1:1/news: ")
    assert said.endswith("check the address, and that the server runs")
    assert "hunter2" not in said


def test_a_wrong_password_is_not_repeated(postgres: Postgres, postgres_url: str) -> None:
    postgres.execute("DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN PASSWORD 'right'")
    url = make_url(postgres_url).set(username="stranger", password="hunter2")
    for wrong in (url, url.set(password=None).update_query_dict({"password": "hunter2"})):
        said = refused(wrong.render_as_string(hide_password=False))
        assert "password authentication failed" in said
        assert "check user and password" in said
        assert "hunter2" not in said


def test_a_database_that_does_not_exist_says_how_to_make_it(postgres: Postgres) -> None:
    said = refused(postgres.address("monitor_test_none"))
    assert 'database "monitor_test_none" does not exist; create it with `createdb`' in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense hunter2", "not an address of one; write sqlite:///FILE or postgresql+psycopg"),
        ("postgresql://desk:hunter2@h:port/x", "not an address of one; write sqlite:///FILE"),
        ("sqlite+cobol://h/x", "not an address of one; write sqlite:///FILE"),
        ("mysql://desk:hunter2@h/x", "no kind 'mysql' is known; write sqlite:///FILE"),
        ("postgresql://desk:hun@hunter2@127.0.0.1:1/x", "check the address"),
    ],
)
def test_an_address_that_cannot_be_is_refused_without_its_password(url: str, said: str) -> None:
    told = refused(url)
    assert said in told
    assert "hun" not in told.replace("unable", "")


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
