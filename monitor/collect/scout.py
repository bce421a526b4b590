"""A site's address → the feeds and news sitemaps it has, each fetched and read; nothing is stored.

the address itself ─ what its page names ─ what robots.txt names ─ where most sites keep them
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from monitor.app import utcnow
from monitor.collect import discover, parse
from monitor.config import Http
from monitor.errors import Permanent, Temporary
from monitor.manners import Rules, ask_rules
from monitor.pool import Pool
from monitor.records import Fetched, ParsedFeed
from monitor.web import Web, host_of

ENOUGH = 8  # of each kind
KINDS = ("sitemap", "sitemap_index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed that answered and could be read; `why` says where its address was found."""

    url: str
    kind: str
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    why: str = ""


async def discover_feeds(http: Http, url: str) -> list[Found]:
    """Find the feeds of a site, the best first; raise as `Web.get` if it cannot be reached."""
    async with _Scout(http) as scout:
        return await scout.search(url)


class _Scout:
    def __init__(self, http: Http) -> None:
        self._web, self._pool = Web(http, utcnow), Pool()
        self._rules: dict[str, Rules] = {}
        self._asked: set[str] = set()
        self._known: set[str] = set()
        self._found: list[Found] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pool.close()
        await self._web.close()

    async def search(self, url: str) -> list[Found]:
        """Look in the likeliest places first, and in the others only while nothing is found."""
        page = await self._fetch(url)
        if not await self._is_feed(page, url, "the address itself"):
            await self._try(discover.named(page.body, page.url), "named on the page")
        rules = await self._rules_of(page.url)
        await self._try(discover.newsy(rules.sitemaps), "named in robots.txt", only=KINDS)
        if not self._has(sitemap=False):
            await self._try(discover.common(page.url, discover.FEEDS), "a common address", most=1)
        if not self._has(sitemap=True):
            paths = discover.common(page.url, discover.SITEMAPS)
            await self._try(paths, "a common address", most=1, only=KINDS)
        return self._found

    def _has(self, *, sitemap: bool) -> bool:
        return any((found.kind in KINDS) is sitemap for found in self._found)

    async def _try(
        self, addresses: Iterable[str], why: str, *, most: int = ENOUGH, only: Iterable[str] = ()
    ) -> None:
        hits = 0
        for address in addresses:
            if hits >= most or address in self._asked:
                continue
            try:
                hits += await self._is_feed(await self._fetch(address), address, why, only=only)
            except (Temporary, Permanent):
                continue  # it was only a guess

    async def _fetch(self, url: str) -> Fetched:
        self._asked.add(url)
        await self._permit(url)
        await self._web.wait(url)
        return await self._web.get(url, before=self._permit)

    async def _permit(self, url: str) -> None:
        (await self._rules_of(url)).check(url)

    async def _rules_of(self, url: str) -> Rules:
        origin = f"{urlsplit(url).scheme}://{host_of(url)}"
        if origin not in self._rules:
            self._rules[origin] = await ask_rules(self._web, origin)
        return self._rules[origin]

    async def _is_feed(
        self, page: Fetched, address: str, why: str, *, only: Iterable[str] = ()
    ) -> bool:
        """Keep the address if it holds a feed that is not known yet."""
        try:
            parsed: ParsedFeed = await self._pool.run(parse.parse_feed, page)
        except (Temporary, Permanent):
            return False
        if (only and parsed.kind not in only) or not (parsed.entries or parsed.more):
            return False
        links = "\n".join(entry.canonical_link for entry in parsed.entries[:5])
        if page.url in self._known or (links and links in self._known):
            return False
        if parsed.more and not await self._leads_on(parsed):
            return False
        self._known |= {page.url, links}
        dates = [entry.published_at for entry in parsed.entries if entry.published_at]
        self._found.append(
            Found(
                url=page.moved_to or address,
                kind=parsed.kind,
                title=parsed.title,
                entries=len(parsed.entries),
                newest=max(dates, default=None),
                why=why,
            )
        )
        return True

    async def _leads_on(self, index: ParsedFeed) -> bool:
        """Whether one of the sitemaps of an index holds news."""
        for address in index.more:
            try:
                if (await self._pool.run(parse.parse_feed, await self._fetch(address))).entries:
                    return True
            except (Temporary, Permanent):
                continue
        return False
