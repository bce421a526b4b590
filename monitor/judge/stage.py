"""A sentence and an event in it → asserted, or what unmakes it; events → the legal stage. Pure.

Nothing here understands English; it reads the words the beat lists: within a few words before
(or after) the event and inside the same clause, "not", "is set to", "asked a judge to", "claims".
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
        return not (rule.unless and rule.unless.search(before, found.start()))
    return bool(rule.after and rule.after.match(sentence[end:].lstrip(" ,")))


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


def _strength(event: Event) -> tuple[float, bool]:
    return event.weight + (event.stage == Stage.EXONERATED) * 0.5, event.fresh


def _unasserted(events: Iterable[Event]) -> tuple[Stage, str]:
    for event in events:
        if event.reading in ("sought", "future"):
            return Stage.HEARING, event.sentence
        if event.reading == "claimed":
            return Stage.CLAIM, event.sentence
    return Stage.UNKNOWN, ""
