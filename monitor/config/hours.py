"""Hours of the day in a time zone, and waits, as people write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from monitor.config.values import duration, duration_text, quoted

DAILY = re.compile(r"daily\s+(\d{1,2}):(\d{2})\s+(\S+)")
NIGHT = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s+(\S+)")
WAIT = re.compile(r"(\d+)\s+sources?\s+or\s+(\S+)")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyAt:
    """Once a day, when the clocks of a zone show an hour."""

    at: time
    zone: ZoneInfo

    def __str__(self) -> str:
        """Give it as people write it."""
        return f"daily {self.at:%H:%M} {self.zone.key}"

    def after(self, now: datetime) -> datetime:
        """Give the next such moment."""
        return _next(self.at, self.zone, now)

    def until(self, now: datetime) -> datetime:
        """Give the last such moment, now at the latest."""
        day = now.astimezone(self.zone).date()
        moments = [_moment(day - back * DAY, self.at, self.zone) for back in range(3)]
        return next(moment for moment in moments if moment <= now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The hours of each day in which people want to be left alone."""

    begin: time
    end: time
    zone: ZoneInfo

    def __str__(self) -> str:
        """Give it as people write it."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M} {self.zone.key}"

    def over(self, when: datetime) -> datetime:
        """Give the moment itself, or the end of the night that it falls into."""
        shown = when.astimezone(self.zone).time()
        if self.begin < self.end:
            inside = self.begin <= shown < self.end
        else:
            inside = shown >= self.begin or shown < self.end
        return _next(self.end, self.zone, when) if inside else when


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFor:
    """Wait for so many independent sources, but no longer than that."""

    sources: int
    longest: timedelta

    def __str__(self) -> str:
        """Give it as people write it."""
        return f"{self.sources} sources or {duration_text(self.longest)}"


def _next(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    day = now.astimezone(zone).date()
    moments = [_moment(day + ahead * DAY, at, zone) for ahead in range(3)]
    return next(moment for moment in moments if moment > now)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    # Compared in UTC: an hour that the clocks skip or show twice is still one moment.
    return datetime.combine(day, at, zone).astimezone(UTC)


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f"{hour}:{minute} is no time of day; write for example 08:30") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        problem = f"no time zone is called {name!r}"
        raise ValueError(f"{problem}; write for example America/Los_Angeles or UTC") from None


def daily(value: object) -> DailyAt:
    """Read `daily 08:30 ZONE`; raise ValueError with the remedy."""
    if isinstance(value, DailyAt):
        return value
    match = DAILY.fullmatch(str(value).strip())
    if match is None:
        message = f"{quoted(value)} is no hour of the day; write for example daily 08:30 UTC"
        raise ValueError(message)
    return DailyAt(at=_time(match[1], match[2]), zone=_zone(match[3]))


def night(value: object) -> Night:
    """Read `22:00-07:00 ZONE`; raise ValueError with the remedy."""
    if isinstance(value, Night):
        return value
    match = NIGHT.fullmatch(str(value).strip())
    if match is None:
        message = f"{quoted(value)} are no quiet hours; write for example 22:00-07:00 Europe/London"
        raise ValueError(message)
    begin, end = _time(match[1], match[2]), _time(match[3], match[4])
    if begin == end:
        raise ValueError(
            "quiet hours that end when they begin would never let anything out; change one"
        )
    return Night(begin=begin, end=end, zone=_zone(match[5]))


def wait_for(value: object) -> WaitFor:
    """Read `2 sources or 30m`; raise ValueError with the remedy."""
    if isinstance(value, WaitFor):
        return value
    match = WAIT.fullmatch(str(value).strip())
    if match is None or int(match[1]) < 1:
        raise ValueError(f"{quoted(value)} is no wait; write for example 2 sources or 30m")
    return WaitFor(sources=int(match[1]), longest=duration(match[2]))


Daily = Annotated[DailyAt, BeforeValidator(daily)]
QuietHours = Annotated[Night, BeforeValidator(night)]
Wait = Annotated[WaitFor, BeforeValidator(wait_for)]
