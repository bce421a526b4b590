"""A failed delivery → when to try it again, or None to give it up. Pure."""

import hashlib
from datetime import datetime, timedelta

from monitor.errors import Permanent, Temporary
from monitor.records import Delivery

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
LONGEST_ASKED = timedelta(hours=6)  # a server that asks for a month is still asked again in time
AT_LEAST = timedelta(hours=24)
JITTER = 0.25


def next_try(delivery: Delivery, error: Temporary | Permanent, now: datetime) -> datetime | None:
    """Wait 1 minute, then twice as long each time up to 1 hour, until the deadline; then None.

    What the other side asked for is honoured, up to six hours. The last try is at the deadline,
    which is never less than 24 hours after the alert.
    """
    deadline = max(delivery.deadline, delivery.created_at + AT_LEAST)
    if isinstance(error, Permanent) or now >= deadline:
        return None
    asked = timedelta(seconds=max(error.retry_after or 0.0, 0.0))
    wait = max(backoff(delivery.key, delivery.attempts), min(asked, LONGEST_ASKED))
    return min(now + wait, deadline)


def backoff(key: str, attempts: int) -> timedelta:
    """Give the wait after this many attempts, spread by a quarter either way, same for same key."""
    doubled = FIRST * (1 << min(max(attempts - 1, 0), 10))
    digest = hashlib.sha256(f"{key}/{attempts}".encode("utf-8", "replace")).digest()
    spread = int.from_bytes(digest[:4], "big") / 2**32 * 2 - 1
    return min(doubled, LONGEST) * (1 + JITTER * spread)
