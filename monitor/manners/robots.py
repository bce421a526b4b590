"""The text of a robots.txt → what it allows us (RFC 9309). Pure.

A host whose robots.txt cannot be had for a fault of its own allows nothing (§2.3.1.4).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from monitor.errors import FetchFailed, FetchRefused

TOKEN = "newsroom-monitor"  # noqa: S105  our product token (RFC 9309 §2.2.1)
LARGEST = 512 * 1024  # §2.5: at least 500 KiB
LINE = re.compile(r"^[ \t]*([A-Za-z-]+)[ \t]*:[ \t]*([^\r\n#]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a host's robots.txt says to us; `text` None: it could not be had."""

    text: str | None = ""
    parsed: Any = field(default=None, repr=False, compare=False)

    def allows(self, url: str) -> bool:
        """Whether we may fetch an address: longest match wins, a tie allows."""
        if self.text is None:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, TOKEN))

    def check(self, url: str) -> None:
        """Raise FetchRefused `robots`, or FetchFailed `robots_down`, for what is not allowed."""
        if self.text is None:
            message = f"{url}: the robots.txt of its host cannot be had, so it is not fetched now"
            raise FetchFailed(message, reason="robots_down")
        if not self.allows(url):
            raise FetchRefused(f"{url}: robots.txt does not allow us to fetch it", reason="robots")

    @property
    def delay(self) -> timedelta:
        """The Crawl-delay it asks of us, nothing if none."""
        asked = self.parsed.crawl_delay(TOKEN) if self.parsed is not None else None
        return timedelta(seconds=min(max(float(asked or 0), 0.0), 86_400.0))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names."""
        return tuple(self.parsed.sitemaps) if self.parsed is not None else ()

    @property
    def said(self) -> Mapping[str, str]:
        """What it says of the use of what is found there: the last word on each."""
        found = {name.lower(): value.strip() for name, value in LINE.findall(self.text or "")}
        wanted = ("content-usage", "content-signal", "license")
        return {name: found[name] for name in wanted if found.get(name)}


def parse(text: str | None) -> Rules:
    """Understand a robots.txt; None means that it could not be had."""
    if not text or not LINE.search(text):
        return Rules(text=text)
    from protego import Protego  # noqa: PLC0415  24 ms of a start

    return Rules(text=text, parsed=Protego.parse(text))
