"""A count of cases → two daemons and a cron job at work on one database, and who heard what.

Real processes, real feeds and pages, a real mail server and webhook receiver, all on loopback.
Nobody is killed here: many hands reach for the same rows at once.
"""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

import yaml

from monitor.app import utcnow
from monitor.config.shipped import shipped
from monitor.demo import hook, mail_server, web_server
from monitor.demo.hook import Post
from monitor.demo.mail_server import Mail

READERS = ("ana@desk.example", "ben@desk.example", "cem@desk.example", "dia@desk.example")
EACH = len(READERS) + 1  # deliveries of a case: every reader, and the webhook
DAEMONS = 2
FEEDS = 4
SECRET = "whsec_bW9uaXRvciBpbiBhIGNyb3dk"
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What came of it: what everybody should have heard, what each did, who sent how much."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    repeated: int
    heard: int
    delivered_by: tuple[int, ...]


class Inbox(list[T]):
    """A list that says when something was put into it."""

    def __init__(self, on_arrival: Callable[[], None]) -> None:
        super().__init__()
        self._on_arrival = on_arrival

    def append(self, arrived: T) -> None:
        super().append(arrived)
        self._on_arrival()


class Scene:
    """The stories, and everything that has arrived about them."""

    def __init__(self, cases: int, on_arrival: Callable[[int], None]) -> None:
        self.stories = {f"/story/{number}": _story(number) for number in range(cases)}
        self.complete = asyncio.Event()
        self.base = ""
        self._on_arrival = on_arrival
        self.mails: Inbox[Mail] = Inbox(self._arrived)
        self.posts: Inbox[Post] = Inbox(self._arrived)

    @property
    def expected(self) -> int:
        return len(self.stories) * EACH

    def _arrived(self) -> None:
        heard = len(self.mails) + len(self.posts)
        self._on_arrival(heard)
        if heard >= self.expected:
            self.complete.set()

    def answer(self, request: web_server.Request) -> web_server.Response:
        """A feed, a page, or nothing of the kind."""
        if request.path.startswith("/feed/"):
            mine = list(self.stories)[int(request.path.rpartition("/")[2]) :: FEEDS]
            return _response("application/rss+xml", self._feed(mine))
        if request.path in self.stories:
            return _response("text/html; charset=utf-8", _page(*self.stories[request.path]))
        return web_server.Response(status=HTTPStatus.NOT_FOUND)

    def _feed(self, paths: list[str]) -> str:
        items = "".join(
            f"<item><title>{self.stories[path][0]}</title><link>{self.base}{path}</link></item>"
            for path in paths
        )
        channel = f"<title>Daily</title><link>{self.base}/</link>{items}"
        return f'<rss version="2.0"><channel>{channel}</channel></rss>'

    def found(self, delivered_by: tuple[int, ...]) -> Crowd:
        """Everything that was heard, against everything that should have been."""
        heard = [*self._mails(), *self._posts()]
        ids: dict[tuple[str, str], set[str]] = defaultdict(set)
        for who, story, own in heard:
            ids[who, story].add(own)
        wanted = [(who, story) for who in (*READERS, "hook") for story in self.stories]
        twice = {pair: len(different) for pair, different in ids.items() if len(different) > 1}
        return Crowd(
            lost=tuple(
                f"{who} did not hear of {story}" for who, story in wanted if (who, story) not in ids
            ),
            doubled=tuple(f"{who}: {n} ids for {story}" for (who, story), n in twice.items()),
            repeated=sum(n - 1 for n in Counter(heard).values()),
            heard=len(heard),
            delivered_by=delivered_by,
        )

    def _mails(self) -> Iterator[tuple[str, str, str]]:
        for mail in self.mails:
            body = mail.message.get_body(("plain",))
            text = body.get_content() if body else ""
            found = re.search(re.escape(self.base) + r"(/story/\d+)", text)
            story = found[1] if found else f"none of ours: {text}"
            yield mail.recipients[0], story, str(mail.message["Message-ID"])

    def _posts(self) -> Iterator[tuple[str, str, str]]:
        for post in self.posts:
            said = post.data["data"]
            assert isinstance(said, dict)
            yield "hook", said["hit"]["url"].removeprefix(self.base), post.id


async def crowd(
    folder: Path,
    database: str,
    cases: int,
    on_arrival: Callable[[int], None] = lambda _heard: None,
) -> Crowd:
    """Let them all loose on one fresh database, until everybody has heard of every case."""
    scene = Scene(cases, on_arrival)
    async with (
        web_server.serving(scene.answer) as scene.base,
        mail_server.receiving(scene.mails) as (host, port),
        web_server.serving(hook.receiver(SECRET, scene.posts, utcnow)) as receiver,
    ):
        smtp = {"host": host, "port": port, "tls": "none"}
        _configure(folder, database, scene.base, smtp, f"{receiver}/hook")
        logs = [folder / f"{number}.log" for number in range(DAEMONS + 1)]
        async with asyncio.TaskGroup() as group:
            group.create_task(_cron(folder, logs[-1], scene.complete))
            for log in logs[:-1]:
                group.create_task(_daemon(folder, log, scene.complete))
    return scene.found(tuple(map(_delivered, logs)))


def _delivered(log: Path) -> int:
    return sum(" delivered" in line for line in log.read_text().splitlines())


async def _daemon(folder: Path, log: Path, complete: asyncio.Event) -> None:
    async with _started(folder, log, "run") as process:
        over = asyncio.ensure_future(process.wait())
        done = asyncio.ensure_future(complete.wait())
        await asyncio.wait((over, done), return_when=asyncio.FIRST_COMPLETED)
        done.cancel()
        if over.done():
            raise AssertionError(f"a daemon ended by itself, see {_end(log)}")
        process.send_signal(signal.SIGTERM)
        assert await over == 128 + signal.SIGTERM


async def _cron(folder: Path, log: Path, complete: asyncio.Event) -> None:
    while not complete.is_set():
        async with _started(folder, log, "-v", "run-once") as process:
            assert await process.wait() == 0, _end(log)


def _end(log: Path) -> str:
    return log.read_text()[-2000:]


@asynccontextmanager
async def _started(
    folder: Path, log: Path, *command: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    with log.open("ab") as stderr:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "monitor",
            "-c",
            str(folder),
            *command,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "NO_COLOR": "1"},
            stdout=stderr,
            stderr=stderr,
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def _configure(
    folder: Path, database: str, base: str, smtp: dict[str, object], receiver: str
) -> None:
    channels = {
        "desk": {"type": "email", "to": list(READERS), "sender": "m@desk.example", "smtp": smtp},
        "hook": {"type": "webhook", "url": receiver, "secret": SECRET},
    }
    route = {"beat": "exonerations", "stages": ["vacated", "exonerated"], "to": list(channels)}
    settings = {
        "database": database,
        "http": {
            "contact": READERS[0],
            "allow_networks": ["127.0.0.0/8"],
            "host_gap": "0s",
        },
        "alerts": {"channels": channels, "routes": [route]},
    }
    feeds = [{"url": f"{base}/feed/{number}", "name": f"feed-{number}"} for number in range(FEEDS)]
    folder.mkdir(parents=True)
    (folder / "monitor.yaml").write_text(yaml.safe_dump(settings))
    (folder / "feeds.yaml").write_text(yaml.safe_dump({"feeds": feeds}))
    for name in ("beats", "gazetteers"):
        (folder / name).symlink_to(shipped("config") / name)


def _response(media_type: str, body: str) -> web_server.Response:
    return web_server.Response(media_type=media_type, body=body.encode())


def _story(number: int) -> tuple[str, list[str]]:
    """A case like no other: its own name, its own county, and a body of its own words."""
    dice = random.Random(number)  # noqa: S311

    def word() -> str:
        return "".join(dice.choices(SYLLABLES, k=3))

    def line(words: int) -> str:
        return " ".join(word() for _ in range(words)).capitalize() + "."

    first, last, county = word().title(), word().title(), f"{word().title()} County"
    years = 10 + number % 25
    freed = (
        f"{first} {last} walked free after {years} years in prison. A {county} judge vacated the"
        " murder conviction and prosecutors dismissed every charge."
    )
    told = [
        freed,
        f"New DNA evidence proved that {first} {last} was innocent, the judge said. {line(12)}",
        f"{last} was wrongfully convicted in {2020 - years} of a killing in {word().title()}.",
    ]
    title = f"{first} {last} exonerated after {years} years in {county} murder case"
    return title, [told[0], line(14), told[1], line(16), told[2], f"{line(12)} {line(15)}"]


def _page(title: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"
