"""The Registry's people and what we know of each → which we missed, at which stage, and our lead.

Pure. A person counts as found when somebody was told of the case.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from monitor.desk.registry import Person

STAGES = ("no feed", "gap", "blocked", "truncated", "judged no", "merged", "muted")
UNREAD = ("blocked", "gone", "retrying", "headline_only")
SHORTENED = ("headline", "feed")
EARLY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article that names a person, and what became of it; no `case_id` where it is no hit."""

    url: str
    fate: str = ""
    why: str = ""
    read_as: str = "page"
    cut: bool = False
    case_id: int | None = None
    score: float = 0.0
    threshold: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OurCase:
    """A case that names a person: since when we have it, and whether anybody was told."""

    id: int
    opened: date
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that we know of one person of the Registry."""

    person: Person
    cases: tuple[OurCase, ...] = ()
    stories: tuple[Story, ...] = ()
    gaps: tuple[str, ...] = ()


def in_time(person: Person, start: date) -> bool:
    """Whether a case ended while we were watching: older ones could not be ours."""
    if person.exonerated is not None:
        return person.exonerated >= start - EARLY
    if person.posted is not None and person.posted < start:
        return False
    return person.year is None or person.year >= start.year


def blame(known: Known) -> tuple[str, str]:
    """The stage at which a case was lost, and the words that show it."""
    if known.cases:
        return "muted", f"case {known.cases[0].id} was found and nobody was told"
    joined = [story for story in known.stories if story.case_id is not None]
    if joined:
        return "merged", f"case {joined[0].case_id} is about somebody else: {joined[0].url}"
    unread = [story for story in known.stories if story.fate in UNREAD]
    if unread:
        return "blocked", f"{unread[0].url}: {unread[0].why or unread[0].fate}"
    cut = [story for story in known.stories if story.cut or story.read_as in SHORTENED]
    whole = [story for story in known.stories if story not in cut]
    if whole:
        best = max(whole, key=lambda story: story.score - story.threshold)
        return "judged no", f"{best.url}: {best.score:.2f} of {best.threshold:g}"
    if cut:
        return "truncated", f"{cut[0].url}: only its beginning could be read"
    nothing = ("no feed", "no feed brought a story that names this person")
    return ("gap", known.gaps[0]) if known.gaps else nothing


def report(everybody: Sequence[Known], *, before: int) -> dict[str, Any]:
    """Whom we found and by how many days we led, whom we missed and where; figures over all."""
    found, missed = [], []
    for known in everybody:
        ours = [case for case in known.cases if case.told]
        if ours:
            found.append(_found(known.person, min(ours, key=lambda case: case.opened)))
        else:
            stage, why = blame(known)
            missed.append({**_person(known.person), "stage": stage, "why": why})
    leads = [row["lead_days"] for row in found if row["lead_days"] is not None]
    counted = Counter(row["stage"] for row in missed)
    return {
        "schema": 1,
        "people": len(everybody),
        "before_us": before,
        "found": found,
        "missed": missed,
        "by_stage": {stage: counted[stage] for stage in STAGES},
        "lead_days": {"median": median(leads), "least": min(leads), "most": max(leads)}
        if leads
        else None,
    }


def _found(person: Person, case: OurCase) -> dict[str, Any]:
    lead = (person.posted - case.opened).days if person.posted else None
    return {
        **_person(person),
        "case_id": case.id,
        "opened": case.opened.isoformat(),
        "lead_days": lead,
    }


def _person(person: Person) -> Mapping[str, Any]:
    return {
        "name": person.name,
        "state": person.state,
        "county": person.county,
        "exonerated": person.exonerated.isoformat() if person.exonerated else person.year,
        "posted": person.posted.isoformat() if person.posted else None,
    }
