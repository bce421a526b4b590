"""A message → a signed HTTP POST, by the Standard Webhooks scheme."""

import base64
import binascii
import hashlib
import hmac
import json
import re
from datetime import datetime

from monitor.config import WebhookChannel
from monitor.deliver import hook
from monitor.errors import SendFailed
from monitor.records import Delivery, Message
from monitor.web import Web

PREFIX = "whsec_"
SAFE_ID = re.compile(r"[\x21-\x7e]{1,200}")
REMEDY = "check the channel's url and secret, then `monitor alerts retry`"


async def send(
    web: Web, channel: WebhookChannel, delivery: Delivery, message: Message, now: datetime
) -> str:
    """Post once and say what was answered; all but 2xx raises SendFailed or SendRefused."""
    body = json.dumps(message.payload, ensure_ascii=False, default=str).encode("utf-8", "replace")
    headers = sign(channel.secret.get_secret_value(), message_id(delivery.key), now, body)
    url = hook.address(channel.url)
    place = hook.where("webhook", url)
    answer = await hook.post(web, place, url, body=body, headers=headers)
    hook.judge(place, answer, now, remedy=REMEDY)
    return hook.answered(url, answer)


def sign(secret: str, webhook_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """Make the three headers that let a receiver check who sent this, and drop repeats."""
    stamp = str(int(now.timestamp()))
    signed = b".".join((webhook_id.encode("ascii"), stamp.encode("ascii"), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode('ascii')}",
    }


def message_id(key: str) -> str:
    """Use the delivery's key where a header can carry it, else a digest of it."""
    if SAFE_ID.fullmatch(key):
        return key
    return f"msg_{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _key(secret: str) -> bytes:
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        padded = secret.removeprefix(PREFIX).rstrip("=")
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except binascii.Error:
        message = f"the webhook's secret begins with {PREFIX} but what follows is not base64"
        raise SendFailed(message, reason="bad_secret") from None
