"""RSS document → the hours and days at which its publisher asks not to be read."""

import re

HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>")
DAY = re.compile(rb"<day>\s*(\w+)\s*</day>")
HOURS = {str(hour).encode(): hour % 24 for hour in range(25)}  # 24 is midnight in some feeds
HOURS |= {f"0{hour}".encode(): hour for hour in range(10)}
NAMES = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")
DAYS = {name: number for number, name in enumerate(NAMES)}
LONGEST = 4_000


def skip_hours(body: bytes) -> tuple[int, ...]:
    """Hours of the day, GMT. All of them is none."""
    return _some(body, b"skipHours", HOUR, HOURS)


def skip_days(body: bytes) -> tuple[int, ...]:
    """Days of the week, GMT, Monday is 0. All of them is none."""
    return _some(body, b"skipDays", DAY, DAYS)


def _some(
    body: bytes, name: bytes, item: re.Pattern[bytes], known: dict[bytes, int]
) -> tuple[int, ...]:
    start = body.find(b"<" + name)
    end = body.find(b"</" + name, start, start + LONGEST)
    if start < 0 or end < 0:
        return ()
    words = (word.lower() for word in item.findall(body, start, end))
    found = {known[word] for word in words if word in known}
    return tuple(sorted(found)) if len(found) < len(set(known.values())) else ()
