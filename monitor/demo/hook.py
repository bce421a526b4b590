"""A webhook receiver: requests → posts, each checked against the Standard Webhooks signature. Pure.

Scheme: https://www.standardwebhooks.com, symmetric signatures (`v1`).
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from monitor.demo.web_server import Answer, Request, Response

TOLERANCE = timedelta(hours=1)  # the demo's clock stands still while it plays


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One accepted post: its stable id, and what it said."""

    id: str
    data: Mapping[str, object]


def receiver(secret: str, posts: list[Post], now: Callable[[], datetime]) -> Answer:
    """Make the receiver: a right signature is kept and answered 204, a wrong one 401."""

    def answer(request: Request) -> Response:
        if request.method != "POST":
            return Response(status=HTTPStatus.METHOD_NOT_ALLOWED)
        wrong = trouble(secret, request.headers, request.body, now())
        if wrong:
            return Response(status=HTTPStatus.UNAUTHORIZED, body=wrong.encode())
        posts.append(Post(id=request.headers["webhook-id"], data=json.loads(request.body)))
        return Response(status=HTTPStatus.NO_CONTENT)

    return answer


def trouble(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Say what is wrong with a signed post, or nothing."""
    try:
        identity, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        given = headers["webhook-signature"].split()
        age = abs(now.timestamp() - int(stamp))
    except (KeyError, ValueError) as error:
        return f"missing or malformed header: {error}"
    if age > TOLERANCE.total_seconds():
        return f"sent {age:.0f} s away from now"
    right = sign(secret, identity, stamp, body)
    if not any(hmac.compare_digest(right.encode(), one.encode()) for one in given):
        return "the signature does not match"
    return ""


def sign(secret: str, identity: str, stamp: str, body: bytes) -> str:
    """Sign `id.timestamp.body` with a `whsec_` secret; raise ValueError if it is none."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        message = f"the secret is not whsec_ and base64: {error}"
        raise ValueError(message) from error
    signed = hmac.new(key, b".".join([identity.encode(), stamp.encode(), body]), hashlib.sha256)
    return "v1," + base64.b64encode(signed.digest()).decode()
