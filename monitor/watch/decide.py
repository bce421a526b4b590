"""What the service looks like → what is wrong with it, and what people do about it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.records import counted

FAILING = timedelta(hours=24)
FAILURES = 4
SILENT = timedelta(days=14)
BLOCKED = 3
"""Blocked articles of one outlet in a day, and at least half of all it had."""
FREE = 500_000_000
FREE_SHARE = 0.03
RELIEF = 1.5
"""How much more than that must be free before the disk counts as well again."""
OWN = ("feed_failing", "feed_silent", "feed_gone", "outlet_blocked", "gap", "dead_letters", "disk")
"""Kinds of incidents that are opened and closed here; others only told."""
REMEDIES = {
    "feed_failing": "open its address; if it moved, `monitor feeds add` the new one",
    "feed_silent": "see whether its site still publishes there; `monitor feeds discover SITE`",
    "feed_gone": "it answered that it is gone: find its successor, or `monitor feeds remove` it",
    "outlet_blocked": "its server refuses us: write to the outlet, with http.contact set",
    "gap": "stories may have rolled off unseen: read its site for that time; poll it more often",
    "dead_letters": "mend the channel, then `monitor alerts dead retry` (or `dead drop`)",
    "channel_disabled": "give the channel a new url, then `monitor alerts retry --channel NAME`",
    "outage": "look at this host's own line and its name server; nothing is lost meanwhile",
    "disk": "make room: `monitor db prune`, then look what else grows there",
    "canary_late": "look for the stage named here in `monitor healthcheck` and in the log",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSeen:
    """A feed as it stands."""

    id: int
    name: str
    url: str
    state: str
    failures: int
    detail: str
    added_at: datetime
    ok_at: datetime | None
    new_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Room on the disk of the database, in bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found: feeds, blocked and all articles by outlet, gaps by feed, dead by channel."""

    feeds: tuple[FeedSeen, ...] = ()
    outlets: Mapping[str, tuple[int, int]] | None = None
    gaps: Mapping[str, datetime] | None = None
    dead: Mapping[str, int] | None = None
    disk: Disk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something wrong; `key` is the same for as long as it lasts."""

    key: str
    kind: str
    detail: str


def troubles(seen: Seen, open_keys: Iterable[str], now: datetime) -> tuple[Trouble, ...]:
    """Say what is wrong now."""
    feeds = (_feed(feed, now) for feed in seen.feeds)
    found = [trouble for trouble in feeds if trouble is not None]
    for outlet, (blocked, every) in (seen.outlets or {}).items():
        if blocked >= BLOCKED and 2 * blocked >= every:
            detail = f"{outlet} refused {blocked} of {every} articles in a day"
            found.append(_trouble(f"blocked:{outlet}", "outlet_blocked", detail))
    for name, since in (seen.gaps or {}).items():
        detail = f"{name} may have dropped entries unseen since {_time(since)}"
        found.append(_trouble(f"gap:{name}", "gap", detail))
    for channel, count in (seen.dead or {}).items():
        detail = f"{counted(count, 'alert')} could not be delivered through channel {channel!r}"
        found.append(_trouble(f"dead:{channel}", "dead_letters", detail))
    if seen.disk is not None and _full(seen.disk, RELIEF if "disk" in open_keys else 1):
        detail = f"the disk of the database has {seen.disk.free // 10**6} MB left"
        found.append(_trouble("disk", "disk", detail))
    return tuple(found)


def _feed(feed: FeedSeen, now: datetime) -> Trouble | None:
    called = f"{feed.name or feed.url} ({feed.url})"
    if feed.state == "gone":
        return _trouble(f"feed:{feed.id}:gone", "feed_gone", f"{called} is gone")
    if feed.state != "active":
        return None
    well = feed.ok_at or feed.added_at
    if feed.failures >= FAILURES and now - well >= FAILING:
        why = f": {feed.detail}" if feed.detail else ""
        detail = f"{called} has failed since {_time(well)}{why}"
        return _trouble(f"feed:{feed.id}:failing", "feed_failing", detail)
    if feed.new_at is not None and now - feed.new_at >= SILENT and not feed.failures:
        detail = f"{called} has said nothing new since {_time(feed.new_at)}"
        return _trouble(f"feed:{feed.id}:silent", "feed_silent", detail)
    return None


def _full(disk: Disk, more: float) -> bool:
    return disk.free < more * min(FREE, FREE_SHARE * disk.total)


def _trouble(key: str, kind: str, detail: str) -> Trouble:
    return Trouble(key=key, kind=kind, detail=detail)


def remedy(kind: str) -> str:
    """Say what to do about a kind of trouble."""
    return REMEDIES.get(kind, "see the log")


def receivers(key: str, wanted: Sequence[str], channels: Iterable[str]) -> tuple[str, ...]:
    """Choose who hears of an incident: never only the channel that it is about.

    Nobody where no channel is meant to hear of trouble.
    """
    about = key.removeprefix("dead:").removeprefix("channel:")
    able = [name for name in wanted if name != about]
    if able or not wanted:
        return tuple(able)
    return tuple(name for name in channels if name != about)


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
