"""JSON Feed 1 and 1.1 → `ParsedFeed`."""

import html
import json
from typing import Any

from monitor.addresses import canonical
from monitor.collect.parse.dates import when
from monitor.collect.parse.links import absolute
from monitor.collect.parse.words import block, line
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed


def read(fetched: Fetched) -> ParsedFeed:
    """Read a document, or raise NotAFeed `json`."""
    try:
        document = json.loads(fetched.body.decode("utf-8-sig", "replace"), strict=False)
    except RecursionError as error:
        message = f"{fetched.url}: JSON nested deeper than any feed"
        raise NotAFeed(message, reason="json") from error
    except ValueError as error:
        where = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        message = f"{fetched.url}: JSON that is damaged{where}"
        raise NotAFeed(message, reason="json") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        message = f"{fetched.url}: JSON, but not a JSON Feed: it has no list of items"
        raise NotAFeed(message, reason="json")
    entries = (_entry(item, fetched.url) for item in items if isinstance(item, dict))
    return ParsedFeed(
        title=line(document.get("title")),
        kind="json",
        entries=tuple(entries),
    )


def _entry(item: dict[str, Any], base: str) -> Entry:
    link = absolute(_text(item, "url"), base) or absolute(_text(item, "external_url"), base)
    content = _text(item, "content_html") or html.escape(_text(item, "content_text"), quote=False)
    return Entry(
        guid=line(_text(item, "id")),
        link=link,
        canonical_link=canonical(link),
        title=line(_text(item, "title")),
        summary=block(_text(item, "summary")),
        content=block(content),
        authors=_authors(item),
        published_at=when(_text(item, "date_published")) or when(_text(item, "date_modified")),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = (line(_text(one, "name")) for one in people if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, str | int | float) else ""
