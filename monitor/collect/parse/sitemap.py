"""Google News sitemaps, and indexes of sitemaps one level deep → `ParsedFeed`."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from monitor.addresses import canonical
from monitor.collect.parse.dates import when
from monitor.collect.parse.links import absolute
from monitor.collect.parse.words import line
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed

MOST_CHILDREN = 3


def read(fetched: Fetched) -> ParsedFeed:
    """Read a sitemap, or raise NotAFeed `unreadable` or `plain_sitemap`."""
    root = _root(fetched)
    if _name(root) == "sitemapindex":
        return ParsedFeed(kind="sitemap_index", more=_children(root, fetched.url))
    pages = [page for page in root if _name(page) == "url"]
    found = [entry for page in pages if (entry := _entry(page, fetched.url))]
    if pages and not found:
        message = f"{fetched.url}: a sitemap without news"
        raise NotAFeed(message, reason="plain_sitemap")
    return ParsedFeed(kind="sitemap", entries=tuple(found))


def _root(fetched: Fetched) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(fetched.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"{fetched.url}: a sitemap that cannot be read"
        raise NotAFeed(message, reason="unreadable") from error
    if root is None:
        raise NotAFeed(f"{fetched.url}: a sitemap that cannot be read", reason="unreadable")
    return root


def _children(root: Any, base: str) -> tuple[str, ...]:
    """The addresses most likely to hold today's news: named so, then the latest changed."""
    found = [
        (link, _below(child, "lastmod"))
        for child in root
        if _name(child) == "sitemap" and (link := absolute(_below(child, "loc"), base))
    ]
    found.sort(key=lambda pair: pair[1], reverse=True)
    found.sort(key=lambda pair: "news" not in pair[0].lower())
    return tuple(dict.fromkeys(link for link, _ in found))[:MOST_CHILDREN]


def _entry(page: Any, base: str) -> Entry | None:
    news = next((part for part in page if _name(part) == "news"), None)
    link = absolute(_below(page, "loc"), base)
    if news is None or not link:
        return None
    return Entry(
        link=link,
        canonical_link=canonical(link),
        title=line(_below(news, "title")),
        published_at=when(_below(news, "publication_date")) or when(_below(page, "lastmod")),
    )


def _below(element: Any, name: str) -> str:
    return next((text for text in _texts(element, name) if text), "")


def _texts(element: Any, name: str) -> Iterator[str]:
    for part in element:
        if _name(part) == name:
            yield "".join(part.itertext()).strip()


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
