"""A feed from which entries rolled off unseen → what its site's news sitemap has of that time.

known sitemap ─ those that robots.txt names ─ where most sites keep them
"""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from urllib.parse import urlsplit

from monitor import manners
from monitor.app import App
from monitor.collect import discover, store
from monitor.collect.understand import understand
from monitor.errors import Permanent, Temporary
from monitor.log import Log
from monitor.records import Feed, ParsedFeed

log = Log("collect")

MOST = 8  # addresses asked for one gap


async def fill(app: App, feed: Feed, shown: ParsedFeed) -> store.Filed:
    """Find the sitemap, and keep what the feed never showed; a site without one is left alone."""
    site = _site(shown)
    known = await app.db.run(store.sitemap_of, feed.id, app.now())
    if not site or known == "":
        return store.Filed()
    for address in [known] if known else await _addresses(app, site):
        if (parsed := await _sitemap(app, feed, address)) is not None:
            break
    else:
        address, parsed = "", None
    filed = await app.db.run(store.fill_gap, feed, address, parsed, app.now())
    app.tally["entries.new"] += filed.new
    log.info("gap", feed=feed.name, url=feed.url, sitemap=address or "none", found=filed.new)
    return filed


def _site(shown: ParsedFeed) -> str:
    """Where most of the entries are: a feed may be kept elsewhere."""
    parts = (urlsplit(entry.link) for entry in shown.entries if entry.link)
    sites = Counter(f"{part.scheme}://{part.netloc}" for part in parts)
    return sites.most_common(1)[0][0] if sites else ""


async def _addresses(app: App, site: str) -> Iterable[str]:
    try:
        named = (await manners.rules(app, f"{site}/")).sitemaps
    except (Temporary, Permanent):
        named = ()
    likely = [*discover.newsy(named)[:3], *discover.common(f"{site}/", discover.SITEMAPS)]
    return list(dict.fromkeys(likely))[:MOST]


async def _sitemap(app: App, feed: Feed, address: str) -> ParsedFeed | None:
    try:
        await manners.allow(app, address)
        await app.web.wait(address)
        page = await app.web.get(address, before=partial(manners.allow, app))
        parsed = await understand(app, feed.name, page)
    except (Temporary, Permanent):
        return None  # it was only a guess
    return parsed if parsed.kind.startswith("sitemap") and parsed.entries else None
