"""What a run is doing, on one line of a terminal's stderr; nowhere else.

feeds 31/40 · articles 118 read of 204, 90 judged · hits 1 · 6.2/s · waits 14 s for paper.test
"""

import asyncio
import sys
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from monitor.app import App

EVERY = 0.5  # seconds
SLOW = timedelta(seconds=5)  # a piece of work that takes longer is named
WORK = ("feeds.polled", "articles.read", "articles.duplicate", "judged")


class Progress:
    """Counts that grow while the run goes on, and what keeps it."""

    def __init__(self, app: "App", *, due: int) -> None:
        self._app, self._due = app, due
        self._began = app.now()
        self._busy: dict[int, tuple[datetime, str]] = {}
        shown = sys.stderr.isatty()
        self._drawing = asyncio.create_task(self._draw()) if shown else None

    def begin(self, _room: Any, item: Any) -> None:
        """A piece of work is begun."""
        self._busy[id(item)] = (self._app.now(), _called(item))

    def end(self, _room: Any, item: Any) -> None:
        """It is done."""
        self._busy.pop(id(item), None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave the terminal clean."""
        if self._drawing is not None:
            self._drawing.cancel()
            with suppress(asyncio.CancelledError):
                await self._drawing
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    async def _draw(self) -> None:
        while True:
            sys.stderr.write(f"\r\033[K{self.line()}")
            sys.stderr.flush()
            await asyncio.sleep(EVERY)

    def line(self) -> str:
        """How far the run is, how fast, and for what it has waited longest."""
        tally, now = self._app.tally, self._app.now()
        seconds = max((now - self._began).total_seconds(), 1)
        read = tally["articles.read"] + tally["articles.duplicate"]
        parts = [
            f"feeds {tally['feeds.polled']}/{max(self._due, tally['feeds.polled'])}",
            f"articles {read} read of {tally['entries.new']}, {tally['judged']} judged",
            f"hits {tally['hits']}",
            f"{sum(tally[name] for name in WORK) / seconds:.1f}/s",
        ]
        since, name = min(self._busy.values(), default=(now, ""))
        if now - since >= SLOW:
            parts.append(f"waits {(now - since).total_seconds():.0f} s for {name}")
        return " · ".join(parts)


def _called(item: Any) -> str:
    """What a person would call it: the host that is asked."""
    entry = getattr(item, "entry", None)
    address = getattr(item, "url", "") or getattr(entry, "link", "")
    found = urlsplit(str(address)).hostname or getattr(item, "channel", "")
    return "".join(char for char in str(found or "its turn") if char.isprintable())
