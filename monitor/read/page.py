"""A page or a text from outside the pipeline → article, for judging it without storing it."""

import re
from dataclasses import replace

from monitor.app import utcnow
from monitor.config import Config
from monitor.errors import NoArticle
from monitor.read import identify, trouble
from monitor.read.extract import extract
from monitor.records import Article, Entry, Fetched, PendingEntry
from monitor.web import Web

HTML = re.compile(rb"<(?:!doctype|html|head|body|article|div|p|h1|meta)\b", re.IGNORECASE)
LOOKED_AT = 4096
MAX_TITLE = 250


async def fetch_article(config: Config, url: str) -> Article:
    """Fetch and read one page; raise Temporary or Permanent with the reason."""
    web = Web(config.http, utcnow)
    try:
        page = await web.get(url, accept="page")
    finally:
        await web.close()
    return _read(page)


def as_article(data: bytes, source: str) -> Article:
    """Read HTML, or plain text whose first line is the headline; raise NoArticle if empty."""
    if HTML.search(data[:LOOKED_AT]):
        return _read(Fetched(url=source, status=200, body=data))
    text = data.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if not text:
        raise NoArticle(f"{source}: there is no text in it", reason="empty")
    paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    headed = len(paragraphs) > 1 and len(paragraphs[0]) <= MAX_TITLE
    return Article(
        url=source,
        canonical_url=source,
        title=paragraphs[0] if headed else "",
        text="\n\n".join(paragraphs[1:] if headed else paragraphs),
    )


def _read(page: Fetched) -> Article:
    pending = PendingEntry(id=0, feed_id=0, entry=Entry(link=page.url), first_seen_at=utcnow())
    article = extract(page, pending)
    trouble.check(page, article)
    canonical = identify.canonical_url(article.canonical_url, article.url)
    return replace(article, canonical_url=canonical)
