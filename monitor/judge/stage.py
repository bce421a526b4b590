"""A sentence and an event in it → asserted, or what unmakes it; events → the legal stage. Pure.

The words are those the beat lists: within a few words before (or after) the event and inside the
same clause, "not", "is set to", "asked a judge to", "claims". Only dates are known here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.judge.beat import Beat, Reading, Rule
from monitor.records import Match, Stage

ASSERTED = ""
CLAUSE = re.compile(
    r"[;:\u2013\u2014]|,\s+(?=(?:were|was|has|have|had|is|are)\b)|\s--?\s|--"
    r"|,\s+(?:but|and|which|who|whose|while|although|though|after|when)\b"
    r"|\b(?:but|after|although|though|because|when|while|despite)\b"
    r"|[\"\u201d],?\s",
    re.IGNORECASE,
)
WORD = re.compile(r"[\w'\u2019#@-]+")
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter"
)
CRIME = (
    "murders?|killings?|slayings?|rapes?|robber(?:y|ies)|arson|assassination|deaths?|case"
    "|shootings?|stabbing|bombings?|blasts?|attacks?|fire|disappearances?|kidnapping|assault|burglary|massacre|homicides?"
    "|crimes?|trial|verdict|convictions?|heist|lynching|hanging|crash|slay|abduction"
)
YEAR = re.compile(
    rf"(?:\b(?:in|since|by|during|on|of|from)\s+(?:(?:early|late|mid|the)[\s-]+)*"
    rf"(?:(?:{MONTHS})\.?,?\s+(?:of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)?"
    rf"|\b(?:{MONTHS})\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)"
    rf"((?:19|20)\d\d)\b(?!(?:[\s,]+(?!(?:that|which|who|when|and|but)\b)[\w'-]+){{0,3}}"
    rf"\s+(?:{CRIME})\b)",
    re.IGNORECASE,
)
AGO = re.compile(r"\b[\w-]+\s+(?:years?|decades?|months)\s+ago\b", re.IGNORECASE)
ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OTHER_EVENT = re.compile(
    r"\b(?:convicted|sentenced|arrested|found guilty|murder|killing|killed|jailed|imprisoned|crime"
    r"|slaying|rape|trial|shot|died|death(?! row)|born|executed|hanged"
    r"|electrocuted|served|serving|held|since|charged|accused|attack|bombing|locked|kept"
    r"|behind bars|rendered|imposed|handed|given|prison|incarcerated|condemned|pleaded|stabbing"
    r"|robbery|fire)\b",
    re.IGNORECASE,
)
YEAR_REACH = 45
BESIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One place where a signal that proves a stage was found, and how its sentence puts it."""

    id: str
    stage: Stage
    zone: str
    weight: float
    matches: tuple[Match, ...]
    sentence: str
    reading: str = ASSERTED
    fresh: bool = False


def reading(beat: Beat, reads: Sequence[str], sentence: str, start: int, end: int) -> str:
    """How the sentence puts the event at `start:end`: the first reading that holds, or asserted."""
    for rule in beat.readings:
        if rule.name in reads and _holds(rule, sentence, start, end):
            return rule.name
    return ASSERTED


def _holds(rule: Reading, sentence: str, start: int, end: int) -> bool:
    before = _window(sentence[:start], rule.reach)
    if rule.before and (found := _last(rule.before, before)):
        return not _excused(rule.unless, before, found.start())
    return bool(rule.after and rule.after.match(sentence[end:].lstrip(" ,")))


def _excused(unless: re.Pattern[str] | None, before: str, start: int) -> bool:
    """Whether an excusing phrase takes in the word at `start`, or follows it."""
    return unless is not None and any(m.end() > start for m in unless.finditer(before))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _window(text: str, reach: int) -> str:
    """The last words before the event that belong to its clause."""
    if cut := _last(CLAUSE, text):
        text = text[cut.end() :]
    words = list(WORD.finditer(text))
    return text[words[-reach].start() :] if len(words) > reach else text


def decide(events: Iterable[Event], rules: Mapping[Rule, str]) -> tuple[Stage, str]:
    """The stage, and the sentence that names it.

    `rules` are the stage rules that hold, with their sentences. A rule may overrule the stages
    it lists in `over`; else a proven event comes first, then the rules, then unasserted events.
    """
    asserted = [event for event in events if event.reading == ASSERTED]
    best = max(asserted, key=_strength, default=None)
    for rule, sentence in rules.items():
        if best is None or best.stage in rule.over:
            return rule.stage, sentence
    if best is not None:
        return best.stage, best.sentence
    return _unasserted(events)


def _strength(event: Event) -> tuple[bool, bool, float, bool]:
    """Title and lead go before the body, what ends a case before what does not."""
    near = event.zone != "body"
    return near, event.stage == Stage.EXONERATED, event.weight, event.fresh


def _unasserted(events: Iterable[Event]) -> tuple[Stage, str]:
    for event in events:
        if event.reading in ("sought", "future"):
            return Stage.HEARING, event.sentence
        if event.reading == "claimed":
            return Stage.CLAIM, event.sentence
    return Stage.UNKNOWN, ""


def is_past(
    sentence: str, start: int, end: int, year: int | None, fresh: int | None = None
) -> bool:
    """An earlier year than the article's, or "three years ago", stands by it and dates it.

    `fresh` is how many characters away "today" or "on Monday" stands, if it does: an earlier
    year farther off than that dates the event only from right beside it.
    """
    for ago in AGO.finditer(sentence):
        if ago.start() < start and not OTHER_EVENT.search(sentence[ago.end() : start]):
            return True
    if year is None:
        return False
    return any(
        int(found[1]) < year and _dates(sentence, start, end, found, fresh)
        for found in YEAR.finditer(sentence)
    )


def _dates(sentence: str, start: int, end: int, year: re.Match[str], fresh: int | None) -> bool:
    """Nothing but the event stands beside the year: no other event, no clause of its own."""
    after = year.start() >= end
    gap = sentence[end : year.start()] if after else sentence[year.end() : start]
    newer = fresh is not None and fresh <= len(gap)
    if len(gap) > (BESIDE if newer else _reach(sentence, year, after=after)):
        return False
    if after and ("," in gap or year[0].lower().startswith("since")):
        return False
    return not OTHER_EVENT.search(gap)


def _reach(sentence: str, year: re.Match[str], *, after: bool) -> int:
    """A year that opens its sentence dates all of it."""
    opens = not after and not sentence[: year.start()].strip()
    return len(sentence) if opens else YEAR_REACH


def year_of(text: str) -> int | None:
    """The latest year an article names, for an article without a date."""
    return max((int(year) for year in ANY_YEAR.findall(text)), default=None)
