"""A small outlet on loopback, a webhook that listens, and the real command to run on them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml

from monitor.app import utcnow
from tests.world import Asked, Reply, Site

ROOT = Path(__file__).parents[2]
BYTECODE = ROOT / ".pytest_cache" / "bytecode"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BEAT = """\
name: cleared
title: A conviction is undone
threshold: 5
headline_threshold: 5
lists:
  undo: [overturned, quashed]
signals:
  - id: undone
    says: a conviction is overturned
    query: SENTENCE(@undo NEAR/12 conviction*)
    weight: {title: 6, lead: 6, body: 6}
    proves: vacated
    anchor: [undo]
  - id: prison
    says: years inside
    query: prison
    weight: {title: 1, lead: 1, body: 1}
"""
CASE = "Judge overturned the conviction of Ada Quillfeather after 21 years in prison"
OTHER = "Harbour ferry gets a new timetable for the spring"
SENTENCES = (
    (
        "A county judge on Tuesday overturned the murder conviction of Ada Quillfeather, 52, who"
        " had spent 21 years in prison for a killing at a lakeside inn that she did not commit."
    ),
    (
        "The order followed a hearing at which two chemists said that the samples used at the trial"
        " had been mixed up, and that nothing tied her to the room in which the victim was found."
    ),
    (
        "Quillfeather walked out of the court house with her daughter, who was four years old when"
        " the trial began, and said that she would like to see the lake before it got dark."
    ),
)
PLAIN = (
    (
        "The harbour ferry will leave every forty minutes from the first of April, the operator"
        " said on Monday, and the last boat of the day will wait for the train from the north."
    ),
    (
        "Commuters had asked for the change for two winters. The operator will take the old boat"
        " out of service and paint the new one green, which was the colour of the first ferry."
    ),
    "Tickets stay at the same price until the summer, when the council looks at them again.",
)
VARIABLES = ("MONITOR_CONFIG", "NO_COLOR", "XDG_CONFIG_HOME", "NOTIFY_SOCKET")


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Outlet:
    """One feed and its pages, in a configuration of its own."""

    folder: Path
    site: Site
    items: dict[str, str] = field(default_factory=dict)

    def story(self, path: str, title: str = OTHER, text: tuple[str, ...] = PLAIN) -> str:
        """Publish a story on its page and in the feed; return its address."""
        self.site.serve(path, page(title, text))
        return self.listed(path, title)

    def listed(self, path: str, title: str = OTHER) -> str:
        """Put a story into the feed only."""
        self.items[path] = title
        self.site.serve("/feed.xml", self.feed())
        return self.site.url(path)

    def feed(self) -> str:
        date = format_datetime(utcnow() - timedelta(hours=1))
        items = "".join(
            f"<item><guid isPermaLink='false'>{path}</guid><title>{title}</title>"
            f"<link>{self.site.url(path)}</link><pubDate>{date}</pubDate></item>"
            for path, title in self.items.items()
        )
        return f"<rss version='2.0'><channel><title>Post</title>{items}</channel></rss>"

    def configure(self, **settings: Any) -> None:
        """Change settings of monitor.yaml."""
        path = self.folder / "monitor.yaml"
        known = yaml.safe_load(path.read_text()) if path.exists() else {}
        path.write_text(yaml.safe_dump({**known, **settings}))

    def feeds(self, *urls: str) -> None:
        """List these feeds, named a, b, c."""
        rows = [{"url": url, "name": name} for name, url in zip("abcdefgh", urls, strict=False)]
        (self.folder / "feeds.yaml").write_text(yaml.safe_dump({"feeds": rows}))

    def posts(self) -> list[Any]:
        """What the webhook was told."""
        return [json.loads(asked.body) for asked in self.site.asked("/hook")]

    def run(self, *arguments: str, text: str | None = None, **more: str) -> Said:
        """Run the real command on this configuration."""
        return command("-c", str(self.folder), *arguments, text=text, **more)


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: nothing of this host's own installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in VARIABLES and not name.startswith("MONITOR__")
    }
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled once, or every command takes seconds
    return {**kept, "PYTHONWARNINGS": "error", "PYTHONPYCACHEPREFIX": str(BYTECODE), **more}


def command(*arguments: str, text: str | None = None, cwd: Path = ROOT, **more: str) -> Said:
    """Run `monitor …` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "monitor", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment(**{"PYTHONPATH": str(ROOT), **more}),
        timeout=120,
    )
    return Said(code=done.returncode, out=done.stdout, err=done.stderr)


@contextlib.contextmanager
def begun(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start `monitor …` and leave it running; it does not outlive the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "monitor", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], number: signal.Signals | None = None) -> Said:
    """Send a signal, and wait for the end."""
    if number is not None:
        process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return Said(code=process.returncode, out=out, err=err)


class Watched(Site):
    """A site that can be waited for: `until("/feed.xml")` returns when that was asked."""

    def __init__(self) -> None:
        self._asked = threading.Condition()
        super().__init__()

    def answer(self, request: Asked) -> Reply:
        reply = super().answer(request)
        with self._asked:
            self._asked.notify_all()
        return reply

    def until(self, path: str, times: int = 1) -> None:
        """Wait until a path was asked for so many times."""
        with self._asked:
            assert self._asked.wait_for(lambda: len(self.asked(path)) >= times, timeout=60)


def page(title: str, text: tuple[str, ...]) -> str:
    """A page as a news site serves it."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in text)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="The Quay Post"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<main><article><h1>{title}</h1>{body}</article></main>
<footer>The Quay Post</footer></body></html>"""


def outlet(folder: Path, site: Site) -> Outlet:
    """Write a configuration with one feed, one beat and one webhook."""
    (folder / "beats").mkdir(parents=True)
    (folder / "beats" / "cleared.yaml").write_text(BEAT)
    made = Outlet(folder=folder, site=site)
    hook = {"type": "webhook", "url": site.serve("/hook", b""), "secret": SECRET}
    route = {"beat": "cleared", "stages": ["vacated", "exonerated"], "to": ["hook"]}
    made.configure(
        database="sqlite:///monitor.db",
        http={"allow_networks": ["127.0.0.0/8"], "timeout": "5s"},
        alerts={"channels": {"hook": hook}, "routes": [route]},
    )
    site.serve("/feed.xml", made.feed())
    made.feeds(site.url("/feed.xml"))
    return made
