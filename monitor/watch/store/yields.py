"""What became of each outlet's entries: how many were read, and which wall the others met."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.tables import ArticleRow, EntryRow, FeedRow, StateRow
from monitor.watch.decide import OutletSeen

KEY = "yields"
DAY = timedelta(days=1)
FADE = 0.9  # a day: what was usual a week ago counts half
FAILED = ("retrying", "blocked", "gone", "headline_only")
UNREAD = ("feed", "headline")


def outlets(session: Session, now: datetime) -> dict[str, OutletSeen]:
    """Each outlet's day: entries tried, read, and why not; and the share that usually is read."""
    found = _day(session, now)
    usual = _usual(session, found, now)
    return {
        name: OutletSeen(
            tried=counts.total(),
            read=counts[""],
            walls={wall: count for wall, count in counts.items() if wall},
            usual=usual.get(name),
        )
        for name, counts in found.items()
    }


def _day(session: Session, now: datetime) -> dict[str, Counter[str]]:
    rows = session.execute(
        select(
            FeedRow.outlet,
            FeedRow.name,
            EntryRow.fate,
            EntryRow.reason,
            ArticleRow.read_as,
            ArticleRow.reason,
            func.count(),
        )
        .join(EntryRow, EntryRow.feed_id == FeedRow.id)
        .outerjoin(ArticleRow, ArticleRow.id == EntryRow.article_id)
        .where(EntryRow.first_seen_at >= now - DAY, EntryRow.first_seen_at <= now)
        .group_by(
            FeedRow.outlet,
            FeedRow.name,
            EntryRow.fate,
            EntryRow.reason,
            ArticleRow.read_as,
            ArticleRow.reason,
        )
    )
    found: dict[str, Counter[str]] = {}
    for outlet, name, fate, reason, read_as, why, count in rows:
        wall = _wall(fate, reason, read_as, why)
        if wall is not None:
            found.setdefault(outlet or name, Counter())[wall] += count
    return found


def _wall(fate: str, reason: str, read_as: str | None, why: str | None) -> str | None:
    """Why a page was not read; nothing where it was, None where it was not tried."""
    if read_as is not None and (read_as not in UNREAD or not why):
        return ""
    if read_as is not None or fate in FAILED:
        return why or reason or fate
    return None if fate == "waiting" else ""


def _usual(session: Session, found: Mapping[str, Counter[str]], now: datetime) -> dict[str, float]:
    """The share that is usually read, from the days before; this one is added once a day."""
    row = session.get(StateRow, KEY)
    if row is None:
        row = StateRow(key=KEY, value={}, updated_at=now - DAY)
        session.add(row)
    usual = {name: read / tried for name, (read, tried) in row.value.items() if tried}
    if not timedelta() <= now - row.updated_at < DAY:
        row.value, row.updated_at = _faded(row.value, found), now
    return usual


def _faded(kept: Mapping[str, Any], found: Mapping[str, Counter[str]]) -> dict[str, Any]:
    """Add a day. One on which most was lost is no habit of an outlet that mostly is read."""
    days = {name: [FADE * part for part in parts] for name, parts in kept.items()}
    for name, counts in found.items():
        before = days.setdefault(name, [0.0, 0.0])
        if not before[1] or counts[""] >= counts.total() / 2:
            days[name] = [before[0] + counts[""], before[1] + counts.total()]
    return {
        name: [round(part, 2) for part in parts] for name, parts in days.items() if parts[1] > 1
    }
