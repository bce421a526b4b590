"""How often a feed failed, and what a server's headers say of time → waits. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zlib import crc32

FIRST = timedelta(minutes=5)
DAY = timedelta(days=1)
TOO_OFTEN = timedelta(hours=1)


def next_try(
    failures: int,
    now: datetime,
    *,
    reason: str = "",
    retry_after: float | None = None,
    salt: int = 0,
) -> datetime:
    """Double the wait with every failure in a row, up to a day; it never stops.

    `failures` counts from 1. What the server asked for is the least.
    """
    first = TOO_OFTEN if reason == "http_429" else FIRST
    wait = min(first * 2.0 ** min(max(failures - 1, 0), 12), DAY)
    wait *= 1 + 0.1 * crc32(f"{salt} {now:%Y-%m-%dT%H:%M}".encode()) / 2**32
    return now + max(wait, min(timedelta(seconds=retry_after or 0), DAY))


def fresh_for(headers: Mapping[str, str]) -> timedelta | None:
    """How long an answer stays fresh (RFC 9111 §4.2); None if it does not say."""
    period = period_of(headers)
    if period is None or "max-age" not in _controls(headers):
        return period
    return max(period - _seconds(headers.get("age", "")), timedelta())


def period_of(headers: Mapping[str, str]) -> timedelta | None:
    """How long any such answer stays fresh, from when it was made; None if it does not say."""
    control = _controls(headers)
    if "no-cache" in control or "no-store" in control:
        return timedelta()
    if "max-age" in control:
        return _seconds(control["max-age"].strip('"'))
    made, ends = _date(headers.get("date", "")), _date(headers.get("expires", ""))
    return max(ends - made, timedelta()) if made and ends else None


def _controls(headers: Mapping[str, str]) -> dict[str, str]:
    parts = headers.get("cache-control", "").split(",")
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip())
    return {name: value for name, value in found.items() if name}


def _seconds(text: str) -> timedelta:
    text = text.strip()
    return timedelta(seconds=int(text[:9])) if text.isascii() and text.isdigit() else timedelta()


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def hold_for(retry_after: float | None) -> timedelta:
    """How long the other feeds of a host wait after one was told that it asks too often."""
    return min(max(timedelta(seconds=retry_after or 0), TOO_OFTEN), DAY)
