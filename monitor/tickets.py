"""A key + what a link may do, to what, until when → a ticket for its address, and back. Pure.

A ticket is the whole permission: who holds it may do this one thing, and nothing else, without a
login. It reads `NUMBER-UNTIL-SIGNATURE` (HMAC-SHA-256), so it is short enough for a mail.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Action = Literal["ack", "case"]
WRITTEN = re.compile(r"([1-9]\d{0,17})-(\d{1,11})-([\w-]{32})", re.ASCII)
SIGNED = 24
"""Bytes of the signature that are kept: 192 bits, which nobody guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a link may do (`ack`: acknowledge a delivery; `case`: show a case), and until when."""

    action: Action
    number: int
    until: datetime


def issue(key: bytes, ticket: Ticket) -> str:
    """Write a ticket as it stands in an address; the same ticket is always written the same."""
    plain = f"{ticket.number}-{int(ticket.until.timestamp())}"
    return f"{plain}-{_signature(key, ticket.action, plain)}"


def read(key: bytes, action: Action, text: str) -> Ticket | None:
    """Read a ticket for this action back, expired or not; None where its signature is not ours."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        return None
    number, until, signature = match.groups()
    if not hmac.compare_digest(signature, _signature(key, action, f"{number}-{until}")):
        return None
    return Ticket(action=action, number=int(number), until=datetime.fromtimestamp(int(until), UTC))


def _signature(key: bytes, action: Action, plain: str) -> str:
    digest = hmac.digest(key, f"{action} {plain}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:SIGNED]).decode()
