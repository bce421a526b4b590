"""What a file, its folder and its disk may do to a SQLite database."""

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from monitor import schema
from monitor.db import Database
from monitor.errors import DatabaseError
from tests.db.notes import keys, note, refused


def test_a_locked_database_is_named_after_the_wait(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.db.engine.BUSY_SECONDS", 0)
    holder = sqlite3.connect(make_url(sqlite_url).database or "", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    said = refused(sqlite_url)
    holder.close()
    assert said.startswith(f"database {sqlite_url}: another program has been writing to it for")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a database, " * 200, "the file is no SQLite database; name another, or restore"),
        (b"", "tables are missing from it; run `monitor db upgrade`"),
    ],
)
def test_a_file_that_is_no_database_of_ours_is_named(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "x.db").write_bytes(content)
    assert said in refused(f"sqlite:///{tmp_path}/x.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    said = refused(f"sqlite:///{tmp_path}")
    assert f"this is a folder; name a file in it, such as {tmp_path}/monitor.db" in said


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    db = Database(f"sqlite:///{tmp_path}/file/var/monitor.db")
    with pytest.raises(DatabaseError, match="cannot be made: Not a directory; let this user write"):
        schema.ensure(db.engine)


def test_work_never_makes_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = refused(f"sqlite:///{tmp_path}/var/monitor.db")
    assert said.endswith("the file is gone; put it back, or start again to begin a new one")
    assert list(tmp_path.iterdir()) == []


def as_nobody(url: str, answer: "multiprocessing.Queue[str]") -> None:
    os.setresuid(65534, 65534, 65534) if os.geteuid() == 0 else None
    try:
        Database(url).now(note, "x")
    except DatabaseError as error:
        answer.put(str(error))


def read_as_nobody(url: str, answer: "multiprocessing.Queue[str]") -> None:
    os.setresuid(65534, 65534, 65534) if os.geteuid() == 0 else None
    answer.put(str(Database(url).read(keys)))


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
    assert "it may only be read; let this user write to the file and to its folder" in said


def test_a_database_one_may_only_read_can_be_read(open_to_all: Path) -> None:
    assert told(read_as_nobody, f"sqlite:///{open_to_all}/monitor.db") == "[]"


def test_reading_waits_for_no_writer_and_keeps_no_change(sqlite_url: str) -> None:
    db = Database(sqlite_url)
    with closing(sqlite3.connect(make_url(sqlite_url).database or "")) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert db.read(keys) == []
    db.read(lambda session: (note(session, "x"), session.flush()))
    assert db.read(keys) == []
    db.close()


def test_a_full_disk_is_named_and_loses_nothing(sqlite_url: str) -> None:
    said = told(on_a_full_disk, sqlite_url)
    assert "its disk is full or failing; make room on its disk; what was done is kept" in said
    db = Database(sqlite_url)
    assert db.now(keys) == ["before"]
    db.close()


def test_a_database_that_vanished_is_missed_at_once(sqlite_url: str) -> None:
    path = Path(make_url(sqlite_url).database or "")
    db = Database(sqlite_url)
    db.now(note, "before")
    path.rename(path.with_suffix(".away"))
    with pytest.raises(DatabaseError, match="the file is gone; put it back, or start again"):
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
