"""A message and its delivery → a mail. The same delivery always gives the same mail."""

import hashlib
import re
import socket
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from monitor.config import EmailChannel
from monitor.records import Delivery, Message

SAFE_ID = re.compile(r"[A-Za-z0-9_=+-]+(\.[A-Za-z0-9_=+-]+)*")
LONGEST_ID = 60
LONGEST_NAME = 60
# Control characters could end a header; bidirectional ones could make it read as something else.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes: address, instance name, and the host that its identifiers end in."""

    sender: str
    instance: str
    host: str


def sender_of(channel: EmailChannel) -> str:
    """Give the From address: the configured one, else the login's, else monitor@<host name>."""
    if channel.sender:
        return channel.sender
    return channel.smtp.user if "@" in channel.smtp.user else f"monitor@{socket.gethostname()}"


def compose(delivery: Delivery, message: Message, envelope: Envelope) -> EmailMessage:
    """Write the mail; raise ValueError for an address that cannot be one."""
    mail = EmailMessage(policy=SMTP)
    name = one_line(envelope.instance)[:LONGEST_NAME]
    mail["From"] = _address(envelope.sender, name)
    mail["To"] = _address(delivery.recipient)
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(delivery.created_at)
    mail["Message-ID"] = message_id(delivery.key, envelope.host)
    if not delivery.first_in_thread:
        root = message_id(delivery.thread, envelope.host)
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["List-Id"] = list_id(str(delivery.data.get("beat") or delivery.kind), envelope)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{_digest(delivery.key)}")
    return mail


def _address(address: str, name: str = "") -> Address:
    local, _, domain = address.rpartition("@")
    try:
        if local.isascii():
            return Address(name, addr_spec=address)
        return Address(name, username=local, domain=domain)  # addr_spec takes no SMTPUTF8 address
    except (ValueError, LookupError, AttributeError, MessageError) as error:  # the library's own
        message = f"{address!r} is not a mail address"
        raise ValueError(message) from error


def message_id(key: str, host: str) -> str:
    """Name a mail after its delivery, so that a repeat is seen to be one."""
    fit = len(key) <= LONGEST_ID and SAFE_ID.fullmatch(key)
    return f"<{key if fit else _digest(key)}@{slug(host)}>"


def list_id(topic: str, envelope: Envelope) -> str:
    """Name the stream a mail belongs to, for filters."""
    return f"<{slug(topic)}.{slug(envelope.instance)}.{slug(envelope.host)}>"


def slug(name: str) -> str:
    """Keep what a host name may hold."""
    return re.sub(r"[^a-z0-9.-]+", "-", name.lower()).strip("-.")[:LONGEST_NAME] or "monitor"


def one_line(text: str) -> str:
    """Leave nothing in a header that could end it or turn it around."""
    return " ".join(UNFIT.sub(" ", text).split())


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
