"""Page and entry -> article: the order in which the pieces are read. Pure."""

from datetime import datetime

from monitor.errors import NoArticle
from monitor.read.extract import body, dates, feed, title
from monitor.read.extract.document import Document, open_document
from monitor.read.extract.meta import Meta, read_meta
from monitor.read.extract.text import elided, tokens
from monitor.records import Article, Fetched, PendingEntry, ReadAs

ENOUGH = 15  # tokens: a flash of one sentence is news, less is a caption
FEED_RESCUE = 2.0  # the feed's own text must be this much longer than the page's
PROBLEMS = {
    "too_deep": "the page is nested too deeply to be read",
    "too_many_tags": "the page has too many tags to be read",
}
LOCKED = 150  # tokens: with fewer, a page that says it is not free shows a teaser


def read_page(page: Fetched, pending: PendingEntry) -> Article:
    """Read a page; raise NoArticle with a reason where there is no text to be had."""
    document = open_document(page)
    meta = read_meta(document, page.url)
    headline = title.choose(meta, page.url, feed.plain(pending.entry.title))
    published_at = published(document, meta, page.url, pending)  # before the tree is cut down
    text, read_as = body.read_body(document, meta.body, headline)
    text, read_as = _or_feed(text, read_as, pending)
    if tokens(text) < ENOUGH:
        raise _nothing(document, page.url)
    paywalled = meta.free is False
    return Article(
        url=page.url,
        canonical_url=meta.claim,
        outlet=pending.outlet or meta.site,
        title=headline,
        text=text,
        authors=meta.authors or pending.entry.authors,
        published_at=published_at,
        modified_at=dates.choose(meta.modified, pending.first_seen_at),
        language=meta.language,
        read_as=read_as,
        truncated=_truncated(text, read_as, document) or (paywalled and tokens(text) < LOCKED),
        paywalled=paywalled,
    )


def published(document: Document, meta: Meta, url: str, pending: PendingEntry) -> datetime | None:
    """Ask the feed, the page's data, its address, and only then its text."""
    seen_at = pending.first_seen_at
    told = pending.entry.published_at
    if told and dates.plausible(told, seen_at):
        return told
    found = (
        dates.choose(meta.published, seen_at)
        or dates.from_url(url)
        or dates.choose(meta.times, seen_at)
    )
    if found or document.tree is None:
        return found if found and dates.plausible(found, seen_at) else None
    return dates.from_tree(document.tree, url, seen_at)


def _or_feed(text: str, read_as: ReadAs, pending: PendingEntry) -> tuple[str, ReadAs]:
    told = feed.entry_text(pending)
    if feed.full(told) and tokens(told) >= FEED_RESCUE * tokens(text):
        return told, "feed"
    return text, read_as


def _truncated(text: str, read_as: ReadAs, document: Document) -> bool:
    return elided(text) or (read_as == "page" and document.unfinished)


def _nothing(document: Document, url: str) -> NoArticle:
    if document.problem:
        return NoArticle(f"{url}: {PROBLEMS[document.problem]}", reason=document.problem)
    return NoArticle(f"{url}: no article text found on the page", reason="empty")
