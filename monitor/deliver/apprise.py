"""A message → any service Apprise knows, at the operator's own address; an optional extra."""

import asyncio
import importlib
from typing import Any

from monitor.config import AppriseChannel
from monitor.errors import SendFailed, SendRefused
from monitor.records import Delivery, Message

SECONDS = 120.0
MISSING = (
    "needs the package apprise, which is not installed; "
    "install newsroom-monitor[apprise], or apprise by itself"
)


async def send(channel: AppriseChannel, delivery: Delivery, message: Message) -> str:
    """Notify once as plain text; raise SendFailed, or SendRefused where it can never work."""
    library = _library(delivery.channel)
    target = library.Apprise()
    if not target.add(channel.url.get_secret_value()):
        problem = f"Apprise does not understand the url of channel {delivery.channel!r}"
        raise SendRefused(f"{problem}; see `apprise --help` for its form", reason="bad_url")
    try:
        async with asyncio.timeout(SECONDS):
            sent = await target.async_notify(
                title=message.subject, body=message.text, body_format=library.NotifyFormat.TEXT
            )
    except TimeoutError:
        problem = f"channel {delivery.channel!r}: no answer in {SECONDS:g} s"
        raise SendFailed(problem, reason="timeout") from None
    if not sent:
        problem = f"channel {delivery.channel!r}: the service did not take the message"
        raise SendFailed(problem, reason="not_taken")
    return "taken"  # it does not tell what the service answered


def installed() -> bool:
    """Whether the package is there."""
    try:
        importlib.import_module("apprise")
    except ImportError:
        return False
    return True


def _library(channel: str) -> Any:
    if not installed():
        raise SendFailed(f"channel {channel!r} {MISSING}", reason="not_installed")
    return importlib.import_module("apprise")
