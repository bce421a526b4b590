"""Configured feeds → what is wrong with them right now; nothing is stored."""

import asyncio

from monitor.app import utcnow
from monitor.collect import parse, remedy
from monitor.config import Config, FeedConfig
from monitor.errors import Permanent, Temporary
from monitor.pool import Pool
from monitor.web import Web


async def probe_all(config: Config) -> list[tuple[FeedConfig, str]]:
    """Fetch and parse every feed that is not paused; return those in trouble, and why."""
    web, pool = Web(config.http, utcnow), Pool()
    feeds = [feed for feed in config.feeds if not feed.paused]
    try:
        problems = await asyncio.gather(*(_probe(web, pool, feed) for feed in feeds))
    finally:
        pool.close()
        await web.close()
    return [(feed, problem) for feed, problem in zip(feeds, problems, strict=True) if problem]


async def _probe(web: Web, pool: Pool, feed: FeedConfig) -> str:
    try:
        await web.wait(feed.url)
        parsed = await pool.run(parse.parse_feed, await web.get(feed.url), feed.links)
    except (Temporary, Permanent) as error:
        return remedy.told(error)
    return "" if parsed.entries or parsed.more else f"{feed.url}: a feed without entries"
