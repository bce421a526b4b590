"""How far the test story of the day has come → what to do with it, and whether it is late. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.config.hours import DailyAt
from monitor.watch.decide import Trouble

KEY = "canary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One test story on its way: when it began, and what it has come past.

    `alarmed`: the one before never arrived.
    """

    stamp: str
    begun: datetime
    entry: bool = False
    article: bool = False
    judged: bool = False
    told: bool = False
    missing: tuple[str, ...] = ()
    done: datetime | None = None
    alarmed: bool = False


def stamp(hour: DailyAt, now: datetime) -> str:
    """Name the story of the day by the moment at which it was to begin."""
    return f"{hour.until(now):%Y%m%dT%H%M}"


def stuck(journey: Journey) -> str:
    """Name the part of the way that the story has not come past; nothing where it arrived."""
    if journey.done is not None:
        return ""
    parts: Mapping[str, bool] = {
        "collect: its feed was not polled": journey.entry,
        "read: its page was not read": journey.article,
        "judge: it was not judged": journey.judged,
        "case: it was judged, and no case of it was told": journey.told,
    }
    late = next((part for part, past in parts.items() if not past), "")
    return late or f"deliver: it did not reach {', '.join(journey.missing) or 'any channel'}"


def late(journey: Journey, longest: timedelta, now: datetime) -> Trouble | None:
    """Raise the alarm where the story should have arrived by now."""
    if journey.done is not None or (now < journey.begun + longest and not journey.alarmed):
        return None
    begun = f"{journey.begun:%Y-%m-%d %H:%M} UTC"
    detail = f"the test story of {begun} has not arrived; {stuck(journey)}"
    return Trouble(key=KEY, kind="canary_late", detail=detail)
