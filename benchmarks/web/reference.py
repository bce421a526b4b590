"""What one writes in an afternoon: python reference.py FEEDS-FILE DATABASE; polls once.

httpx, feedparser, trafilatura in a process pool, SQLite; conditional requests, no manners.
"""

import asyncio
import sqlite3
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import feedparser
import httpx
import trafilatura

AT_ONCE = 40
TABLES = """
CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE IF NOT EXISTS articles
    (url TEXT PRIMARY KEY, title TEXT, author TEXT, published TEXT, text TEXT);
"""


def extract(html: str, url: str) -> dict[str, str] | None:
    """Read a page."""
    found = trafilatura.bare_extraction(html, url=url, with_metadata=True)
    if found is None:
        return None
    return {name: getattr(found, name) for name in ("title", "author", "date", "text")}


class Poller:
    """One pass over all feeds."""

    def __init__(self, db: sqlite3.Connection, client: httpx.AsyncClient, pool: object) -> None:
        self.db, self.client, self.pool = db, client, pool
        self.slots = asyncio.Semaphore(AT_ONCE)

    async def get(self, url: str, headers: dict[str, str] | None = None) -> httpx.Response | None:
        """Fetch; None if that failed."""
        async with self.slots:
            try:
                answer = await self.client.get(url, headers=headers, follow_redirects=True)
            except httpx.HTTPError as error:
                print(f"{url}: {error!r}", file=sys.stderr)
                return None
        return answer if answer.status_code in (200, 304) else None

    async def poll(self, url: str) -> None:
        """One feed and its new articles."""
        row = self.db.execute("SELECT etag, modified FROM feeds WHERE url=?", (url,)).fetchone()
        known = dict(zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False))
        answer = await self.get(url, {k: v for k, v in known.items() if v})
        if answer is None or answer.status_code == 304:
            return
        parsed = feedparser.parse(answer.content)
        links = [entry.link for entry in parsed.entries if "link" in entry]
        await asyncio.gather(*(self.article(link) for link in links))
        self.db.execute(
            "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)",
            (url, answer.headers.get("etag"), answer.headers.get("last-modified")),
        )
        self.db.commit()

    async def article(self, url: str) -> None:
        """Fetch, read and keep one article, unless it is known."""
        if self.db.execute("SELECT 1 FROM articles WHERE url=?", (url,)).fetchone():
            return
        answer = await self.get(url)
        if answer is None:
            return
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self.pool, extract, answer.text, url)
        if found:
            fields = (found["title"], found["author"], found["date"], found["text"])
            self.db.execute("INSERT OR IGNORE INTO articles VALUES (?, ?, ?, ?, ?)", (url, *fields))
            self.db.commit()


async def main(feeds: list[str], path: str) -> None:
    """Poll all of them."""
    with sqlite3.connect(path) as db, ProcessPoolExecutor(2) as pool:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.executescript(TABLES)
        async with httpx.AsyncClient(timeout=10) as client:
            poller = Poller(db, client, pool)
            await asyncio.gather(*map(poller.poll, feeds))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_text().split(), sys.argv[2]))
