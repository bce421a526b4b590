"""An alert on its way to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.records.words import AlertKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one recipient of one channel, as claimed from the outbox.

    `key` is stable across retries and restarts, `thread` per case and recipient; `data` is
    the snapshot the decision stored: {"case": {...}, "hit": {...}, "reason": ..., "instance": ...};
    `others` go out in the same message.
    """

    id: int
    key: str
    kind: AlertKind
    channel: str
    recipient: str
    thread: str
    first_in_thread: bool
    created_at: datetime
    deadline: datetime
    data: Mapping[str, object]
    attempts: int = 0
    others: "tuple[Delivery, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert put into words: subject, plain text, HTML, and the webhook body."""

    subject: str
    text: str
    html: str
    payload: Mapping[str, object]
