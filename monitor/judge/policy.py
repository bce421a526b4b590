"""Route + hit → whether its people want it, and when they hear of it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.config import Route
from monitor.records import Fact, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a channel hears of a hit, and what it waits for: nothing, quiet, sources or digest."""

    due_at: datetime
    hold: str = ""


def refusal(route: Route, verdict: Verdict, outlet: str) -> str:
    """Say why a route does not want a hit; nothing where it does."""
    if route.beat != verdict.beat:
        return f"it is about beat {route.beat}"
    if verdict.stage not in route.stages:
        return f"stage {verdict.stage} is not among {', '.join(route.stages)}"
    if route.outlets and outlet.casefold() not in {name.casefold() for name in route.outlets}:
        return f"outlet {outlet!r} is not among {', '.join(route.outlets)}"
    if route.min_score is not None and verdict.score < route.min_score:
        return f"score {verdict.score:g} is below {route.min_score:g}"
    for field, wanted in route.when.items():
        fact = verdict.facts.get(field, Fact())
        if not fits(fact, wanted):
            said = "unknown" if fact.value is None else _shown(fact)
            return f"{field} is {said}, not {' or '.join(wanted)}"
    return ""


def fits(fact: Fact, wanted: Sequence[str]) -> bool:
    """Say whether a fact has one of the wanted values."""
    if fact.value is None:
        return False
    values = fact.value if isinstance(fact.value, tuple | list) else (fact.value,)
    return bool({str(value).casefold() for value in values} & {want.casefold() for want in wanted})


def _shown(fact: Fact) -> str:
    return ", ".join(map(str, fact.value)) if isinstance(fact.value, tuple) else str(fact.value)


def plan(route: Route, verdict: Verdict, sources: int, now: datetime) -> Plan:
    """Decide when a route's people hear of a hit that `sources` independent outlets tell."""
    if verdict.stage in route.urgent:
        return Plan(due_at=now)
    due_at, hold = now, ""
    if route.wait_for is not None and sources < route.wait_for.sources:
        due_at, hold = now + route.wait_for.longest, "sources"
    if route.digest is not None:
        due_at, hold = route.digest.after(now), "digest"
    if route.quiet is not None and (over := route.quiet.over(due_at)) != due_at:
        due_at, hold = over, hold or "quiet"
    return Plan(due_at=due_at, hold=hold)


def soonest(routes: Iterable[Route], verdict: Verdict, sources: int, now: datetime) -> Plan:
    """Give the soonest of what several routes to one channel say."""
    plans = [plan(route, verdict, sources, now) for route in routes]
    return min(plans, key=lambda one: one.due_at, default=Plan(due_at=now))
