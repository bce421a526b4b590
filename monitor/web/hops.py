"""An address, and an answer that redirects → the host that is asked, and the next address."""

from urllib.parse import urldefrag, urljoin, urlsplit

from monitor.errors import FetchRefused
from monitor.records import Fetched

HOPS = 5


def host_of(url: str) -> str:
    """Name and port of an address: what one server answers for; raise FetchRefused."""
    host = name_of(url)
    return urlsplit(url).netloc.rpartition("@")[2].lower() or host


def name_of(url: str) -> str:
    """Name of the host alone; raise FetchRefused `bad_address`."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in ("http", "https") or not host:
        message = f"{url}: not an http or https address"
        raise FetchRefused(message, reason="bad_address")
    return host.rstrip(".")


def next_hop(answer: Fetched, passed: list[str], *, strict: bool) -> str:
    """Where a redirect leads; raise FetchRefused for a circle or what is no web address."""
    start, here = passed[0], passed[-1]
    try:
        there = urldefrag(urljoin(here, answer.headers["location"].strip())).url
        name_of(there)
    except (KeyError, ValueError, FetchRefused) as error:
        message = f"{start}: redirected to no address that can be fetched"
        raise FetchRefused(message, reason="bad_redirect") from error
    if there in passed or len(passed) > HOPS:
        message = f"{start}: redirected in a circle or more than {HOPS} times"
        raise FetchRefused(message, reason="redirect_loop")
    if strict and here.startswith("https:") and there.startswith("http:"):
        message = f"{start}: redirected from https to plain http ({there})"
        raise FetchRefused(message, reason="bad_redirect")
    return there
