"""A date as feeds write it → aware UTC, or nothing. Never a guess of the day.

Read: RFC 822 with the zone names of the US, Europe and the Pacific, with no zone (UTC), ISO 8601
also without punctuation, asctime, "Nov 3, 2026 4:42 PM PST", "11/3/2026 4:42 PM", Unix seconds.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
NOON = 12

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: number for number, name in enumerate(NAMES, 1)}
_HOURS = {
    0: "z ut utc gmt wet",
    1: "bst west cet met",
    2: "cest mest eet sast",
    3: "eest msk",
    8: "awst sgt hkt",
    9: "jst kst",
    10: "aest",
    11: "aedt",
    12: "nzst",
    13: "nzdt",
    -3: "adt brt",
    -4: "edt ast",
    -5: "est cdt et",
    -6: "cst mdt ct",
    -7: "mst pdt mt",
    -8: "pst akdt pt",
    -9: "akst",
    -10: "hst",
    5.5: "ist",
    9.5: "acst",
    -3.5: "nst",
}
ZONES = {name: hours for hours, names in _HOURS.items() for name in names.split()}

ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(.*))?",
    re.IGNORECASE | re.DOTALL,
)
CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]\.?m\b\.?)?\s*(.*)", re.IGNORECASE | re.DOTALL
)
OFFSET = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d\d)?\b", re.IGNORECASE)
MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
USUAL = re.compile(  # RFC 822 as nearly all feeds write it
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) ([A-Z]+|[+-]\d{4})"
)
UNIX = re.compile(r"(\d{10})(\d{3})?")


def when(text: str) -> datetime | None:
    """Read a date; None if it cannot be read or is before 1990."""
    text = text.strip()[:100]
    try:
        found = _usual(text) or _unix(text) or _iso(text) or _slashed(text) or _worded(text)
    except (ValueError, OverflowError):
        return None
    return found if found and found >= EARLIEST else None


def _usual(text: str) -> datetime | None:
    match = USUAL.fullmatch(text)
    if match is None or (month := MONTHS.get(match[2].lower())) is None:
        return None
    clock = int(match[4]), int(match[5]), int(match[6])
    return _utc((int(match[3]), month, int(match[1])), clock, match[7])


def _unix(text: str) -> datetime | None:
    match = UNIX.fullmatch(text)
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def _iso(text: str) -> datetime | None:
    match = ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return _utc((year, month, day), (hour, minute, second), match[7] or "")


def _slashed(text: str) -> datetime | None:
    match = SLASHED.search(text)
    if match is None:
        return None
    month, day, year = (int(part) for part in match.groups())
    if month > len(MONTHS):
        month, day = day, month
    clock, zone = _clock(text)
    return _utc((year, month, day), clock, zone)


def _worded(text: str) -> datetime | None:
    month = MONTH.search(text)
    if month is None:
        return None
    clock, zone = _clock(text)
    days = CLOCK.sub(lambda match: " " + re.sub(r"^\S*[+-]\d+:?\d*", "", match[5]), text)
    numbers = re.findall(r"(?<![\d+:])\d{1,4}(?!\d)", days)
    if len(numbers) != 2:  # noqa: PLR2004  a day and a year
        return None
    day, year = (int(number) for number in numbers)
    if len(numbers[1]) == 2:  # noqa: PLR2004  as RFC 822 had them
        year += 2000 if year < 70 else 1900  # noqa: PLR2004
    return _utc((year, MONTHS[month[1].lower()], day), clock, zone)


def _clock(text: str) -> tuple[tuple[int, int, int], str]:
    match = CLOCK.search(text)
    if match is None:
        return (0, 0, 0), ""
    hour, minute, second = (int(part or 0) for part in match.groups()[:3])
    if match[4]:
        hour = hour % NOON + (NOON if match[4][0] in "pP" else 0)
    return (hour, minute, second), match[5]


def _utc(date: tuple[int, int, int], clock: tuple[int, int, int], zone: str) -> datetime:
    hour, minute, second = clock
    local = datetime(*date, tzinfo=_zone(zone))
    return (local + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))).astimezone(UTC)


def _zone(text: str) -> timezone:
    if match := OFFSET.match(text.strip()):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if match[1] == "+" else -minutes))
    name = re.match(r"[a-z]*", text.strip().lower())
    return timezone(timedelta(hours=ZONES.get(name[0] if name else "", 0)))
