"""An address → `Fetched`: never more than two requests to a host at once, each hop re-checked.

`turn` says when a host may be asked; `get` then asks it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakValueDictionary

from monitor import __version__
from monitor.config import Http
from monitor.errors import FetchFailed, FetchRefused
from monitor.records import Fetched
from monitor.web import canary
from monitor.web.answers import check
from monitor.web.gate import Gate
from monitor.web.guard import Guard, Resolve, look_up
from monitor.web.hops import host_of, name_of, next_hop
from monitor.web.request import Request

if TYPE_CHECKING:
    from monitor.web.wire import Wire

AT_ONCE = 100
PER_HOST = 2
REDIRECTS = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
HOST_GAP = timedelta(seconds=5)
SHORT = timedelta(seconds=1)  # a wait so short is not worth coming back for
SOON = timedelta(minutes=1)
MOST_KEPT = 1_000
ANSWER_LIMIT = 64 * 1024  # of what a webhook's server says, enough to show a person

ACCEPT = {
    "feed": "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.1",
    "text": "text/plain, */*;q=0.1",
}


class Web:
    """Fetch and post; httpx is loaded at the first request."""

    def __init__(
        self, http: Http, now: Callable[[], datetime], *, resolve: Resolve = look_up
    ) -> None:
        self._http = http
        self._now = now
        self._opened: Wire | None = None
        self._guard = Guard(http.allow_networks, resolve)
        self.gate = Gate()
        self.kept: OrderedDict[str, tuple[datetime, Any]] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._all = asyncio.Semaphore(AT_ONCE)
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._agent = _agent(http.contact)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validators_of: str | None = None,
        accept: Literal["feed", "page", "text"] = "feed",
        before: Callable[[str], Awaitable[None]] | None = None,
        beginning: int = 0,
    ) -> Fetched:
        """Return a 2xx answer, or 304 if validators were given.

        Validators are sent only to `validators_of` (default: `url`), whichever hop that is.
        `before` each hop its address is shown to the caller, who may raise; of a body longer than
        `beginning` bytes only so many are read.
        Raises FetchFailed (timeout, dns, connect, tls, bad_answer, connection_lost, bad_encoding,
        http_NNN) and FetchRefused (forbidden_network, too_large, redirect_loop, bad_redirect,
        bad_address, http_410).
        """
        conditional = _conditional(etag, last_modified)
        plain = {"Accept": ACCEPT[accept], "Accept-Encoding": "gzip, deflate"}
        passed: list[str] = []
        owner, moved, for_good = validators_of or url, "", True
        seconds = self._http.timeout.total_seconds()
        while True:
            if before is not None:
                await before(url)
            mine = conditional if url == owner else {}
            answer, spent = await self._send(
                "GET", url, plain | mine, seconds=seconds, beginning=beginning
            )
            if answer.status not in REDIRECTS:
                check(answer, conditional=bool(mine), now=self._now())
                return replace(answer, redirects=tuple(passed), moved_to=moved)
            passed.append(url)
            url = next_hop(answer, passed, strict=accept == "feed")
            for_good = for_good and answer.status in FOR_GOOD
            moved = url if for_good else moved
            seconds = max(seconds - spent, 0.001)

    async def turn(self, url: str, *, first: bool = False) -> timedelta:
        """Take the host's turn and return nothing; or return how long to wait and ask again.

        Who comes `first` waits for the next turn, everybody else in a queue.
        """
        if canary.ours(url):
            return timedelta()
        try:
            host, gap = host_of(url), self._gap(url)
        except FetchRefused:
            return timedelta()  # to be refused when it is fetched
        now = self._now()
        wait = self.gate.free(host, gap, now)
        if wait <= SHORT:
            self.gate.take(host, now + wait)
            if wait:
                await asyncio.sleep(wait.total_seconds())
            return timedelta()
        wait = wait if first else self.gate.queue(host, gap, now)
        if wait <= SOON:
            self.gate.promise(now + wait)
        return wait

    async def wait(self, url: str) -> None:
        """Wait here for the host's turn; raise FetchFailed `held` if that takes long."""
        for _ in range(3):
            wait = await self.turn(url, first=True)
            if wait > SOON:
                message = f"{url}: its host asked to be left alone for {wait}"
                raise FetchFailed(message, reason="held")
            if not wait:
                return
            await asyncio.sleep(wait.total_seconds())

    def next_turn(self) -> timedelta | None:
        """How long until somebody's turn comes who was told to wait; None if nobody waits."""
        return self.gate.next_turn(self._now())

    def lock(self, name: str) -> asyncio.Lock:
        """One lock for each name, so that no two tasks ask the same thing at once."""
        found = self._locks.get(name)
        if found is None:
            found = self._locks[name] = asyncio.Lock()
        return found

    def keep(self, origin: str, what: tuple[datetime, Any]) -> None:
        """Remember what a host said, and until when, for the last thousand hosts."""
        self.kept[origin] = what
        if len(self.kept) > MOST_KEPT:
            self.kept.popitem(last=False)

    def _gap(self, url: str) -> timedelta:
        if self._http.host_gap is not None:
            return self._http.host_gap
        return timedelta() if self._guard.own(name_of(url)) else HOST_GAP

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Fetched:
        """Return whatever the server answers, redirects included; raise as `get` for transport.

        Once the status is known, the rest of the answer cannot make it a failure.
        """
        seconds = self._http.timeout.total_seconds()
        answer, _ = await self._send("POST", url, headers, body, seconds=seconds)
        return answer

    async def close(self) -> None:
        """Let go of every connection."""
        if self._opened is not None:
            await self._opened.close()
        self._guard.close()

    async def _send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        *,
        seconds: float,
        beginning: int = 0,
    ) -> tuple[Fetched, float]:
        if canary.ours(url):
            return canary.answer(url), 0.0
        name, wire = name_of(url), self._wire()
        async with self._gate(name), self._gate(f"owner {self._guard.owner(name)}"), self._all:
            clock = asyncio.get_running_loop()
            began = clock.time()
            if not beginning:  # robots.txt is asked for out of turn
                self.gate.take(host_of(url), self._now())
            request = Request(
                method=method,
                url=url,
                headers={"User-Agent": self._agent, "Connection": "close", **headers},
                body=body,
                seconds=seconds,
                limit=beginning or self._http.max_body if method == "GET" else ANSWER_LIMIT,
                beginning=bool(beginning) or method != "GET",
            )
            return await wire.send(request), clock.time() - began

    def _gate(self, host: str) -> asyncio.Semaphore:
        gate = self._hosts.get(host)
        if gate is None:
            gate = self._hosts[host] = asyncio.Semaphore(PER_HOST)
        return gate

    def _wire(self) -> "Wire":
        if self._opened is None:
            from monitor.web.wire import Wire  # noqa: PLC0415  loads httpx: 0.1 s of a start

            self._opened = Wire(self._guard)
        return self._opened


def _conditional(etag: str | None, last_modified: str | None) -> dict[str, str]:
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in known.items() if value}


def _agent(contact: str) -> str:
    who = "".join(letter for letter in contact if " " <= letter <= "~" and letter not in "()")
    return f"newsroom-monitor/{__version__}" + (f" (+{who})" if who else "")
