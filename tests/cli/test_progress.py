"""At a terminal a run says how far it is, how fast, and what is slow; elsewhere nothing."""

import os
import pty
import subprocess
import sys

from monitor.app import App
from monitor.cli.progress import Progress
from monitor.records import Entry, Feed, PendingEntry
from tests.cli.desk import CASE, ROOT, SENTENCES, environment
from tests.world import START, Clock


def at_a_terminal(*arguments: str) -> str:
    """Run `monitor …` with a terminal for its stderr; give what that shows."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "monitor", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=ROOT, env=environment()
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other side is closed
            pass
        os.close(ours)
        assert process.wait() == 0
    return shown.decode()


def test_a_terminal_shows_how_far_the_run_is_and_is_left_clean(post):
    post.story("/a", CASE, SENTENCES)
    shown = at_a_terminal("-c", str(post.folder), "run-once")
    assert "feeds " in shown
    assert "articles " in shown
    assert "/s" in shown
    *_, last = shown.split("\r\033[K")
    assert last.startswith("1 feed")


def test_under_cron_nothing_is_shown(post, monitor):
    post.story("/a", CASE, SENTENCES)
    said = monitor("run-once")
    assert (said.code, said.out, said.err) == (0, "", "")


def test_what_takes_long_is_named():
    clock = Clock()
    app = App(config=None, db=None, web=None, pool=None, now=clock)  # type: ignore[arg-type]
    app.tally.update({"feeds.polled": 4, "articles.read": 6, "entries.new": 9, "judged": 5})
    progress = Progress(app, due=10)
    feed = Feed(id=1, url="https://slow.test/feed")
    progress.begin(None, feed)
    clock.pass_(seconds=3)
    entry = Entry(link="https://paper.test/a")
    page = PendingEntry(id=1, feed_id=1, entry=entry, first_seen_at=START)
    progress.begin(None, page)
    clock.pass_(seconds=7)
    line = "feeds 4/10 · articles 6 read of 9, 5 judged · hits 0 · 1.5/s"
    assert progress.line() == f"{line} · waits 10 s for slow.test"
    progress.end(None, feed)
    assert progress.line() == f"{line} · waits 7 s for paper.test"
    progress.end(None, page)
    assert progress.line() == line
