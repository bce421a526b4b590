"""A delivery → the alert in words: subject, text, HTML, webhook body, and chat cards. Pure."""

from collections.abc import Mapping

from monitor.deliver.render.discord import discord
from monitor.deliver.render.page import page
from monitor.deliver.render.payload import payload
from monitor.deliver.render.plain import plain
from monitor.deliver.render.sheet import sheet
from monitor.deliver.render.slack import slack
from monitor.deliver.render.teams import teams
from monitor.records import Delivery, Message

CARDS = {"slack": slack, "discord": discord, "teams": teams}


def render(delivery: Delivery) -> Message:
    """Put an alert into words; whatever the snapshot holds or lacks, the message is complete."""
    content = sheet(delivery)
    return Message(
        subject=content.subject,
        text=plain(content),
        html=page(content),
        payload=payload(delivery),
    )


def card(delivery: Delivery, service: str) -> Mapping[str, object]:
    """Put an alert into a chat service's own form: slack, discord or teams."""
    return CARDS[service](sheet(delivery))


__all__ = ["CARDS", "card", "render"]
