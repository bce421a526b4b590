"""An address of an article → the one by which it is known: for comparing, not for fetching. Pure.

Two addresses are one article if they differ in scheme, `www.`, `m.` or `amp.`, a closing
slash, `/amp`, tracking parameters or the order of parameters. Everything else counts: ids
stand in queries, and addresses stand in fragments.
"""

import re
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    urldefrag,
    urlencode,
    urlsplit,
    urlunsplit,
)

TRACKING_NAMES = (
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mkt_tok srsltid _ga"
    " _gl cmp cmpid cmpid2 icid ico icmp ocid ncid smid smtyp partner partnerid xtor wt_mc wt_zmc"
    " wtrid spref soc_src soc_trk guccounter campaign_id emc share shareid sharetoken tpcc taid"
    " traffic_source outputtype s_cid sr_share ito ftag tblci feedtype feedname rss rssfeed srnd"
    " sref mod __source __twitter_impression"
)
TRACKING = frozenset(TRACKING_NAMES.split())
TRACKING_START = (
    "utm_", "at_", "hsa_", "pk_", "piwik_", "mtm_", "ns_", "mc_", "guce_", "oly_", "vero_", "_hs",
)  # fmt: skip
BY_VALUE = re.compile(
    r"(?:ref|source|src|from|via|feed|feature|output|referrer)=(?:rss\w*|feed\w*|atom|amp)"
    r"|amp=(?:1|true)?",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"(?:xtor|commentsContainer|ref|intcid|rss|utm_|at_|more-\d|:~:|.*:~:text=).*"
    r"|(?:comments?|respond|top|content|main|main-content|google_vignette)\b.*",
    re.IGNORECASE,
)
SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
AMP = re.compile(r"[/.]amp/?$|\.amp(?=\.html?$)|(?<=/)amp/(?=[^/]+)", re.IGNORECASE)
PLAIN_PATH = re.compile(r"[\w/%.~-]*", re.ASCII)
WRAPPED = re.compile(r"(?:www\.)?(?:google\.[a-z.]+/url|bing\.com/news/apiclick\.aspx)$")
PORTS = {None, 80, 443}
PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9._~%-]*)*)")


def canonical(url: str) -> str:
    """Reduce an address to what tells articles apart; what is no web address stays as it is."""
    url = url.strip()
    if plain := PLAIN.fullmatch(url):  # one in two: neither port, query nor fragment
        return f"https://{SAME_SITE.sub('', plain[1])}{_path(plain[2])}"
    try:
        parts = _unwrapped(urlsplit(url))
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return url
    host = SAME_SITE.sub("", parts.hostname.rstrip("."))
    scheme, where = "https", host
    if port not in PORTS:  # such a port speaks one of the two only
        scheme, where = parts.scheme, f"{host}:{port}"
    path = _path(parts.path)
    if not PLAIN_PATH.fullmatch(path):
        path = quote(path, safe="/%:@!$&'()*+,;=~-._")
    fragment = "" if NOISE.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit((scheme, where, path, _kept(parts.query), fragment))


def _path(path: str) -> str:
    return AMP.sub("", path.rstrip("/")).rstrip("/") or "/"


def _kept(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not _tracks(*pair)))


def _tracks(name: str, value: str) -> bool:
    low = name.lower()
    return (
        low in TRACKING
        or low.startswith(TRACKING_START)
        or BY_VALUE.fullmatch(f"{low}={value}") is not None
    )


def _unwrapped(parts: SplitResult) -> SplitResult:
    if not parts.query or not WRAPPED.search(f"{parts.hostname}{parts.path}"):
        return parts
    inside = dict(parse_qsl(parts.query))
    target = inside.get("url") or inside.get("q") or ""
    return urlsplit(urldefrag(target).url) if target.startswith("http") else parts
