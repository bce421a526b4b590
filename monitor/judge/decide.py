"""Case + verdict + routes → who must be told, and why. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.config import Route
from monitor.records import Alert, AlertKind, Case, Fact, Joined, Stage, Verdict

LADDER = (
    Stage.UNKNOWN,
    Stage.CLAIM,
    Stage.HEARING,
    Stage.RETRIAL_ORDERED,
    Stage.VACATED,
    Stage.EXONERATED,
    Stage.COMPENSATION,
    Stage.REVERSED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one channel has been told of a case so far."""

    channel: str
    stages: frozenset[Stage] = frozenset()
    people: frozenset[str] = frozenset()


def matches(route: Route, verdict: Verdict) -> bool:
    """Say whether a route wants a hit: beat, stage and every fact it names."""
    if route.beat != verdict.beat or verdict.stage not in route.stages:
        return False
    return all(_fits(verdict.facts.get(field), wanted) for field, wanted in route.when.items())


def _fits(fact: Fact | None, wanted: Sequence[str]) -> bool:
    if fact is None or fact.value is None:
        return False
    values = fact.value if isinstance(fact.value, tuple | list) else (fact.value,)
    return bool({str(value).casefold() for value in values} & {want.casefold() for want in wanted})


def alerts(
    case: Case, verdict: Verdict, joined: Joined, routes: Iterable[Route], told: Mapping[str, Told]
) -> tuple[Alert, ...]:
    """Decide what to tell: a case is opened once per channel, then only news about it."""
    wanted = dict.fromkeys(name for route in routes if matches(route, verdict) for name in route.to)
    fresh = tuple(name for name in wanted if name not in told)
    news = {name: _news(verdict, joined, told[name]) for name in wanted if name in told}
    decided = []
    if fresh:
        reason = "a new case" if joined.case_id is None else "first told of this case"
        reason = f"{reason} ({joined.why})" if joined.unsure else reason
        decided.append(_alert(case, verdict, AlertKind.OPENED, reason, fresh))
    for what in dict.fromkeys(filter(None, news.values())):
        names = tuple(name for name, new in news.items() if new == what)
        decided.append(_alert(case, verdict, AlertKind.UPDATED, what, names))
    return tuple(decided)


def _news(verdict: Verdict, joined: Joined, told: Told) -> str:
    if joined.copy:
        return ""
    highest = max((LADDER.index(stage) for stage in told.stages), default=-1)
    if verdict.stage not in told.stages and LADDER.index(verdict.stage) > highest:
        return f"new stage: {verdict.stage}"
    people = verdict.facts.get("exonerees", Fact()).value
    names = [str(name) for name in people] if isinstance(people, tuple | list) else []
    known = {_last(name) for name in told.people}
    new = [name for name in names if _last(name) not in known]
    return f"new person: {', '.join(new)}" if new and told.people else ""


def _last(name: str) -> str:
    return name.casefold().rsplit(" ", 1)[-1]  # outlets disagree on first names and initials


def _alert(
    case: Case, verdict: Verdict, kind: AlertKind, reason: str, channels: tuple[str, ...]
) -> Alert:
    what = reason if kind is AlertKind.UPDATED else ",".join(channels)
    return Alert(
        key=f"case-{case.id}-{kind}-{what}",
        kind=kind,
        beat=verdict.beat,
        reason=reason,
        channels=channels,
    )
