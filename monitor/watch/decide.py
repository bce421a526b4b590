"""What the service looks like → what is wrong with it, and what people do about it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.records import counted

FAILING = timedelta(hours=24)
FAILURES = 4
SILENT = timedelta(days=14)  # where nothing is known yet of its ways
BLOCKED = 3
"""Articles of one outlet that could not be read in a day, and at least half of all it had."""
DROP, ENOUGH = 0.25, 20
"""Or so much less than usual, of so many articles."""
WALLS = {
    "http_401": "its server wants a login (401)",
    "http_402": "its server wants payment (402)",
    "http_403": "its server forbids us to read it (403)",
    "http_404": "the page does not exist (404)",
    "http_410": "the page is gone (410)",
    "http_429": "its server says we ask too often (429)",
    "http_451": "its server may not show it for legal reasons (451)",
    "challenge": "a challenge page asks for proof of being human",
    "consent": "a consent page stands in front",
    "login": "a login page stands in front",
    "paywall": "a paywall stands in front",
    "soft_404": "a page says that there is none (soft 404)",
    "robots": "its robots.txt does not allow it",
    "robots_down": "its robots.txt cannot be had",
    "timeout": "its server does not answer in time",
    "empty": "no article is found on the page",
}
FREE = 500_000_000
FREE_SHARE = 0.03
RELIEF = 1.5
"""How much more than that must be free before the disk counts as well again."""
OWN = ("feed_failing", "feed_silent", "feed_gone", "outlet_blocked", "gap", "dead_letters", "disk")
"""Kinds of incidents that are opened and closed here; others only told."""
UNTOLD = ("dead_letters", "channel_disabled")
"""Kinds of incidents in which people did not get their alerts."""
REMEDIES = {
    "feed_failing": "open its address; if it moved, `monitor feeds add` the new one",
    "feed_silent": "see whether its site still publishes there; `monitor feeds discover SITE`",
    "feed_gone": "it answered that it is gone: find its successor, or `monitor feeds remove` it",
    "outlet_blocked": "open one of its pages; if it is refused, write to it, with http.contact set",
    "gap": "stories may have rolled off unseen: read its site for that time; poll it more often",
    "dead_letters": "mend the channel, then `monitor alerts dead retry` (or `dead drop`)",
    "channel_disabled": "give the channel a new url, then `monitor alerts retry --channel NAME`",
    "outage": "look at this host's own line and its name server; nothing is lost meanwhile",
    "disk": "make room: `monitor db prune`, then look what else grows there",
    "database": "see to its host and its disk; nothing is lost, what is due waits meanwhile",
    "room": "it is begun again by itself, ever later; report the traceback in the log",
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
    missed_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletSeen:
    """An outlet's articles of a day: tried, read, and why not; `usual`: the share that is read."""

    tried: int
    read: int
    walls: Mapping[str, int]
    usual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Room on the disk of the database, in bytes."""

    free: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was found: feeds, articles by outlet, gaps by feed, dead letters by channel."""

    feeds: tuple[FeedSeen, ...] = ()
    outlets: Mapping[str, OutletSeen] | None = None
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
    known = set(open_keys)
    every = [_feed(feed, now) for feed in seen.feeds]
    every += _blocked(seen.outlets or {}, known)
    found = [trouble for trouble in every if trouble is not None]
    for name, since in (seen.gaps or {}).items():
        detail = f"{name} may have dropped entries unseen since {_time(since)}"
        found.append(_trouble(f"gap:{name}", "gap", detail))
    for channel, count in (seen.dead or {}).items():
        detail = f"{counted(count, 'alert')} could not be delivered through channel {channel!r}"
        found.append(_trouble(f"dead:{channel}", "dead_letters", detail))
    if seen.disk is not None and _full(seen.disk, RELIEF if "disk" in known else 1):
        detail = f"the disk of the database has {seen.disk.free // 10**6} MB left"
        found.append(_trouble("disk", "disk", detail))
    return tuple(found)


def _blocked(outlets: Mapping[str, OutletSeen], known: set[str]) -> list[Trouble | None]:
    """Outlets whose pages are lost; where too few were tried to tell, what was known stays."""
    quiet = {
        key: _trouble(key, "outlet_blocked", "")
        for key in known
        if key.startswith("blocked:") and outlets.get(key.partition(":")[2], NONE).tried < BLOCKED
    }
    return [*quiet.values(), *(_outlet(name, outlet) for name, outlet in outlets.items())]


NONE = OutletSeen(tried=0, read=0, walls={})


def _outlet(name: str, outlet: OutletSeen) -> Trouble | None:
    lost = outlet.tried - outlet.read
    fell = outlet.usual is not None and outlet.read < (outlet.usual - DROP) * outlet.tried
    if lost < BLOCKED or not (2 * lost >= outlet.tried or (fell and outlet.tried >= ENOUGH)):
        return None
    walls = sorted(outlet.walls.items(), key=lambda pair: -pair[1])[:3]
    why = "; ".join(f"{WALLS.get(wall, wall.replace('_', ' '))}: {count}" for wall, count in walls)
    detail = f"{name}: {lost} of {outlet.tried} articles of a day could not be read; {why}"
    return _trouble(f"blocked:{name}", "outlet_blocked", detail)


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
    if feed.new_at is None or feed.ok_at is None or feed.failures:
        return None
    if feed.ok_at >= (feed.missed_from or feed.new_at + SILENT):
        detail = f"{called} has said nothing new since {_time(feed.new_at)}, which is not like it"
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
