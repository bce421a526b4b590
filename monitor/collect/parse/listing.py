"""A page without a feed, and a CSS selector → `ParsedFeed`: an entry for each link it selects."""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html
from lxml.cssselect import CSSSelector

from monitor.addresses import canonical
from monitor.collect.parse.links import absolute
from monitor.collect.parse.words import line
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed

MOST = 500  # links: a page that has more was selected whole


def read(fetched: Fetched, selector: str) -> ParsedFeed:
    """Take the links that are selected, or that stand in what is; raise NotAFeed `no_links`.

    Of several links to one address the longest text is the headline.
    """
    root = _root(fetched)
    found = CSSSelector(selector, translator="html")(root) if root is not None else []
    titles: dict[str, str] = {}
    for link in _links(found):
        address, title = absolute(link.get("href"), _base(root, fetched)), line(_words(link))
        if address and len(titles) < MOST and len(title) >= len(titles.get(address, "")):
            titles[address] = title
    if not titles:
        message = f"{fetched.url}: the selector {selector!r} finds no link on the page"
        raise NotAFeed(message, reason="no_links")
    entries = (
        Entry(link=address, canonical_link=canonical(address), title=title)
        for address, title in titles.items()
    )
    return ParsedFeed(title=line(root.findtext(".//title")), kind="page", entries=tuple(entries))


def _root(fetched: Fetched) -> Any:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(fetched.body, parser=parser)
    except (etree.ParserError, ValueError):
        return None


def _base(root: Any, fetched: Fetched) -> str:
    given = root.find(".//base[@href]")
    return absolute(given.get("href"), fetched.url) if given is not None else fetched.url


def _links(found: list[Any]) -> Iterator[Any]:
    for element in found:
        yield from [element] if element.tag == "a" else element.iter("a")


def _words(link: Any) -> str:
    return link.text_content() or link.get("title") or link.get("aria-label") or ""
