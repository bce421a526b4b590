"""Feed document → `ParsedFeed`. Pure, slow, run in the pool.

sniff ─ xml feed ─ feedparser   documents
      ├ JSON Feed               jsonfeed
      └ sitemap, its index      sitemap
page and a selector           listing
then: dates, links, words on every entry, and trust on the whole
"""

import re
from dataclasses import replace
from hashlib import blake2b
from importlib import import_module

from monitor.collect.parse.hub import hub_of
from monitor.collect.parse.skips import skip_days, skip_hours
from monitor.collect.parse.sniff import refuse_huge_tags, sniff
from monitor.collect.parse.trust import trusted
from monitor.errors import NotAFeed
from monitor.records import Fetched, ParsedFeed

__all__ = ["fingerprint", "hub_of", "parse_feed"]

READERS = {
    "xml": ("fast", "documents"),
    "json": ("jsonfeed",),
    "sitemap": ("sitemap",),
    "sitemap_index": ("sitemap",),
}

REFUSALS = {
    "empty": "an empty body",
    "html": "a web page, not a feed",
    "opml": "a list of feeds, not a feed",
}

VOLATILE = re.compile(
    rb"<(lastBuildDate|pubDate|updated|dc:date)\b[^<>]*>[^<]*</\1>|<!--[^<>]*-->|"
    rb'"(?:date_modified|generated)":\s*"[^"]*"'
)
ITEM = re.compile(rb"<(?:item|entry|url)\b|\"items\"")
HEAD = 16_384
TAIL = 2_048


def parse_feed(fetched: Fetched, links: str = "") -> ParsedFeed:
    """Understand a feed document; or a page, of which `links` selects the links.

    Raises NotAFeed with reason empty, html, opml, json, plain_sitemap, huge_tag, unreadable,
    no_links or not_a_feed. Dates are as the feed says; if they can be true, the caller decides.
    """
    if links:
        refuse_huge_tags(fetched)
        page: ParsedFeed = import_module("monitor.collect.parse.listing").read(fetched, links)
        return page
    kind = sniff(fetched.body)
    if kind in REFUSALS:
        raise NotAFeed(f"{fetched.url}: {REFUSALS[kind]}", reason=kind)
    refuse_huge_tags(fetched)
    parsed = _read(kind, fetched)
    entries, fine = trusted(parsed.entries, fetched.url)
    return replace(
        parsed,
        entries=entries,
        guid_trusted=fine,
        skip_hours=skip_hours(fetched.body),
        skip_days=skip_days(fetched.body),
    )


def _read(kind: str, fetched: Fetched) -> ParsedFeed:
    # Loaded here: feedparser and lxml are wanted in the worker only.
    for name in READERS[kind]:
        reader = import_module(f"monitor.collect.parse.{name}")
        parsed: ParsedFeed | None = reader.read(fetched)
        if parsed is not None:
            return parsed
    raise NotAFeed(f"{fetched.url}: no feed that can be read", reason="not_a_feed")


def fingerprint(body: bytes) -> str:
    """Equal for two bodies that differ only in the date of making in their head or tail."""
    first = ITEM.search(body, 0, HEAD)
    cut = first.start() if first else min(len(body), HEAD)
    end = max(cut, len(body) - TAIL)
    digest = blake2b(VOLATILE.sub(b"", body[:cut]), digest_size=16)
    digest.update(body[cut:end])
    digest.update(re.sub(rb"<!--[^<>]*-->", b"", body[end:]))
    return digest.hexdigest()
