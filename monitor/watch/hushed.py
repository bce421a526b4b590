"""A silence that has ended → what it hid, in words, and who hears of it, when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from monitor.config import Route
from monitor.records import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A case that a silence hid, by so many hits; `told`: whether anybody ever heard of it."""

    id: int
    beat: str
    title: str
    stage: str
    hits: int
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A silence that ran out or was ended."""

    id: int
    matcher: Mapping[str, Any]
    reason: str
    who: str
    created_at: datetime
    expires_at: datetime
    cases: tuple[Hidden, ...]


def key(silence_id: int) -> str:
    """Name the message: there is one for each silence."""
    return f"silence-{silence_id}-ended"


def reason(ended: Ended) -> str:
    """Say it in one sentence."""
    hits = counted(sum(case.hits for case in ended.cases), "hit")
    cases = counted(len(ended.cases), "case")
    of = f" of {ended.who}" if ended.who else ""
    return f"silence {ended.id}{of} is over ({ended.reason}): it hid {hits} of {cases}"


def listeners(ended: Ended, routes: Iterable[Route], now: datetime) -> dict[str, datetime]:
    """The channels whose routes want any of the cases, and when: nobody is woken for it."""
    found: dict[str, datetime] = {}
    for route in routes:
        if any(case.beat == route.beat and case.stage in route.stages for case in ended.cases):
            when = route.quiet.over(now) if route.quiet is not None else now
            for name in route.to:
                found[name] = min(when, found.get(name, when))
    return found


def snapshot(ended: Ended) -> dict[str, Any]:
    """What the message says, as webhooks have it."""
    return {
        "silence": {
            "id": ended.id,
            "matcher": dict(ended.matcher),
            "reason": ended.reason,
            "who": ended.who,
            "created_at": ended.created_at.isoformat(),
            "expires_at": ended.expires_at.isoformat(),
        },
        "cases": [asdict(case) for case in ended.cases],
        "case": {},
        "hit": {},
    }
