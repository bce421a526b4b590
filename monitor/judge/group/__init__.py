"""A hit + the beat's candidate cases → the case it belongs to, and why. Pure.

Is the text a copy of one we have? If not: which case does it tell in other words? How alike the
words must be depends on how the people named tie the two: a full name needs little more, and
other people are another case. Later than some days, only a person ties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.judge.decide import LADDER
from monitor.judge.group import copies, people, places, words
from monitor.judge.group.clues import clues
from monitor.judge.group.people import Tie
from monitor.records import Article, Case, Fact, Joined, Telling, Verdict

__all__ = ["CASE_WINDOW", "COPY_WINDOW", "choose", "clues", "telling"]

CONTAINED = 0.3
CONTAINED_OWN = 0.5  # one outlet's pages share their furniture
SHARED_BY = 2  # shingles in more cases than this are no copy
UNSURE = 0.04
LONGEST = 100  # of a title inside a reason
COPY_WINDOW = timedelta(days=30)
STORY_WINDOW = timedelta(days=4)
LATE_WINDOW = timedelta(days=14)
CASE_WINDOW = timedelta(days=730)
NEVER = 9.0
SOON = {Tie.NAMED: 0.05, Tie.MENTIONED: 0.07, Tie.SURNAME: 0.10, Tie.UNKNOWN: 0.14}
LATE = {Tie.NAMED: 0.07, Tie.MENTIONED: 0.12, Tie.SURNAME: 0.25, Tie.UNKNOWN: 0.35}
MONTHS = {Tie.NAMED: 0.07, Tie.MENTIONED: 0.14, Tie.SURNAME: 0.30}
ELSEWHERE, OTHERWISE, SAME_PLACE = 0.2, 0.1, 0.03
PLACES = frozenset({"state", "county", "city", "country"})
NEW_SENTENCE, SENTENCE_SHINGLE = 0.2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How a hit compares with a case: how alike, how alike it would have to be, and why."""

    case: Case
    alike: float
    needed: float
    tie: Tie
    person: str = ""
    against: str = ""

    @property
    def margin(self) -> float:
        """Above 0 they are one."""
        return self.alike - self.needed


def telling(article: Article, verdict: Verdict, now: datetime) -> Telling:
    """A hit as grouping sees it."""
    names = verdict.facts.get("exonerees", Fact()).value
    count = verdict.facts.get("people_count", Fact()).value
    return Telling(
        text=article.text,
        title=article.title,
        outlet=article.outlet,
        at=min(article.published_at or now, now),
        people=names if isinstance(names, tuple) else (),
        count=count if isinstance(count, int) else 0,
    )


def choose(article: Article, verdict: Verdict, cases: Sequence[Case], now: datetime) -> Joined:
    """Find the case that this hit belongs to; `case_id` None means that it opens one."""
    hit = telling(article, verdict, now)
    found = _likenesses(hit, verdict, cases)
    if copied := _copied(hit, found):
        return _copy(verdict, copied)
    best = max(found, key=lambda one: one.margin, default=None)
    if best is None or best.margin < -UNSURE:
        return Joined(case_id=None, why=_namesake(found) or "no case like it")
    if best.margin < 0:
        why = f"possibly the same as case {best.case.id}: “{_short(best.case.title)}”"
        return Joined(case_id=None, why=why, unsure=True, like=best.case.id)
    return Joined(case_id=best.case.id, why=_why(best))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"


def _why(best: Likeness) -> str:
    if best.tie >= Tie.MENTIONED:
        return f"the same person: {best.person} ({best.alike:.2f} alike)"
    if best.tie is Tie.SURNAME:
        return f"the same surname and event: {best.person} ({best.alike:.2f} alike)"
    return f"the same event in other words ({best.alike:.2f} alike)"


def _namesake(found: Sequence[Likeness]) -> str:
    for one in found:
        if one.tie is Tie.NAMED and one.against:
            return f"another {one.person} than in case {one.case.id}: {one.against}"
    return ""


def _likenesses(hit: Telling, verdict: Verdict, cases: Sequence[Case]) -> list[Likeness]:
    own = words.read(hit.title, hit.text)
    theirs = {case.id: [words.read(t.title, t.text) for t in case.tellings] for case in cases}
    weights = words.rarity([own, *(story for stories in theirs.values() for story in stories)])
    places_named = words.parts(e.name for e in verdict.entities if e.type in PLACES)
    mine = words.weigh(own, weights, places_named)
    found = []
    for case in cases:
        tie, person = _tie(hit, case)
        names = words.parts((*hit.people, *_people(case))) if tie > Tie.UNKNOWN else frozenset()
        others = (words.weigh(story, weights, places_named) for story in theirs[case.id])
        alike = max((words.cosine(mine, other, names) for other in others), default=0.0)
        found.append(_likeness(hit, verdict, case, tie, person, alike))
    return found


def _likeness(
    hit: Telling, verdict: Verdict, case: Case, tie: Tie, person: str, alike: float
) -> Likeness:
    gap = min((abs(hit.at - told.at) for told in case.tellings), default=CASE_WINDOW)
    table = SOON if gap <= STORY_WINDOW else LATE if gap <= LATE_WINDOW else MONTHS
    needed = table.get(tie, NEVER)
    told = words.fold("\n".join(t.text for t in case.tellings))
    text = words.fold(f"{hit.title}\n{hit.text}")
    against = ""
    place = places.elsewhere(verdict.facts, text, case.facts, told, countries=tie is Tie.NAMED)
    if place:
        needed, against = needed + ELSEWHERE, place
    elif tie >= Tie.SURNAME and places.agree(verdict.facts, case.facts):
        needed -= SAME_PLACE
    if crime := places.otherwise(verdict.facts, case.facts):
        needed, against = needed + OTHERWISE, against or crime
    return Likeness(case=case, alike=alike, needed=needed, tie=tie, person=person, against=against)


def _people(case: Case) -> tuple[str, ...]:
    told = (name for telling in case.tellings for name in telling.people)
    value = case.facts.get("exonerees", Fact()).value
    return tuple(dict.fromkeys((*(value if isinstance(value, tuple) else ()), *told)))


def _tie(hit: Telling, case: Case) -> tuple[Tie, str]:
    """How the people named tie a hit to a case, and by whom."""
    theirs = _people(case)
    if person := people.shared(hit.people, theirs):
        return Tie.NAMED, person
    own = f"{hit.title}\n{hit.text}"
    told = [f"{t.title}\n{t.text}" for t in case.tellings]
    if person := next(filter(None, (people.mentioned(hit.people, text) for text in told)), ""):
        return Tie.MENTIONED, person
    if person := people.mentioned(theirs, own):
        return (Tie.UNKNOWN if hit.people else Tie.MENTIONED), person
    if person := people.surname(theirs, own, others=hit.people):
        return Tie.SURNAME, person
    for text in told:
        person = people.surname(hit.people, text, others=theirs)
        if person and people.may_be(person, text):
            return Tie.SURNAME, person
    groups = hit.count > 1 and any(t.count > 1 for t in case.tellings)
    return (Tie.APART if hit.people and theirs and not groups else Tie.UNKNOWN), ""


def _copied(hit: Telling, found: Sequence[Likeness]) -> Likeness | None:
    """The case that has this text already, unless the two name different people."""
    near = [one for one in found if one.tie is not Tie.APART]
    made = {
        one.case.id: [
            (copies.shingles(words.read(t.title, t.text).order), t.outlet)
            for t in one.case.tellings
            if abs(hit.at - t.at) <= COPY_WINDOW
        ]
        for one in near
    }
    common = copies.boilerplate(([s for s, _ in told] for told in made.values()), SHARED_BY)
    own = copies.shingles(words.read(hit.title, hit.text).order) - common
    for one in near:
        for theirs, outlet in made[one.case.id]:
            least = CONTAINED_OWN if outlet and outlet == hit.outlet else CONTAINED
            if copies.contained(own, theirs - common) >= least:
                return one
    return None


def _sentences(text: str) -> frozenset[int]:
    return copies.shingles(words.read("", text).order, SENTENCE_SHINGLE)


def _copy(verdict: Verdict, of: Likeness) -> Joined:
    """A copy is silent, unless it has grown a sentence that takes the case to a new stage."""
    case = of.case
    if LADDER.index(verdict.stage) > LADDER.index(case.stage):
        grown = _sentences(verdict.stage_sentence)
        told = frozenset[int]().union(*(_sentences(t.text) for t in case.tellings))
        if grown and len(grown & told) < NEW_SENTENCE * len(grown):
            why = "a newer version of an article of this case"
            return Joined(case_id=case.id, why=why)
    return Joined(case_id=case.id, why="the same text as an article of this case", copy=True)
