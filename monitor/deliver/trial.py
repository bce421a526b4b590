"""Channels → a test message through each, straight to the receiver; nothing is stored."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.app import utcnow
from monitor.config import Config, EmailChannel
from monitor.deliver import flow, render
from monitor.errors import Permanent, Temporary
from monitor.records import AlertKind, Delivery
from monitor.web import Web


async def send_all(config: Config, names: Iterable[str]) -> Mapping[str, str]:
    """Send a test to everyone in these channels; give what went wrong per channel, or nothing."""
    web = Web(config.http, utcnow)
    chosen = list(names)
    try:
        problems = await asyncio.gather(*(_channel(config, web, name) for name in chosen))
    finally:
        await web.close()
    return dict(zip(chosen, problems, strict=True))


async def _channel(config: Config, web: Web, name: str) -> str:
    channel = config.alerts.channels.get(name)
    people = channel.to if isinstance(channel, EmailChannel) else ("",)
    return "; ".join(filter(None, [await _one(config, web, name, person) for person in people]))


async def _one(config: Config, web: Web, name: str, recipient: str) -> str:
    now = utcnow()
    delivery = _delivery(config, name, recipient, now)
    try:
        await flow.hand_over(config, web, delivery, render.render(delivery), now)
    except (Temporary, Permanent) as error:
        return f"{recipient}: {error}" if recipient else str(error)
    return ""


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
        data={"instance": config.alerts.instance, "reason": "a test that someone asked for"},
    )
