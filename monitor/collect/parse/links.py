"""An address as a feed gives it → one that can be fetched, and one that can be compared."""

import re
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    urldefrag,
    urlencode,
    urljoin,
    urlsplit,
    urlunsplit,
)

from monitor.collect.parse.words import storable

LONGEST = 2_000
PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:/[!-~]*)?")
NOWHERE = re.compile(r"https?:/*", re.IGNORECASE)
BREAKS = re.compile(r"\s*[\r\n\t]\s*")

TRACKING = re.compile(
    r"(?:utm_|at_(?:medium|campaign|custom|link|bbc|format|ptr)|mc_|ns_|pk_|piwik_|hsa_|_hs|vero_|mtm_).*|"
    r"fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|cmp|cmpid|smid|smtyp|partner|partnerid|emc|"
    r"ocid|xtor|ito|icid|cid|ftag|srnd|taid|tpcc|sref|mod|feedtype|feedname|rss|rssfeed|"
    r"__source|__twitter_impression|guccounter|guce_referrer|guce_referrer_sig|outputtype",
    re.IGNORECASE,
)
BY_VALUE = re.compile(
    r"(?:ref|source|src|from|via|feature|output|referrer)=(?:rss\w*|feed\w*|atom|amp)",
    re.IGNORECASE,
)
KEPT = {"cid"}  # an id on some sites, tracking only where the value says so
NOISE = re.compile(
    r"(?:xtor|comments?|commentsContainer|respond|ref|intcid|rss|utm_|at_|more-\d).*", re.IGNORECASE
)
HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
AMP = re.compile(r"[/.]amp$", re.IGNORECASE)
PLAIN_PATH = re.compile(r"[\w/%.~-]*", re.ASCII)
WRAPPED = re.compile(r"(?:www\.)?(?:google\.[a-z.]+/url|bing\.com/news/apiclick\.aspx)$")


def absolute(link: object, base: str) -> str:
    """Return the http or https address a link means, or nothing."""
    text = str(link or "").strip()
    if PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text  # nine in ten: nothing to join or to repair
    text = storable(BREAKS.sub("", text))
    if not text or len(text) > LONGEST or NOWHERE.fullmatch(text):
        return ""
    try:
        full = urljoin(base, text)
        parts = urlsplit(full)
        return full if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def canonical_link(link: str) -> str:
    """Return the same for two addresses of one article: for comparing, not for fetching.

    Scheme, `www.`, a trailing slash, `/amp` and tracking parameters go; other parameters stay,
    sorted; so does a fragment, unless it is known to be noise: it can be the address.
    """
    if not link:
        return ""
    try:
        parts = _unwrapped(urlsplit(link))
        port = parts.port
    except ValueError:
        return link
    host = HOST.sub("", (parts.hostname or "").rstrip("."))
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    path = AMP.sub("", parts.path.rstrip("/"))
    if not PLAIN_PATH.fullmatch(path):
        path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    fragment = "" if NOISE.match(parts.fragment) else parts.fragment
    return urlunsplit(("https", where, path, _kept(parts.query), fragment))


def _kept(query: str) -> str:
    if not query:
        return ""
    pairs = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if (name in KEPT or not TRACKING.fullmatch(name))
        and not BY_VALUE.fullmatch(f"{name}={value}")
    ]
    return urlencode(sorted(pairs))


def _unwrapped(parts: SplitResult) -> SplitResult:
    if not parts.query or not WRAPPED.search(f"{parts.hostname}{parts.path}"):
        return parts
    inside = dict(parse_qsl(parts.query))
    target = inside.get("url") or inside.get("q") or ""
    return urlsplit(urldefrag(target).url) if target.startswith("http") else parts
