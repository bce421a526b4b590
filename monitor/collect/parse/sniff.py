"""The first bytes of a document → what kind it is, whatever its Content-Type says."""

import re

from monitor.errors import NotAFeed
from monitor.records import Fetched

LOOK = 8_192
LONGEST_TAG = 64 * 1024  # feedparser's time grows with the square: 12 s for a tag of 429 kB

SKIPPED = re.compile(
    r"(?:\s|\ufeff|\x00|<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?! html)[^>\[]*>)+",
    re.DOTALL | re.IGNORECASE,
)
ROOT = re.compile(r"<(?:\w[\w.-]*:)?([a-z]\w*)|<!DOCTYPE (html)", re.IGNORECASE)
FEEDISH = re.compile(rb"<(?:\w+:)?(?:rss|rdf|feed|channel|item|entry)[\s>]", re.IGNORECASE)
HUGE = re.compile(rb"<[A-Za-z][^<>]{%d}" % LONGEST_TAG)
ROOTS = {"urlset": "sitemap", "sitemapindex": "sitemap_index", "opml": "opml", "html": "html"}


def sniff(body: bytes) -> str:
    """Return `xml`, `json`, `sitemap`, `sitemap_index`, `html`, `opml` or `empty`."""
    text = _text(body[:LOOK])
    skipped = SKIPPED.match(text)
    start = text[skipped.end() :] if skipped else text
    if not start:
        return "xml" if len(body) > LOOK else "empty"
    if start[0] in "{[":
        return "json"
    root = ROOT.match(start)
    kind = ROOTS.get((root[1] or root[2]).lower(), "xml") if root else "xml"
    return "xml" if kind == "html" and FEEDISH.search(body) else kind


def refuse_huge_tags(fetched: Fetched) -> None:
    """Raise NotAFeed `huge_tag` if a tag is longer than any honest one."""
    if HUGE.search(fetched.body):
        message = f"{fetched.url}: a tag of more than {LONGEST_TAG:,} bytes"
        raise NotAFeed(message, reason="huge_tag")


def _text(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if head[:1] == b"\0" or head[1:2] == b"\0":
        return head.replace(b"\0", b"").decode("latin-1")
    return head.decode("utf-8", "replace")
