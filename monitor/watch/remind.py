"""Alerts that nobody acknowledged + routes → who is told again, and who else. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from monitor.config import Route

LONGEST = timedelta(days=14)
"""After that an alert that nobody wants to acknowledge is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An alert that nobody acknowledged, and when each channel was sent it."""

    id: int
    delivery_id: int
    beat: str
    stage: str
    case_id: int | None
    verdict_id: int | None
    sent: Mapping[str, datetime]
    snapshot: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """One more message about an alert; `key` is the same for the same one."""

    key: str
    reason: str
    channels: tuple[str, ...]
    again: bool


def nudges(
    waiting: Waiting, routes: Iterable[Route], now: datetime, *, linked: bool = False
) -> tuple[Nudge, ...]:
    """Say what is due: the latest reminder of each channel, and an escalation once.

    Where alerts are `linked` to the desk, they hold the link that acknowledges them.
    """
    how = (
        "open the link to acknowledge it"
        if linked
        else f"`monitor alerts ack {waiting.delivery_id}`"
    )
    found: dict[str, Nudge] = {}
    for number, route in enumerate(routes):
        if route.beat != waiting.beat or waiting.stage not in route.stages:
            continue
        if route.quiet is not None and route.quiet.over(now) != now:
            continue
        sent = {name: waiting.sent[name] for name in route.to if name in waiting.sent}
        for nudge in (
            *_reminders(waiting, route, sent, how, now),
            *_others(waiting, route, number, how, now),
        ):
            found.setdefault(nudge.key, nudge)
    return tuple(found.values())


def _reminders(
    waiting: Waiting, route: Route, sent: Mapping[str, datetime], how: str, now: datetime
) -> list[Nudge]:
    every = route.remind
    if every is None:
        return []
    due = {name: (now - when) // every for name, when in sent.items() if now - when <= LONGEST}
    return [
        Nudge(
            key=f"remind-{waiting.id}-{name}-{number}",
            reason=f"reminder: see to it, then {how}",
            channels=(name,),
            again=True,
        )
        for name, number in due.items()
        if number
    ]


def _others(waiting: Waiting, route: Route, number: int, how: str, now: datetime) -> list[Nudge]:
    begun = min((waiting.sent[name] for name in route.to if name in waiting.sent), default=None)
    if route.escalate is None or begun is None or now < begun + route.escalate.after:
        return []
    first = ", ".join(route.to)
    return [
        Nudge(
            key=f"escalate-{waiting.id}-{number}",
            reason=f"escalated: nobody of {first} acknowledged it; {how}",
            channels=route.escalate.to,
            again=False,
        )
    ]
