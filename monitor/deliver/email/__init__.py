"""A message → one mail to one person, through the channel's own mail server."""

from dataclasses import dataclass
from pathlib import Path

from monitor.config import EmailChannel
from monitor.deliver.email.compose import Envelope, compose, sender_of
from monitor.deliver.email.smtp import deliver
from monitor.errors import SendRefused
from monitor.records import Delivery, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who is writing, and the folder that a relative `ca_file` is relative to."""

    instance: str
    folder: Path


async def send(
    channel: EmailChannel, delivery: Delivery, message: Message, settings: Settings
) -> str:
    """Send one mail once and say what was answered; raise SendFailed, SendRefused if refused."""
    if delivery.recipient not in channel.to:
        problem = f"{delivery.recipient!r} is no longer in channel {delivery.channel!r}"
        raise SendRefused(
            f"{problem}; add it, then `monitor alerts retry`", reason="not_in_channel"
        )
    sender = sender_of(channel)
    host = sender.rpartition("@")[2] if channel.sender else channel.smtp.host
    try:
        envelope = Envelope(sender=sender, instance=settings.instance, host=host)
        mail = compose(delivery, message, envelope)
    except ValueError as error:
        remedy = f"correct it in channel {delivery.channel!r}, then `monitor alerts retry`"
        raise SendRefused(f"{error}; {remedy}", reason="bad_address") from error
    ca_file = channel.smtp.ca_file
    return await deliver(
        channel.smtp,
        mail,
        sender=sender,
        recipient=delivery.recipient,
        ca_file=settings.folder / ca_file if ca_file else None,
    )
