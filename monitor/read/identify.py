"""What the page claims, where it was found → the one address of the article. Pure.

Two addresses are one article if they differ in scheme, `www.`, `m.` or `amp.`, a closing
slash, `/amp`, tracking parameters or the order of parameters. Everything else counts: ids
stand in queries, and addresses stand in fragments.
"""

import re
from urllib.parse import SplitResult, urlsplit

from monitor.addresses import canonical

SUFFIX_PART = 3  # letters: "co" in bbc.co.uk is no site of its own
SLUG = re.compile(r"-[^-]+-|\d{5}|\.s?html?$|[^\x00-\x7f]{4}")


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


def _labels(parts: SplitResult) -> list[str]:
    return (parts.hostname or "").rstrip(".").split(".")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None
