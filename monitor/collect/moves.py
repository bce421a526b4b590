"""Where a feed's server sends us for good → the address that is polled from now on. Pure.

A mis-set server says "moved permanently" for an afternoon: one answer is not believed.
What is kept: `now` (polled instead of the configured address), `to`, `since`, `times` (what the
latest answers agree on) and `log` (who was replaced by whom, and when).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.records import Feed, Fetched

AGREE = 3  # answers
FOR = timedelta(days=1)
DEAD = 5  # failures in a row after which the configured address is tried again
MOST = 20  # of the log


def answered(feed: Feed, fetched: Fetched, now: datetime) -> dict[str, Any]:
    """Count an answer; after three that agree over a day, the new address is polled."""
    kept = {key: value for key, value in feed.moved.items() if key in {"now", "log"}}
    to = fetched.moved_to
    if not to or to == feed.url:
        return kept
    same = feed.moved.get("to") == to
    times = int(feed.moved.get("times", 0)) + 1 if same else 1
    since = str(feed.moved["since"]) if same else now.isoformat()
    if times >= AGREE and now - datetime.fromisoformat(since) >= FOR:
        return _replaced(kept, feed.url, to, now)
    return kept | {"to": to, "since": since, "times": times}


def failed(feed: Feed, now: datetime) -> dict[str, Any]:
    """Go back to the configured address once the new one has failed long enough."""
    if "now" not in feed.moved or feed.failures + 1 < DEAD:
        return dict(feed.moved)
    return _replaced({**feed.moved}, feed.url, "", now)


def _replaced(kept: Mapping[str, Any], old: str, new: str, now: datetime) -> dict[str, Any]:
    log = [*kept.get("log", ()), {"at": now.isoformat(), "from": old, "to": new}]
    found = {"log": log[-MOST:]}
    return found | ({"now": new} if new else {})
