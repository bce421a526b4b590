"""Case + verdict + routes → who must be told, what, and when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

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
NEWS = {
    "people_count": "people cleared",
    "state": "state",
    "county": "county",
    "crime": "crime",
    "mode": "how it ended",
}
"""Facts that are worth an update when they become known: how many, where, what, how it ended.

Names are, too; further details wait on the card for the next update.
"""
FACTS = "facts"
HOUR = timedelta(hours=1)
MOST_SMALL = 3
"""Updates about facts for each case and channel; a new stage is always told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one channel has been told of a case so far."""

    channel: str
    stages: frozenset[Stage] = frozenset()
    people: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    last_at: datetime | None = None
    small: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a channel has not heard yet; a new stage goes out at once, facts wait their hour."""

    stage: str = ""
    facts: str = ""
    after: datetime | None = None
    number: int = 0


def alerts(
    case: Case,
    verdict: Verdict,
    joined: Joined,
    routes: Iterable[Route],
    told: Mapping[str, Told],
    now: datetime,
) -> tuple[Alert, ...]:
    """Decide what to tell those whose routes want the hit: each channel hears of a case once.

    Then it hears only news about it.
    """
    wanted = dict.fromkeys(name for route in routes for name in route.to)
    fresh = tuple(name for name in wanted if name not in told)
    decided = [_opened(case, verdict, joined, fresh)] if fresh else []
    if joined.copy:
        return tuple(decided)
    news = {name: _news(case, verdict, told[name], now) for name in wanted if name in told}
    for what in dict.fromkeys(news.values()):
        if what.stage or what.facts:
            names = tuple(name for name, new in news.items() if new == what)
            decided.append(_updated(case, verdict, what, names))
    return tuple(decided)


def _opened(case: Case, verdict: Verdict, joined: Joined, channels: tuple[str, ...]) -> Alert:
    reason = "a new case" if joined.case_id is None else "first told of this case"
    return Alert(
        key=f"case-{case.id}-{AlertKind.OPENED}-{','.join(channels)}",
        kind=AlertKind.OPENED,
        beat=verdict.beat,
        reason=f"{reason} ({joined.why})" if joined.unsure else reason,
        channels=channels,
    )


def _updated(case: Case, verdict: Verdict, news: News, channels: tuple[str, ...]) -> Alert:
    what = news.stage or f"{FACTS}-{news.number}-{','.join(channels)}"
    return Alert(
        key=f"case-{case.id}-{AlertKind.UPDATED}-{what}",
        kind=AlertKind.UPDATED,
        beat=verdict.beat,
        reason="; ".join(filter(None, (news.stage, news.facts))),
        channels=channels,
        after=news.after,
    )


def _news(case: Case, verdict: Verdict, told: Told, now: datetime) -> News:
    highest = max((LADDER.index(stage) for stage in told.stages), default=-1)
    stage = f"new stage: {verdict.stage}" if LADDER.index(verdict.stage) > highest else ""
    facts = "; ".join(filter(None, (_people(case, verdict, told), _learned(case, told))))
    if stage:
        return News(stage=stage, facts=facts)
    if not facts or told.small >= MOST_SMALL:
        return News()
    earliest = told.last_at + HOUR if told.last_at else now
    return News(facts=facts, after=earliest if earliest > now else None, number=told.small + 1)


def _people(case: Case, verdict: Verdict, told: Told) -> str:
    """Names that are new: who it is, or who else was cleared."""
    card = _names(case.facts)
    names = [name for name in _names(verdict.facts) if not card or name in card]
    known = {_last(name) for name in told.people}
    new = ", ".join(name for name in names if _last(name) not in known)
    if not new:
        return ""
    return f"new person: {new}" if told.people else f"now named: {new}"


def _names(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    value = facts.get("exonerees", Fact()).value
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()


def _learned(case: Case, told: Told) -> str:
    """Facts that an article states and nobody was told before."""
    new = [
        f"{words}: {fact.value}"
        for name, words in NEWS.items()
        if name not in told.facts
        and (fact := case.facts.get(name, Fact())).value is not None
        and fact.basis == "stated"
    ]
    return "; ".join(new)


def _last(name: str) -> str:
    return name.casefold().rsplit(" ", 1)[-1]  # outlets disagree on first names and initials
