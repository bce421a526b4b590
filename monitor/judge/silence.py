"""A silence + a hit → whether people hear of it all the same. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.judge.policy import fits
from monitor.records import Fact, Stage, Verdict

OWN = ("beat", "stage", "outlet", "case")
TOO_WIDE = 5
"""So many hits, all of them, are what a silence may not have hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What people asked not to hear of: every condition must hold, each by any of its values."""

    id: int
    matcher: Mapping[str, tuple[str, ...]]
    reason: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A hit as a silence looks at it."""

    verdict: Verdict
    facts: Mapping[str, Fact]
    outlet: str
    case_id: int


def hides(silence: Silence, heard: Heard, now: datetime) -> bool:
    """Say whether a silence is in force and every one of its conditions holds."""
    if now >= silence.expires_at or not silence.matcher:
        return False
    return all(_holds(name, values, heard) for name, values in silence.matcher.items())


def reopens(stage: Stage, earlier: Iterable[Stage], ladder: tuple[Stage, ...]) -> bool:
    """Say whether a case went on to a stage that it had not reached before, nor under a silence."""
    before = [ladder.index(one) for one in earlier]
    return bool(before) and ladder.index(stage) > max(before)


def too_wide(matcher: Mapping[str, tuple[str, ...]], hidden: int, hits: int) -> str:
    """Say why a silence is refused and what to do instead; nothing where it may be made."""
    if not set(matcher) - {"beat"}:
        return "it would hide everything; add a condition such as outlet=NAME, state=CA or case=ID"
    if set(matcher) <= {"beat", "stage"} and set(matcher["stage"]) >= {s.value for s in Stage}:
        return "it names every stage, so it would hide everything; name the ones to hide"
    if hits >= TOO_WIDE and hidden == hits:
        seen = f"it would have hidden all {hits} hits of the last 90 days"
        return f"{seen}; add a condition such as outlet=NAME, state=CA or case=ID"
    return ""


def _holds(name: str, values: tuple[str, ...], heard: Heard) -> bool:
    if name not in OWN:
        fact = heard.facts.get(name, Fact())
        own = heard.verdict.facts.get(name, Fact())
        return fits(fact, values) or fits(own, values)
    said = {
        "beat": heard.verdict.beat,
        "stage": heard.verdict.stage.value,
        "outlet": heard.outlet,
        "case": str(heard.case_id),
    }[name]
    return said.casefold() in {value.casefold() for value in values}
