"""What a server answered → `ParsedFeed`, read in the pool; of an index also its sitemaps."""

from dataclasses import replace

from monitor.app import App
from monitor.collect import parse
from monitor.errors import Permanent, Temporary, WorkerLost
from monitor.log import Log
from monitor.records import Fetched, ParsedFeed

log = Log("collect")


async def understand(app: App, name: str, fetched: Fetched, links: str = "") -> ParsedFeed:
    """Parse; of an index of sitemaps, also the sitemaps, of which one that fails is left out.

    `name` is what the feed is called in the log; `links` selects the links of a page without feed.
    """
    parsed = await _parse(app, fetched, links)
    entries, failure = [*parsed.entries], None
    for address in parsed.more:
        try:
            await app.web.wait(address)
            child = await _parse(app, await app.web.get(address))
            entries += child.entries
        except (Temporary, Permanent) as error:
            failure = error
            log.info("sitemap left out", feed=name, url=address, reason=error.reason)
    if failure and not entries:
        raise failure
    return replace(parsed, entries=tuple(entries))


async def _parse(app: App, fetched: Fetched, links: str = "") -> ParsedFeed:
    try:
        return await app.pool.run(parse.parse_feed, fetched, links)
    except WorkerLost as error:
        if error.reason != "worker_died":
            raise _lost(fetched, error) from error
    try:
        return await app.pool.run(parse.parse_feed, fetched, links)  # another may have killed it
    except WorkerLost as error:
        raise _lost(fetched, error) from error


def _lost(fetched: Fetched, error: WorkerLost) -> WorkerLost:
    return WorkerLost(f"{fetched.url}: {error}", reason=error.reason)
