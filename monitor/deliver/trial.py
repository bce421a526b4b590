"""Channels → a message through each, straight to the receiver; nothing is stored.

A test that somebody asked for; or an alarm where the outbox cannot be used.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.app import utcnow
from monitor.config import Channel, Config, EmailChannel
from monitor.deliver import flow, hook, render
from monitor.errors import Permanent, Temporary
from monitor.records import AlertKind, Delivery
from monitor.web import Web

TEST = {"reason": "a test that someone asked for"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One receiver of a test message: in which channel, and what went wrong, if anything."""

    channel: str
    kind: str
    to: str
    problem: str = ""

    def __str__(self) -> str:
        """As people read it: whom the message went to, or why it did not."""
        if self.problem:
            return f"channel {self.channel} ({self.kind}): {self.to}: {self.problem}"
        return f"channel {self.channel} ({self.kind}): test message sent to {self.to}"

    def as_json(self) -> dict[str, object]:
        """As programs read it."""
        where = {"channel": self.channel, "kind": self.kind, "to": self.to}
        return {**where, "ok": not self.problem, "problem": self.problem}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is sent; a repeat under the same key is seen to be one."""

    key: str
    kind: AlertKind
    data: Mapping[str, object]


async def tell_all(config: Config, names: Iterable[str], said: Said | None = None) -> list[Told]:
    """Send this, or a test, to everyone in these channels; say for each receiver how it went."""
    web = Web(config.http, utcnow)
    said = said or Said(key=f"test-{utcnow().timestamp():.6f}", kind=AlertKind.CANARY, data=TEST)
    try:
        channels = (_tell(config, web, name, said) for name in names)
        return [told for channel in await asyncio.gather(*channels) for told in channel]
    finally:
        await web.close()


async def hand_all(config: Config, deliveries: Iterable[Delivery]) -> list[Told]:
    """Send what lies in the outbox past it, each as it would be sent from there."""
    web = Web(config.http, utcnow)
    known = [one for one in deliveries if one.channel in config.alerts.channels]
    try:
        problems = await asyncio.gather(*(_hand(config, web, one) for one in known))
    finally:
        await web.close()
    return [
        _told(config, one.channel, one.recipient, problem)
        for one, problem in zip(known, problems, strict=True)
    ]


async def _hand(config: Config, web: Web, delivery: Delivery) -> str:
    try:
        await flow.hand_over(config, web, delivery, render.render(delivery), utcnow())
    except (Temporary, Permanent) as error:
        return str(error)
    return ""


def _told(config: Config, name: str, person: str, problem: str) -> Told:
    channel = config.alerts.channels[name]
    to = person or _where(channel)
    return Told(channel=name, kind=channel.type, to=to, problem=problem)


async def _tell(config: Config, web: Web, name: str, said: Said) -> list[Told]:
    channel = config.alerts.channels[name]
    people = channel.to if isinstance(channel, EmailChannel) else ("",)
    return [
        _told(config, name, person, await _one(config, web, name, person, said))
        for person in people
    ]


def _where(channel: Channel) -> str:
    """Name the receiver without giving away a token in its address."""
    url = hook.address(getattr(channel, "url", ""))
    if channel.type == "apprise":
        return f"its {url.partition(':')[0]}:// address"
    return hook.where("", url).removeprefix(" at ")


async def _one(config: Config, web: Web, name: str, recipient: str, said: Said) -> str:
    now = utcnow()
    made = _delivery(config, name, recipient, now)
    key = f"{said.key}-{name}-{recipient}"
    data = {**said.data, "instance": config.alerts.instance}
    delivery = replace(made, key=key, thread=key, kind=said.kind, data=data)
    return await _hand(config, web, delivery)


def of_hit(
    config: Config, case: Mapping[str, object], hit: Mapping[str, object], now: datetime
) -> Delivery:
    """Make the delivery that a hit would make, for a look at its message."""
    data = {
        "instance": config.alerts.instance,
        "reason": "what this hit would say",
        "beat": hit.get("beat", ""),
        "sentence": hit.get("sentence", ""),
        "case": {**case, "outlets": list(map(str, _outlets(case)))},
        "hit": dict(hit),
    }
    made = _delivery(config, "", "", now)
    return replace(made, kind=AlertKind.OPENED, data=data)


def _outlets(case: Mapping[str, object]) -> Iterable[object]:
    found = case.get("outlets")
    return found if isinstance(found, list | tuple) else ()


def _delivery(config: Config, name: str, recipient: str, now: datetime) -> Delivery:
    key = f"test-{name}-{recipient}-{now.timestamp():.6f}"
    return Delivery(
        id=0,
        key=key,
        kind=AlertKind.CANARY,
        channel=name,
        recipient=recipient,
        thread=key,
        first_in_thread=True,
        created_at=now,
        deadline=now + timedelta(days=1),
        data={**TEST, "instance": config.alerts.instance},
    )
