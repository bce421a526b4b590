"""A message → a signed HTTP POST, by the Standard Webhooks scheme."""

import base64
import binascii
import hashlib
import hmac
import json
import re
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from pydantic import SecretStr

from monitor.config import WebhookChannel
from monitor.errors import Permanent, SendFailed, SendRefused, Temporary
from monitor.records import Delivery, Fetched, Message
from monitor.web import Web, retry_after

PREFIX = "whsec_"
SAFE_ID = re.compile(r"[\x21-\x7e]{1,200}")
AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


async def send(
    web: Web, channel: WebhookChannel, delivery: Delivery, message: Message, now: datetime
) -> None:
    """Post the message once; 2xx is delivered, everything else raises SendFailed or SendRefused."""
    body = json.dumps(message.payload, ensure_ascii=False, default=str).encode("utf-8", "replace")
    headers = sign(channel.secret.get_secret_value(), message_id(delivery.key), now, body)
    headers["content-type"] = "application/json; charset=utf-8"
    headers["accept-encoding"] = "identity"  # the answer's text is of no interest
    place = where(channel)
    try:
        answer = await web.post(address(channel), body=body, headers=headers)
    except Temporary as error:
        why = _told(channel, error)
        raise SendFailed(
            f"{place}: {why}", reason=error.reason, retry_after=error.retry_after
        ) from None
    except Permanent as error:
        why = _told(channel, error)
        raise SendRefused(f"{place}: {why}", reason=error.reason) from None
    _judge(place, answer, now)


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


def address(channel: WebhookChannel) -> str:
    """Give the address to post to, which may be a secret."""
    url = channel.url
    return url.get_secret_value() if isinstance(url, SecretStr) else url


def where(channel: WebhookChannel) -> str:
    """Name the receiver without giving away a token in its address."""
    parts = urlsplit(address(channel))
    return f"webhook at {parts.scheme}://{parts.hostname or ''}"


def fingerprint(channel: WebhookChannel) -> str:
    """Tell one address of a channel from the next without keeping it."""
    return hashlib.sha256(address(channel).encode()).hexdigest()[:16]


def _told(channel: WebhookChannel, error: Temporary | Permanent) -> str:
    """Say what went wrong without the parts of the address that may be a token."""
    url = address(channel)
    parts = urlsplit(url)
    text = str(error).replace(f"{url}: ", "").replace(url, "the address")
    tokens = (parts.path.strip("/"), parts.query, parts.username, parts.password)
    if any(token and token in text for token in tokens):
        return error.reason.replace("_", " ")
    return text


def _key(secret: str) -> bytes:
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        padded = secret.removeprefix(PREFIX).rstrip("=")
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except binascii.Error:
        message = f"the webhook's secret begins with {PREFIX} but what follows is not base64"
        raise SendFailed(message, reason="bad_secret") from None


def _judge(place: str, answer: Fetched, now: datetime) -> None:
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    said = f"{place} answered {status}"
    if status in AGAIN or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        asked = retry_after(answer.headers, now)
        raise SendFailed(said, reason=f"http_{status}", retry_after=asked)
    if status == HTTPStatus.GONE:
        raise SendRefused(f"{said}: it wants no more alerts", reason="gone")
    if status < HTTPStatus.BAD_REQUEST:
        remedy = "redirects are not followed; set the channel's url to the final address"
        raise SendRefused(f"{said}: {remedy}", reason="redirect")
    remedy = "check the channel's url and secret, then `monitor alerts retry`"
    raise SendRefused(f"{said}: {remedy}", reason=f"http_{status}")
