"""RSS document → the hours and days at which its publisher asks not to be read."""

import re

HOURS = re.compile(rb"<skipHours\b[^>]*>(.{0,2000}?)</skipHours>", re.DOTALL)
DAYS = re.compile(rb"<skipDays\b[^>]*>(.{0,2000}?)</skipDays>", re.DOTALL)
HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>")
DAY = re.compile(rb"<day>\s*(\w+)\s*</day>")
NAMES = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def skip_hours(body: bytes) -> tuple[int, ...]:
    """Hours of the day, GMT; 24 is midnight in some feeds. All of them is none."""
    found = HOURS.search(body)
    hours = {int(hour) % 24 for hour in HOUR.findall(found[1]) if int(hour) <= 24} if found else ()  # noqa: PLR2004
    return tuple(sorted(hours)) if len(hours) < 24 else ()  # noqa: PLR2004


def skip_days(body: bytes) -> tuple[int, ...]:
    """Days of the week, GMT, Monday is 0. All of them is none."""
    found = DAYS.search(body)
    names = {name.lower() for name in DAY.findall(found[1])} if found else set()
    days = tuple(number for number, name in enumerate(NAMES) if name in names)
    return days if len(days) < len(NAMES) else ()
