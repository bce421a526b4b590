"""A host and the time → how long to wait before it may be asked again.

One gate for feeds and articles. A host that asks to be left alone is; between two requests to
one host lies a gap; who must wait is given a time of its own, so that nobody waits twice.
"""

import heapq
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
NONE = timedelta()
MOST_HOSTS = 20_000
JUMP = timedelta(minutes=1)
LONGEST = timedelta(days=1, hours=1)  # nobody is asked to wait longer
SLOWEST = timedelta(seconds=30)
"""The longest Crawl-delay that is honoured: a slower site would never be read to the end."""


@dataclass(slots=True)
class _Host:
    last: datetime = NEVER
    tail: datetime = NEVER  # the last time that was promised to somebody
    held: datetime = NEVER
    delay: timedelta = NONE


class Gate:
    """Who may be asked when, as far as this process knows."""

    def __init__(self) -> None:
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._promised: list[datetime] = []
        self.loaded = False

    def free(self, host: str, gap: timedelta, now: datetime) -> timedelta:
        """How long until the host may be asked; nothing if it may be now."""
        return max(self._free(self._host(host, now), gap) - now, NONE)

    def take(self, host: str, at: datetime) -> None:
        """Note that the host is asked."""
        found = self._host(host, at)
        found.last = max(found.last, at)

    def queue(self, host: str, gap: timedelta, now: datetime) -> timedelta:
        """Promise a time of its own to somebody who must wait; return how long that is."""
        found = self._host(host, now)
        found.tail = max(found.tail + max(gap, found.delay), self._free(found, gap))
        return found.tail - now

    def promise(self, at: datetime) -> None:
        """Remember that somebody comes back soon."""
        heapq.heappush(self._promised, at)

    def next_turn(self, now: datetime) -> timedelta | None:
        """How long until the first of those comes back; None if nobody does."""
        came = False
        while self._promised and self._promised[0] <= now:
            heapq.heappop(self._promised)
            came = True
        if came:
            return NONE
        return self._promised[0] - now if self._promised else None

    def hold(self, host: str, until: datetime) -> None:
        """Leave the host alone until then."""
        found = self._host(host)
        found.held = max(found.held, until)

    def slow(self, host: str, delay: timedelta) -> None:
        """Honour a Crawl-delay, up to half a minute."""
        self._host(host).delay = min(delay, SLOWEST)

    def _free(self, host: _Host, gap: timedelta) -> datetime:
        return max(host.last + max(gap, host.delay), host.held)

    def _host(self, name: str, now: datetime | None = None) -> _Host:
        found = self._hosts.get(name)
        if found is None:
            found = self._hosts[name] = _Host()
            if len(self._hosts) > MOST_HOSTS:
                self._hosts.popitem(last=False)
        else:
            self._hosts.move_to_end(name)
        if now is not None and found.last > now + JUMP:  # the clock was wrong, or is
            found.last = found.tail = NEVER
        if now is not None and found.held > now + LONGEST:
            found.held = NEVER
        return found
