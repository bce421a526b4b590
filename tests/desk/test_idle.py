"""Whether a run has nothing to do is found in the file itself, and only where that is certain."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import schema
from monitor.config.shipped import newest_migration
from monitor.db import Database
from monitor.desk.store.idle import LOOKED, ROOMS, idle
from monitor.desk.summary import Stored
from monitor.tables import Base, FeedRow, StateRow
from tests.world import START

HOUR = timedelta(hours=1)
PRINTS = {"feeds": "f", "good rules": "r"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database of which everything is known, and in which one feed is due in an hour."""
    path = tmp_path / "m # 1.db"
    with closing(Database(f"sqlite:///{path}")) as database:
        schema.ensure(database.engine)

        def fill(session):
            session.add(FeedRow(url="https://a.test/f", added_at=START, due_at=START + HOUR))
            for name, value in PRINTS.items():
                row = StateRow(key=name, value={"fingerprint": value}, updated_at=START)
                session.add(row)
            session.add(StateRow(key="look", value={}, updated_at=START + HOUR - LOOKED / 2))

        database.now(fill)
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(statement)


def asked(path: Path, now=START + HOUR - LOOKED / 3, prints=PRINTS) -> Stored | None:
    return idle(path, prints, newest_migration(), now)


def test_a_run_with_nothing_due_is_idle(file):
    assert asked(file) == Stored(total_feeds=1, pending=0, dead=0)


def test_what_is_due_is_work(file):
    assert asked(file, START + HOUR) is None


def test_every_table_with_turns_is_asked():
    turns = {table.name for table in Base.metadata.tables.values() if "due_at" in table.c}
    assert turns == set(ROOMS)


def test_a_change_of_feeds_or_beats_is_work(file):
    assert asked(file, prints=PRINTS | {"feeds": "other"}) is None
    assert asked(file, prints=PRINTS | {"good rules": "other"}) is None


@pytest.mark.parametrize(
    "doubt",
    [
        "DELETE FROM state WHERE key = 'look'",
        "UPDATE state SET updated_at = '2026-03-01 00:00:00.000000' WHERE key = 'look'",
        "UPDATE state SET value = '[]'",
        "INSERT INTO state (key, value, updated_at) SELECT 'running', '{}', updated_at FROM state",
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TABLE feeds",
    ],
    ids=["never looked at", "looked at long ago", "damaged", "a dead run", "older", "no table"],
)
def test_where_there_is_doubt_the_run_is_made(file, doubt):
    change(file, doubt.replace("FROM state", "FROM state LIMIT 1") if "SELECT" in doubt else doubt)
    assert asked(file) is None


def test_a_file_that_is_none_is_left_to_who_opens_it(tmp_path):
    assert asked(tmp_path / "none.db") is None
    (tmp_path / "text.db").write_text("no database " * 100)
    assert asked(tmp_path / "text.db") is None
    assert not (tmp_path / "none.db").exists()


def test_dead_letters_are_counted(file):
    change(
        file,
        """
        INSERT INTO alerts (id, key, kind, beat, reason, snapshot, created_at, acked_by)
        VALUES (1, 'k', 'opened', '', '', '{}', '2026-03-02', '')
        """,
    )
    change(
        file,
        """
        INSERT INTO deliveries (id, alert_id, channel, recipient, key, state, created_at, deadline,
                                attempts, reason, detail, hold, bundle)
        VALUES (1, 1, 'c', '', 'k', 'dead', '2026-03-02', '2026-03-02', 0, '', '', '', '')
        """,
    )
    assert asked(file) == Stored(total_feeds=1, pending=0, dead=1)
