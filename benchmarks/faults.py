"""How much later the good feeds are polled because of one that is bad, for each kind of bad.

    python benchmarks/faults.py [--feeds 40] [--timeout 3]

Good feeds, each on a host of its own, are polled by the real room, once alone and once with a
faulty feed that is due first. Printed: seconds until the last good one is filed, and CPU seconds
of this process, with the fault and without. Hanging feeds run into the timeout; nobody waits.
"""

import argparse
import asyncio
import contextlib
import gzip
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from monitor import cycle, schema
from monitor.app import App, open_app, utcnow
from monitor.collect import store
from monitor.config import Config, FeedConfig
from tests.collect.documents import numbered
from tests.world import Reply, Site, open_site

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
LARGE = 6_000_000
FAULTS: dict[str, Reply | bytes] = {
    "none": numbered(1).encode(),
    "hangs": Reply(raw=b"", hang=True),
    "drips": Reply(raw=HEAD, drip=True, again=b"<rss>"),
    "resets": Reply(reset=True),
    "500": Reply(status=500),
    "6 MB": numbered(*range(LARGE // 220)).encode(),
    "gzip bomb": Reply(
        body=gzip.compress(b" " * 200_000_000), headers={"content-encoding": "gzip"}
    ),
    "HTML": b"<html><p>no feed</p></html>",
    "one huge tag": b"<rss " + b"a='1' " * 100_000 + b">",
    "20,000 entries": numbered(*range(20_000)).encode(),
}


async def until_filed(app: App, good: list[str], bad: str) -> tuple[float, float]:
    """Poll everything; wall and CPU seconds until the last good feed is filed."""
    await app.db.run(store.sync_feeds, [FeedConfig(url=url) for url in (bad, *good)], app.now())
    waiting, over = set(good), asyncio.Event()

    def done(_room: Any, item: Any) -> None:
        waiting.discard(item.url)
        if not waiting:
            over.set()

    limits = cycle.Limits(stop=over.is_set, on_end=done)
    collect = next(room for room in cycle.ROOMS if room.name == "collect")
    began, spent = time.monotonic(), time.process_time()
    async with asyncio.TaskGroup() as group:
        slots = asyncio.Semaphore(collect.width)
        draining = group.create_task(cycle.drain(app, collect, group, slots, limits))
        await over.wait()
        found = time.monotonic() - began, time.process_time() - spent
        await draining
    return found


async def measure(sites: list[Site], fault: str, limit: int) -> tuple[float, float]:
    """One round on an empty database."""
    good = [site.serve("/feed", numbered(1, 2, 3)) for site in sites[1:]]
    bad = sites[0].serve("/bad", FAULTS[fault])
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/m.db"
        http = {"allow_networks": ["127.0.0.0/8"], "timeout": limit}
        config = Config.model_validate({"folder": folder, "database": database, "http": http})
        async with open_app(config, now=utcnow) as app:
            schema.ensure(app.db.engine)
            await app.pool.run(sum, (1, 2))  # a worker is there
            return await until_filed(replace(app), good, bad)


def main() -> None:
    """Measure each fault against none, the least of three rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=40)
    parser.add_argument("--timeout", type=int, default=3)
    given = parser.parse_args()
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(open_site()) for _ in range(given.feeds + 1)]
        alone = 0.0
        for fault in FAULTS:
            rounds = [asyncio.run(measure(sites, fault, given.timeout)) for _ in range(3)]
            wall, cpu = (min(column) for column in zip(*rounds, strict=True))
            alone = alone or wall
            print(f"{fault:16} {wall:6.2f} s, {wall / alone:5.2f} ×; {cpu:5.2f} CPU s", flush=True)


if __name__ == "__main__":
    main()
