"""A database that is not there, cannot be read or written, or is not ours: words, codes, files."""

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.desk import CASE, ROOT, SENTENCES, Said, begun, command, ended, environment
from tests.cli.nobody import LOOKING, as_nobody

READING = [
    "hits list", "hits show 1", "hits export", "cases list", "cases show 1", "cases export",
    "explain https://quay.example.org/a", "search inn", "feeds list", "feeds health",
    "feeds health --plan", "feeds export", "alerts list", "alerts show 1", "alerts render 1",
    "alerts dead list", "silence list", "db current", "db check", "db backup b.db",
    "db prune --dry-run", "healthcheck",
]  # fmt: skip
CHANGING = [
    "hits label 1 confirmed", "cases merge 1 2", "alerts retry 1", "alerts drop 1",
    "alerts ack 1", "silence add case=1 --for 7d --reason r", "silence expire 1",
    "feeds pause a", "feeds resume a", "db prune",
]  # fmt: skip
MAKING = ["run-once", "db upgrade", "feeds add https://quay.example.org/rss"]


@pytest.mark.parametrize("words", READING + CHANGING)
def test_without_a_database_a_command_says_so_and_makes_none(post, monitor, words):
    said = monitor(*words.split())
    assert (said.code, said.out) == (4, "")
    assert f"{post.folder}/monitor.db: there is none yet; `monitor run-once` or" in said.err
    assert sorted(path.name for path in post.folder.iterdir()) == [
        "beats", "feeds.yaml", "monitor.yaml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["hits list", "healthcheck", "db current", "hits label 1 related"]
)
def test_4_from_the_real_command_where_the_database_was_deleted(post, words):
    assert post.run("db", "upgrade").code == 0
    (post.folder / "monitor.db").unlink()
    said = post.run(*words.split())
    assert (said.code, said.out) == (4, "")
    assert said.err == (
        f"error: database sqlite:///{post.folder}/monitor.db: there is none yet; "
        "`monitor run-once` or `monitor db upgrade` makes it\n"
    )
    assert not (post.folder / "monitor.db").exists()


@pytest.mark.parametrize("words", MAKING)
def test_what_begins_work_makes_the_database(post, monitor, words):
    post.configure(database="sqlite:///var/data/monitor.db")
    assert monitor(*words.split()).code == 0
    assert [path.name for path in (post.folder / "var/data").glob("*.db")] == ["monitor.db"]
    assert monitor("db", "current").code == 0


@pytest.mark.parametrize(
    "words",
    [
        "run-once --dry-run",
        "db upgrade --dry-run",
        "check",
        "feeds add https://q.example --dry-run",
    ],
)
def test_what_only_says_what_it_would_do_makes_nothing(post, monitor, words):
    assert monitor(*words.split()).code == 0
    assert not (post.folder / "monitor.db").exists()


def test_a_folder_in_the_place_of_the_database_is_named(post):
    (post.folder / "data").mkdir()
    post.configure(database="sqlite:///data")
    for words in (("hits", "list"), ("run-once",), ("db", "upgrade")):
        said = post.run(*words)
        assert said.code == 4
        assert (
            f"this is a folder; name a file in it, such as {post.folder}/data/monitor.db"
            in said.err
        )


def test_a_file_that_is_no_database_is_left_as_it_is(post):
    (post.folder / "monitor.db").write_text("not a database, " * 300)
    for words in (("hits", "list"), ("run-once",), ("db", "upgrade")):
        said = post.run(*words)
        assert said.code == 4
        assert "the file is no SQLite database; name another, or restore a backup" in said.err
    assert (post.folder / "monitor.db").read_text() == "not a database, " * 300


def test_a_database_of_a_newer_version_is_left_as_it_is(post):
    post.run("db", "upgrade")
    with closing(sqlite3.connect(post.folder / "monitor.db")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    for words in (("hits", "list"), ("run-once",), ("db", "upgrade")):
        said = post.run(*words)
        assert said.code == 4
        assert "9999" in said.err
        assert "install the version that made it" in said.err
        assert "Can't locate" not in said.err


def test_what_another_program_writes_for_long_can_still_be_read(post, monitor):
    post.story("/a", CASE, SENTENCES)
    monitor("run-once")
    with closing(sqlite3.connect(post.folder / "monitor.db")) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert CASE in monitor("hits", "list").out


def test_a_locked_database_is_named_after_the_wait(post, monitor, monkeypatch):
    monitor("db", "upgrade")
    monkeypatch.setattr("monitor.db.engine.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(post.folder / "monitor.db")) as holder:
        holder.execute("BEGIN IMMEDIATE")
        said = monitor("run-once")
    assert said.code == 4
    assert "another program has been writing to it for 30 s; end that one, or try" in said.err


def test_a_database_one_may_only_read_is_shown_and_not_changed(post, monitor):
    post.story("/a", CASE, SENTENCES)
    monitor("run-once")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name) / "config"
        shutil.copytree(post.folder, folder)
        (folder / "monitor.db").chmod(0o444)
        folder.chmod(0o555)
        Path(name).chmod(0o755)
        try:
            context = multiprocessing.get_context("forkserver")
            answer: multiprocessing.Queue[Said] = context.Queue()
            process = context.Process(target=as_nobody, args=(folder, answer))
            process.start()
            for _ in LOOKING:
                said = answer.get(timeout=60)
                assert (said.code, said.err) == (0, "")
                assert said.out
            said = answer.get(timeout=60)
            process.join()
            assert said.code == 4
            assert "it may only be read; let this user write to the file and to its" in said.err
        finally:
            folder.chmod(0o755)


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


def test_a_full_disk_is_named_and_the_next_run_goes_on(post):
    for number in range(9):
        post.story(
            f"/{number}", text=tuple(f"{n} of {number}: " + "harbour " * 500 for n in range(9))
        )
    post.run("db", "upgrade")
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "-c", str(post.folder), "run-once"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(PYTHONPATH=str(ROOT)),
        preexec_fn=small_files,
    )
    assert done.returncode == 4
    assert (
        "its disk is full or failing; make room on its disk; what was done is kept" in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert "no damage found" in post.run("db", "check").out
    assert post.run("run-once", "--all").code == 0


def test_a_database_that_vanished_in_the_middle_of_a_run_is_missed(post):
    post.feeds(post.site.serve("/slow.xml", post.feed()))
    post.run("db", "upgrade")
    with begun("-c", str(post.folder), "run") as daemon:
        post.site.until("/slow.xml")
        (post.folder / "monitor.db").rename(post.folder / "away.db")
        assert post.run("hits", "list").code == 4
        said = ended(daemon, signal.SIGTERM)
    assert said.code == 143
    assert not (post.folder / "monitor.db").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql+psycopg://desk:hunter22@127.0.0.1:9/none", "no server answers there"),
        ("postgresql+psycopg://desk:hunter22@nowhere.invalid/none", "no host of that name"),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_without_password_or_library(post, url, words):
    post.configure(database=url)
    for arguments in (("run-once",), ("hits", "list"), ("healthcheck",)):
        said = post.run(*arguments)
        assert said.code == 4
        assert f"desk:***@{url.partition('@')[2]}: {words}" in said.err
        assert "hunter22" not in said.err
        assert "psycopg." not in said.err
        assert said.err.count("\n") == 1


def test_a_missing_driver_is_named_with_package_and_extra(post, tmp_path):
    (tmp_path / "psycopg.py").write_text("raise ImportError('no such module')\n")
    post.configure(database="postgresql+psycopg://desk@127.0.0.1:9/none")
    said = post.run("hits", "list", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert said.code == 4
    assert "install `psycopg[binary]`, or newsroom-monitor with its extra `postgres`" in said.err


def test_an_argument_that_is_no_text_is_refused(post):
    said = command("explain", os.fsdecode(b"https://quay.example.org/\xff"))
    assert (said.code, "its bytes are not UTF-8" in said.err) == (2, True)
