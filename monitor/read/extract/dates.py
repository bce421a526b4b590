"""What the page says of its dates -> one instant that can be true. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml.html import HtmlElement

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=24)  # a wrong time zone is no reason to drop a date
URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?([0-2]\d|3[01])(?!\d)")
ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)


def choose(said: tuple[str, ...], seen_at: datetime) -> datetime | None:
    """Take the first date that parses and lies between 1990 and a day after `seen_at`."""
    found = (parse(text) for text in said)
    return next((date for date in found if date and plausible(date, seen_at)), None)


def plausible(date: datetime, seen_at: datetime) -> bool:
    """Not before the web, not after tomorrow."""
    return EARLIEST <= date <= seen_at + AHEAD


def parse(text: str) -> datetime | None:
    """Read ISO 8601 as people write it, or RFC 5322; without a zone it is taken as UTC."""
    try:
        if match := ISO.match(text.strip()):
            return _from_iso(match)
        if text.isdigit():
            return _from_epoch(int(text))
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError, OSError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date


def from_url(url: str) -> datetime | None:
    """Find the day in an address such as /2024/05/17/ or /20240517-."""
    for match in URL_DATE.finditer(url):
        try:
            return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
        except ValueError:
            continue
    return None


def from_tree(tree: HtmlElement, url: str, seen_at: datetime) -> datetime | None:
    """Search the page itself for its first day, the slow way."""
    from htmldate import find_date  # noqa: PLC0415 (0.3 s, and few pages need it)

    found = find_date(
        tree,
        original_date=True,
        url=url,
        extensive_search=True,
        max_date=(seen_at + AHEAD).date().isoformat(),
    )
    return parse(found) if found else None


def _from_iso(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    zone = (match[7] or "Z").replace("UTC", "Z").replace("GMT", "Z")
    stamp = f"{year:04}-{month:02}-{day:02}T{hour % 24:02}:{minute:02}:{second:02}{zone}"
    return datetime.fromisoformat(stamp)


def _from_epoch(number: int) -> datetime | None:
    seconds = number / 1000 if number > 10**11 else number
    return datetime.fromtimestamp(seconds, UTC)
