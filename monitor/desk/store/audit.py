"""What the service knows of the people of the Registry: cases, stories, gaps."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from monitor.desk.audit import Known, OurCase, Story, in_time
from monitor.desk.registry import Person
from monitor.desk.store import search
from monitor.judge.group.people import mentioned, name_of, same
from monitor.tables import (
    AlertRow,
    ArticleRow,
    CaseRow,
    EntryRow,
    FeedRow,
    GapRow,
    VerdictRow,
)

BEFORE = timedelta(days=7)
AFTER = timedelta(days=30)
MOST = 20


def everybody(session: Session, people: Sequence[Person]) -> tuple[list[Known], int]:
    """What is known of all whose case ended while we watched; and how many ended before."""
    began: datetime | None = session.scalars(select(func.min(FeedRow.added_at))).one()
    start = began.date() if began else date.max
    ours = [person for person in people if in_time(person, start)]
    cases = list(session.scalars(select(CaseRow).where(CaseRow.merged_into.is_(None))))
    named = [(row, row.facts.get("exonerees", {}).get("value") or []) for row in cases]
    told = set(session.scalars(select(AlertRow.case_id).where(AlertRow.case_id.is_not(None))))
    known = [_known(session, person, named, told) for person in ours]
    return known, len(people) - len(ours)


def _known(
    session: Session, person: Person, named: Sequence[tuple[CaseRow, Any]], told: set[int | None]
) -> Known:
    wanted = name_of(person.name)
    cases = tuple(
        OurCase(id=row.id, opened=row.opened_at.date(), told=row.id in told)
        for row, names in named
        if any(same(wanted, name_of(str(name))) for name in names) and _there(person, row)
    )
    if any(case.told for case in cases):
        return Known(person=person, cases=cases)
    since, until = _window(person)
    stories = (*_read(session, person, since, until), *_unread(session, person, since, until))
    return Known(
        person=person, cases=cases, stories=stories, gaps=_gaps(session, person, since, until)
    )


def _there(person: Person, row: CaseRow) -> bool:
    state = row.facts.get("state", {}).get("value")
    return not state or not person.state or person.state.startswith("Fed") or state == person.state


def _window(person: Person) -> tuple[datetime, datetime]:
    """When news of a case can have been out."""
    year = person.year or (person.posted.year if person.posted else 1970)
    first = person.exonerated or date(year, 1, 1)
    last = person.posted or person.exonerated or date(year, 12, 31)
    since, until = (datetime.combine(day, time(), UTC) for day in (first, max(first, last)))
    return since - BEFORE, until + AFTER


def _read(session: Session, person: Person, since: datetime, until: datetime) -> tuple[Story, ...]:
    """Articles that write the full name."""
    first, last = person.name.split()[0], person.name.split()[-1]
    ids = [row["id"] for row in search.search(session, f"{first} {last}", since=since, limit=MOST)]
    rows = session.scalars(
        select(ArticleRow).where(ArticleRow.id.in_(ids), ArticleRow.first_seen_at <= until)
    )
    named = [row for row in rows if mentioned((person.name,), f"{row.title}\n{row.text}")]
    return tuple(_story(session, row) for row in named)


def _story(session: Session, row: ArticleRow) -> Story:
    verdict = session.scalars(
        select(VerdictRow)
        .where(VerdictRow.article_id == row.id)
        .order_by(VerdictRow.hit.desc(), (VerdictRow.score - VerdictRow.threshold).desc())
    ).first()
    entry = session.scalars(
        select(EntryRow).where(EntryRow.article_id == row.id).order_by(EntryRow.id)
    ).first()
    return Story(
        url=row.url,
        fate=entry.fate if entry else "",
        why=entry.detail if entry else "",
        read_as=row.read_as,
        cut=row.truncated or row.paywalled,
        case_id=verdict.case_id if verdict and verdict.hit else None,
        score=verdict.score if verdict else 0.0,
        threshold=verdict.threshold if verdict else 0.0,
    )


def _unread(
    session: Session, person: Person, since: datetime, until: datetime
) -> tuple[Story, ...]:
    """Entries that name the person where no article was ever made of them."""
    last = person.name.split()[-1].replace("%", "").replace("_", "")
    said = [column.contains(last) for column in (EntryRow.title, EntryRow.summary)]
    rows = session.scalars(
        select(EntryRow)
        .where(or_(*said), EntryRow.article_id.is_(None))
        .where(EntryRow.first_seen_at >= since, EntryRow.first_seen_at <= until)
        .limit(MOST)
    )
    named = [row for row in rows if mentioned((person.name,), f"{row.title}\n{row.summary}")]
    return tuple(Story(url=row.link, fate=row.fate, why=row.detail) for row in named)


def _gaps(session: Session, person: Person, since: datetime, until: datetime) -> tuple[str, ...]:
    if person.exonerated is None:
        return ()  # without a day every gap of the year would be to blame
    until = min(until, since + BEFORE + AFTER)
    rows = session.execute(
        select(FeedRow.name, FeedRow.url, GapRow.since, GapRow.until)
        .join(FeedRow, FeedRow.id == GapRow.feed_id)
        .where(GapRow.until >= since + BEFORE, GapRow.since <= until)
        .order_by(GapRow.since)
        .limit(MOST)
    )
    return tuple(
        f"{name or url} may have dropped stories between {a:%Y-%m-%d %H:%M} and {b:%Y-%m-%d %H:%M}"
        for name, url, a, b in rows
    )
