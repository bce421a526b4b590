"""What the page claims, where it was found → the one address of the article. Pure.

Two addresses are one article if they differ in scheme, `www.`, `m.` or `amp.`, a closing
slash, `/amp`, tracking parameters or the order of parameters. Everything else counts: ids
stand in queries, and addresses stand in fragments.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

TRACKING_NAMES = (
    "fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok"
    " cmp cmpid cmpid2 icid ico icmp ocid ncid smid smtyp partner xtor wt_mc wt_zmc wtrid spref"
    " soc_src soc_trk guccounter guce_referrer guce_referrer_sig _ga _gl ftag taid tblci srsltid"
    " campaign_id emc ns_mchannel ns_source ns_campaign ns_linkname share shareid sharetoken"
    " tpcc traffic_source outputtype s_cid sr_share ito feedtype at_medium at_campaign"
)
TRACKING = frozenset(TRACKING_NAMES.split())
TRACKING_START = ("utm_", "at_", "hsa_", "pk_", "mtm_", "ns_", "guce_", "oly_", "vero_", "_hs")
TRACKING_PAIRS = frozenset({("ref", "rss"), ("source", "rss"), ("from", "rss"), ("feed", "rss")})
NOISE = re.compile(
    r"(?:xtor|comments?|respond|ref|top|content|main|google_vignette)\b|:~:", re.IGNORECASE
)
SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
AMP = re.compile(r"/amp/?$|\.amp(?=\.html?$)|(?<=/)amp/(?=[^/]+)", re.IGNORECASE)
SUFFIX_PART = 3  # letters: "co" in bbc.co.uk is no site of its own
SLUG = re.compile(r"-[^-]+-|\d{5}|\.s?html?$|[^\x00-\x7f]{4}")
PORTS = {None, 80, 443}


def canonical_url(claim: str, found_at: str) -> str:
    """Take the page's claim if it can be true, else the address that answered; made canonical."""
    return canonical(claim if believable(claim, found_at) else found_at)


def believable(claim: str, found_at: str) -> bool:
    """Whether a claim names an article of the same site, and not a section or the home page."""
    claimed, found = _split(claim), _split(found_at)
    if claimed is None or found is None or not same_site(claimed, found):
        return False
    if not claimed.path.strip("/") and not claimed.query:
        return False
    mine, its = claimed.path.rstrip("/"), found.path.rstrip("/")
    if not its.startswith(mine + "/"):
        return True
    return not SLUG.search(its[len(mine) :])


def same_site(one: SplitResult, other: SplitResult) -> bool:
    """Whether two hosts most likely belong to one site."""
    first, second = _labels(one), _labels(other)
    if first == second:
        return True
    owned = 2 if len(first) > 1 and len(first[-2]) > SUFFIX_PART else 3
    return len(first) >= owned <= len(second) and first[-owned:] == second[-owned:]


def canonical(url: str) -> str:
    """Reduce an address to what tells articles apart; a broken one stays as it is."""
    parts = _split(url)
    if parts is None:
        return url.strip()
    host = SAME_SITE.sub("", ".".join(_labels(parts)))
    port = "" if _port(parts) in PORTS else f":{_port(parts)}"
    scheme = parts.scheme if port else "https"  # one port speaks one of the two
    path = quote(AMP.sub("", parts.path), safe="/%:@!$&'()*+,;=~-._") or "/"
    path = path.rstrip("/") or "/"
    fragment = "" if NOISE.match(parts.fragment) else parts.fragment
    fragment = fragment if "/" in fragment or "=" in fragment else ""
    return urlunsplit((scheme, f"{host}{port}", path, _query(parts.query), fragment))


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not _tracks(*pair)))


def _tracks(name: str, value: str) -> bool:
    name = name.lower()
    return (
        name in TRACKING
        or name.startswith(TRACKING_START)
        or (name, value.lower()) in TRACKING_PAIRS
        or (name == "amp" and value in {"", "1", "true"})
    )


def _labels(parts: SplitResult) -> list[str]:
    return (parts.hostname or "").rstrip(".").split(".")


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None
