"""RSS, RDF and Atom, damaged ones too → `ParsedFeed`, through feedparser."""

import io
import re
import sys
from calendar import timegm
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException, SAXParseException

import feedparser

from monitor.addresses import canonical
from monitor.collect.parse.dates import EARLIEST, when
from monitor.collect.parse.links import absolute
from monitor.collect.parse.syndication import ttl
from monitor.collect.parse.words import block, line
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed

DATES = ("published", "updated", "created")
TTL = ("ttl", "sy_updateperiod", "sy_updatefrequency")
BUGS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
HALVES = range(0xD800, 0xE000)  # of surrogate pairs: no characters by themselves
REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)


def read(fetched: Fetched) -> ParsedFeed:
    """Read a document, or raise NotAFeed `unreadable` or `not_a_feed`."""
    document = _parse(fetched)
    if not document.version and not document.entries:
        message = f"{fetched.url}: no feed: {_broken(document) or 'nothing in it looks like one'}"
        raise NotAFeed(message, reason="not_a_feed")
    if not document.entries and isinstance(document.get("bozo_exception"), SAXException):
        message = f"{fetched.url}: broken before its first entry: {_broken(document)}"
        raise NotAFeed(message, reason="unreadable")
    entries = (_entry(item, fetched.url) for item in document.entries)
    return ParsedFeed(
        title=line(document.feed.get("title")),
        kind=_kind(document.version),
        entries=tuple(entries),
        ttl=ttl(*(str(document.feed.get(name) or "") for name in TTL)),
    )


def _parse(fetched: Fetched) -> Any:
    try:
        return _feedparser(fetched, fetched.body)
    except BUGS:
        pass  # one reference to no character is enough
    try:
        return _feedparser(fetched, REFERENCE.sub(_possible, fetched.body))
    except BUGS as error:
        message = f"{fetched.url}: damaged in a way that nothing here can read"
        raise NotAFeed(message, reason="unreadable") from error


def _feedparser(fetched: Fetched, body: bytes) -> Any:
    headers = {
        "content-type": fetched.content_type or "application/xml",
        "content-location": fetched.url,
    }
    return feedparser.parse(
        io.BytesIO(body),  # given bytes that look like a path, it would open that file
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _possible(match: re.Match[bytes]) -> bytes:
    digits = (match[1] or match[2]).lstrip(b"0")
    number = int(digits[:9] or b"0", 16 if match[1] else 10)
    return match[0] if number and number <= sys.maxunicode and number not in HALVES else b"&#xFFFD"


def _broken(document: Any) -> str:
    error = document.get("bozo_exception")
    if isinstance(error, SAXParseException):
        return f"its XML breaks in line {error.getLineNumber()}"
    return "its XML is broken" if isinstance(error, SAXException) else ""


def _kind(version: str) -> str:
    if version.startswith("atom"):
        return "atom"
    return "rdf" if version in ("rss10", "rss090") else "rss"


def _entry(item: Any, base: str) -> Entry:
    link = absolute(item.get("link"), base)
    original = absolute(item.get("feedburner_origlink"), base)
    contents = dict.fromkeys(block(part.get("value")) for part in item.get("content", ()))
    return Entry(
        guid=line(item.get("id")),
        link=link,
        canonical_link=canonical(original or link),
        title=line(item.get("title")),
        summary=block(item.get("summary")),
        content="\n".join(text for text in contents if text),
        authors=_authors(item),
        published_at=_published(item),
    )


def _authors(item: Any) -> tuple[str, ...]:
    names = [line(author.get("name")) for author in item.get("authors", ())]
    return tuple(dict.fromkeys(name for name in names if name))


def _published(item: Any) -> datetime | None:
    for name in DATES:
        # dict.get: FeedParserDict answers `updated` from `published`, with a warning
        if found := when(str(dict.get(item, name) or "")):
            return found
    for name in DATES:
        if (parsed := dict.get(item, f"{name}_parsed")) and (found := _aware(parsed)):
            return found
    return None


def _aware(parsed: Any) -> datetime | None:
    try:
        found = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found >= EARLIEST else None
