"""Status and headers of an answer → nothing, or the error that says what to do about it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from monitor.errors import FetchFailed, FetchRefused
from monitor.records import Fetched

LONGEST_WAIT = 24 * 3600.0
"""A server that asks for more than a day is asked again after a day."""

MEANINGS = {
    401: "wants a login",
    402: "wants payment",
    403: "forbids us to read it",
    404: "has no such page now",
    406: "has it in no form we asked for",
    410: "says it is gone for good",
    429: "says we ask too often",
    451: "may not show it for legal reasons",
    500: "has a fault of its own",
    502: "has a fault behind its gateway",
    503: "is overloaded or under repair",
    504: "has a gateway that gave up waiting",
}


def check(answer: Fetched, *, conditional: bool, now: datetime) -> None:
    """Raise FetchFailed or FetchRefused, reason `http_NNN`, unless there is something to use.

    The error carries the answer: who reads pages can name the wall it shows.
    """
    if answer.status // 100 == 2 or (answer.unchanged and conditional):  # noqa: PLR2004
        return
    message = f"{answer.url}: {meaning(answer.status)} (HTTP {answer.status})"
    reason = f"http_{answer.status}"
    error: FetchFailed | FetchRefused = FetchFailed(
        message, reason=reason, retry_after=retry_after(answer.headers, now)
    )
    if answer.status == HTTPStatus.GONE:
        error = FetchRefused(message, reason=reason)
    error.answer = answer
    raise error


def meaning(status: int) -> str:
    """Say in words what a server means by a status that is no success."""
    return f"the server {MEANINGS.get(status, 'gave no usable answer')}"


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the server asks us to wait (RFC 9110 §10.2.3: a number or a date), a day at most."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max((date - now).total_seconds(), 0.0), LONGEST_WAIT)
