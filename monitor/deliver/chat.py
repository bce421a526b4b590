"""A card → one POST to Slack, Discord or Microsoft Teams, at the address they gave out."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from monitor.config import DiscordChannel, SlackChannel, TeamsChannel
from monitor.deliver import hook
from monitor.errors import SendFailed
from monitor.web import Web

NAMES = {"slack": "Slack", "discord": "Discord", "teams": "Teams"}
REMEDY = "make the channel a new address in the service, then `monitor alerts retry`"
# Teams answers 200 and tells in the text that its own inside refused.
HIDDEN = re.compile(rb"returned HTTP error (\d{3})")


async def send(
    web: Web,
    channel: SlackChannel | DiscordChannel | TeamsChannel,
    card: Mapping[str, object],
    now: datetime,
) -> str:
    """Post once and say what was answered; all but 2xx raises SendFailed or SendRefused."""
    url = hook.address(channel.url)
    place = hook.where(NAMES[channel.type], url)
    body = json.dumps(card, ensure_ascii=False).encode("utf-8", "replace")
    asked = confirmed(url) if channel.type == "discord" else url
    answer = await hook.post(web, place, asked, body=body, headers={})
    said = hook.words(answer.body)
    hook.judge(place, answer, now, remedy=f"{said}; {REMEDY}" if said else REMEDY)
    if channel.type == "teams" and (hidden := HIDDEN.search(answer.body)):
        status = hidden[1].decode()
        raise SendFailed(f"{place} passed on {status}", reason=f"http_{status}")
    return hook.answered(url, answer)


def confirmed(url: str) -> str:
    """Ask Discord to answer only when the message stands in its channel."""
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, "wait=true")))
    return urlunsplit(parts._replace(query=query))
