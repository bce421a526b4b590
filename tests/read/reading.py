"""Read a page or an entry in one line."""

import json
from datetime import UTC, datetime

from monitor.read.extract import extract
from monitor.records import Article, Entry, Fetched, PendingEntry
from tests.read.pages import PARAGRAPHS

SEEN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
URL = "https://post.example/2026/03/renner"
TEXT = "\n\n".join(PARAGRAPHS)


def read(body: str | bytes, kind: str = "text/html", url: str = URL, **said: object) -> Article:
    data = body.encode() if isinstance(body, str) else body
    fetched = Fetched(url=url, status=200, body=data, headers={"content-type": kind})
    return extract(fetched, pending(**said))


def pending(**said: object) -> PendingEntry:
    entry = Entry(**{"link": URL, **said})
    return PendingEntry(id=1, feed_id=1, entry=entry, first_seen_at=SEEN)


def ld(**said: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'
