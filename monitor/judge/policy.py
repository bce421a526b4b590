"""Route + hit → whether its people want it, and when they hear of it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.config import Route
from monitor.judge.gazetteer import STATE_CODES
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
    """Say whether a fact has one of the wanted values; a state may be wanted by its code."""
    if fact.value is None:
        return False
    values = fact.value if isinstance(fact.value, tuple | list) else (fact.value,)
    names = (STATE_CODES.get(want.upper(), want) for want in wanted)
    meant = {name.casefold() for name in (*wanted, *names)}
    return bool({str(value).casefold() for value in values} & meant)


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


def wanting(
    routes: Iterable[Route], verdict: Verdict, known: Mapping[str, Fact], outlet: str
) -> tuple[Route, ...]:
    """Give the routes that want a hit, by what it says or by what its case knows already."""
    facts = {name: fact for name, fact in known.items() if fact.value is not None}
    both = replace(verdict, facts={**verdict.facts, **facts})
    return tuple(
        route
        for route in routes
        if not refusal(route, verdict, outlet) or not refusal(route, both, outlet)
    )


def by_channel(routes: Iterable[Route]) -> dict[str, list[Route]]:
    """Give the routes that lead to each channel."""
    found: dict[str, list[Route]] = {}
    for route in routes:
        for name in dict.fromkeys(route.to):
            found.setdefault(name, []).append(route)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one route does with a hit, and why."""

    number: int
    to: tuple[str, ...]
    wanted: bool
    why: str
    due_at: datetime | None = None
    hold: str = ""


def explained(
    routes: Sequence[Route], verdict: Verdict, outlet: str, sources: int, now: datetime
) -> tuple[Reason, ...]:
    """Say for each route whether it wants a hit, when its people would hear of it, and why."""
    return tuple(
        _reason(number, route, verdict, outlet, plan(route, verdict, sources, now), now)
        for number, route in enumerate(routes)
    )


def _reason(
    number: int, route: Route, verdict: Verdict, outlet: str, planned: Plan, now: datetime
) -> Reason:
    if why := refusal(route, verdict, outlet):
        return Reason(number=number, to=route.to, wanted=False, why=why)
    facts = [f"{field} {_shown(verdict.facts[field])}" for field in route.when]
    means = [f"beat {route.beat}", f"stage {verdict.stage}", *facts]
    means += [f"outlet {outlet}"] if route.outlets else []
    means += [f"score {verdict.score:g}"] if route.min_score is not None else []
    waits = {
        "sources": f"waits for {route.wait_for.sources} sources" if route.wait_for else "",
        "digest": "goes into the digest",
        "quiet": "waits for the end of the quiet hours",
    }
    when = (
        waits.get(planned.hold, "")
        and f"; {waits[planned.hold]} until {planned.due_at:%Y-%m-%d %H:%M} UTC"
    )
    return Reason(
        number=number,
        to=route.to,
        wanted=True,
        why=f"it wants {', '.join(means)}{when or '; at once'}",
        due_at=planned.due_at,
        hold=planned.hold,
    )
