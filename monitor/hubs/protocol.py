"""What is said between a subscriber and a hub (W3C WebSub, 2018). Pure."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

LEASE = timedelta(days=10)
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=30)
EARLY = 0.8  # of a lease: then it is renewed
METHODS = {"sha1", "sha256", "sha384", "sha512"}  # §7.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request to our callback; header names are in lower case."""

    method: str
    token: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the hub is told."""

    status: int
    body: str = ""


def request(mode: str, topic: str, callback: str, secret: str) -> bytes:
    """Ask a hub to `subscribe` or `unsubscribe` us (§5.1)."""
    said = {
        "hub.mode": mode,
        "hub.topic": topic,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(round(LEASE.total_seconds())),
    }
    return urlencode(said).encode()


def lease(seconds: str) -> timedelta:
    """How long the hub will push, as far as that can be meant."""
    asked = int(seconds[:9]) if seconds.isascii() and seconds.isdigit() else LEASE.total_seconds()
    return min(max(timedelta(seconds=asked), SHORTEST), LONGEST)


def signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a push is signed with our secret, compared in constant time (§7.1)."""
    method, _, given = signature.partition("=")
    if method not in METHODS or not given.isascii():
        return False
    meant = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(meant, given.strip().lower())
