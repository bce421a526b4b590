"""A page of a site, and its robots.txt → addresses at which a feed may be found. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from monitor.collect.parse.links import absolute

LOOKED_AT = 1_000_000  # bytes
MOST = 12  # addresses of one kind: some pages link a feed beside every headline
TAG = re.compile(r"<(link|a)\b([^<>]*)>", re.IGNORECASE)
BASE = re.compile(r"<base\b[^<>]*\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
JSON_TYPES = ("application/feed+json", "application/json")
LIKELY = re.compile(
    r"\.(?:rss|rdf|atom)$|/(?:feed|rss|atom|feeds)/?$|/(?:rss|feed|atom|index)\.(?:xml|rss|json)$"
    r"|outboundfeeds/rss|[?&]f(?:eed)?=(?:rss|atom)",
    re.IGNORECASE,
)
UNWANTED = re.compile(r"/comments/feed|comments\.rss|wp-json|oembed", re.IGNORECASE)
NEWS = re.compile(r"news|latest|today|48", re.IGNORECASE)

FEEDS = (
    "/feed/",  # WordPress
    "/arc/outboundfeeds/rss/?outputType=xml",  # Arc
    "/feeds/syndication/rss/news",  # TEGNA
    "/index.rss",  # Grove
    "/rss.xml",  # Fox, Drupal
    "/search/?f=rss&t=article&l=50&s=start_time&sd=desc",  # BLOX
    "/rss",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
)
SITEMAPS = (
    "/news-sitemap.xml",
    "/sitemap-news.xml",
    "/sitemap_news.xml",
    "/arc/outboundfeeds/news-sitemap/?outputType=xml",
    "/tncms/sitemap/news.xml",
    "/googlenews.xml",
    "/sitemap/news.xml",
)


def named(page: bytes, at: str) -> tuple[str, ...]:
    """The feeds that a page names itself: its alternates first, then links that look like one."""
    text = page[:LOOKED_AT].decode("utf-8", "replace")
    base = BASE.search(text)
    at = urljoin(at, unescape(base[1])) if base else at
    told, seen = [], []
    for tag, inside in TAG.findall(text):
        given = {
            name.lower(): unescape(one or two or three)
            for name, one, two, three in ATTRIBUTE.findall(inside)
        }
        address = absolute(given.get("href", ""), at)
        if not address or UNWANTED.search(address):
            continue
        if tag.lower() == "link":
            told += [address] * _alternate(given)
        elif LIKELY.search(address):
            seen.append(address)
    return tuple(dict.fromkeys([*_once(told), *_once(seen)]))


def common(at: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The addresses at which most sites keep what they do not name."""
    parts = urlsplit(at)
    return tuple(f"{parts.scheme}://{parts.netloc}{path}" for path in paths)


def newsy(sitemaps: Iterable[str]) -> tuple[str, ...]:
    """Sitemaps in the order in which news is most likely, those without a hint last."""
    ordered = sorted(dict.fromkeys(sitemaps), key=lambda url: not NEWS.search(urlsplit(url).path))
    return tuple(url for url in ordered if urlsplit(url).scheme in {"http", "https"})[:MOST]


def _alternate(given: dict[str, str]) -> bool:
    kind = given.get("type", "").partition(";")[0].strip().lower()
    relations = given.get("rel", "").lower().split()
    if "alternate" not in relations and "feed" not in relations:
        return False
    return kind in TYPES or (kind in JSON_TYPES and "json" in given.get("href", "").lower())


def _once(addresses: Iterable[str]) -> Iterator[str]:
    for number, address in enumerate(dict.fromkeys(addresses)):
        if number < MOST:
            yield address
