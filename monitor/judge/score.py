"""Matches of a beat's queries in a document → evidence, events, score. Pure.

Each signal adds its weight once, by the best zone it stands in. An event counts only where its
sentence asserts it; what boilerplate lines say never counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.judge import wording
from monitor.judge.beat import Beat, Test
from monitor.judge.page import Page
from monitor.judge.query.terms import Sentence
from monitor.judge.stage import ASSERTED, Event, is_past, reading
from monitor.records import Evidence, Match, NearMiss, Stage

PAST = "past"
Matches = Mapping[str, Sequence[Match]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a document says to one beat: the parts of the sum, the events read.

    `alone` are the signals found without the company they need.
    """

    score: float
    evidence: tuple[Evidence, ...] = ()
    events: tuple[Event, ...] = ()
    alone: frozenset[str] = frozenset()


def weigh(beat: Beat, page: Page, matches: Matches) -> Scored:
    """Add up what was found; the sum is that of the evidence, part for part."""
    idle = {test.id for test in beat.signals if test.headline and page.document.body.strip()}
    clean = {k: tuple(_clean(page, v)) for k, v in matches.items() if k not in idle}
    events = [e for test in beat.signals if test.proves for e in _events(beat, page, test, clean)]
    found = list(_fired(beat.signals, page, clean, events))
    evidence = _with_company(beat, found)
    fired = {part.id for part in evidence}
    alone = frozenset(part.id for part in found) - fired
    events = [event for event in events if event.id in fired or event.reading != ASSERTED]
    evidence += [*_freshness(beat, page, events), *_fired(beat.senses, page, clean, ())]
    evidence += wording.evidence(beat.wording, page.document, page.lead_end)
    score = round(sum(part.weight for part in evidence), 3)
    return Scored(score=score, evidence=tuple(evidence), events=tuple(events), alone=alone)


def _clean(page: Page, found: Iterable[Match]) -> Iterator[Match]:
    for match in found:
        if match.zone != "body" or not page.is_boilerplate(page.sentence(match)):
            yield match


def _events(beat: Beat, page: Page, test: Test, found: Matches) -> Iterator[Event]:
    """One event per sentence that the test was found in."""
    by_sentence: dict[Sentence, list[Match]] = {}
    for match in found.get(test.id, ()):
        by_sentence.setdefault(page.sentence(match), []).append(match)
    for sentence, group in by_sentence.items():
        yield _event(beat, page, test, sentence, tuple(group))


def _event(
    beat: Beat, page: Page, test: Test, sentence: Sentence, group: tuple[Match, ...]
) -> Event:
    zone, text = page.zone(group[0]), page.document.quote(sentence)
    start = min(match.start for match in group) - sentence.start
    end = max(match.end for match in group) - sentence.start
    how = _how(beat, page, test, test.anchors, text, (start, end))
    if how == ASSERTED and test.also:
        how = _how(beat, page, test, test.also, text, (start, end))
    return Event(
        id=test.id,
        stage=test.proves or Stage.UNKNOWN,
        zone=zone,
        weight=test.weight.get(zone, 0),
        matches=group,
        sentence=text,
        reading=how,
        fresh=bool(beat.fresh and beat.fresh.search(text)),
    )


def _how(
    beat: Beat,
    page: Page,
    test: Test,
    anchors: Sequence[re.Pattern[str]],
    text: str,
    span: tuple[int, int],
) -> str:
    """How the sentence puts the event: asserted, if any of the words that report it is."""
    how = [_read(beat, page, test, text, *place) for place in _anchors(anchors, text, *span)]
    return ASSERTED if ASSERTED in how else how[0]


def _anchors(
    patterns: Sequence[re.Pattern[str]], text: str, start: int, end: int
) -> list[tuple[int, int]]:
    """The words that must be asserted: those of the first list that has any, inside the match."""
    for pattern in patterns:
        if found := [match.span() for match in pattern.finditer(text, start, end)]:
            return found
    return [(start, end)]


def _read(beat: Beat, page: Page, test: Test, text: str, start: int, end: int) -> str:
    how = reading(beat, test.reads, text, start, end)
    if how == ASSERTED and PAST in test.reads:
        fresh = _freshness_near(beat, text, start, end)
        return PAST if is_past(text, start, end, page.year, fresh) else how
    return how


def _freshness_near(beat: Beat, text: str, start: int, end: int) -> int | None:
    """How many characters away the sentence dates the event at `start:end` to these days."""
    found = beat.fresh.finditer(text) if beat.fresh else ()
    return min((max(one.start() - end, start - one.end(), 0) for one in found), default=None)


def _fired(
    tests: Sequence[Test], page: Page, found: Matches, events: Sequence[Event]
) -> Iterator[Evidence]:
    unasserted = {(e.id, match) for e in events if e.reading for match in e.matches}
    for test in tests:
        kept = tuple(m for m in found.get(test.id, ()) if (test.id, m) not in unasserted)
        weight = max((test.weight.get(page.zone(m), 0) for m in kept), key=abs, default=0)
        if weight:
            yield Evidence(id=test.id, weight=weight, matches=kept)


def _with_company(beat: Beat, evidence: list[Evidence]) -> list[Evidence]:
    """Without the signals that need another one to mean anything, where none of those fired."""
    needs = {test.id: set(test.needs) for test in beat.signals}
    fired = {part.id for part in evidence}
    return [part for part in evidence if not needs[part.id] or needs[part.id] & fired]


def _freshness(beat: Beat, page: Page, events: Iterable[Event]) -> Iterator[Evidence]:
    """An asserted event of the title or lead that the sentence dates to these days."""
    if not beat.fresh or not beat.fresh_weight:
        return
    found: list[Match] = []
    for event in events:
        if event.fresh and event.reading == ASSERTED and event.zone != "body":
            sentence = page.sentence(event.matches[0])
            when = beat.fresh.search(event.sentence)
            if when:
                start = sentence.start + when.start()
                found.append(
                    Match(text=when[0], zone=sentence.zone, start=start, end=start + len(when[0]))
                )
    if found:
        yield Evidence(id="fresh", weight=beat.fresh_weight, matches=tuple(dict.fromkeys(found)))


def near_misses(beat: Beat, scored: Scored, closest: Mapping[str, str]) -> tuple[NearMiss, ...]:
    """Each signal that did not fire, and what came closest to it."""
    fired = {part.id for part in scored.evidence}
    unmade = {
        e.id: f"{e.reading}: {' … '.join(m.text for m in e.matches)!r}"
        for e in scored.events
        if e.reading
    }
    unmade |= {
        test.id: f"found, but without any of {', '.join(test.needs)}"
        for test in beat.signals
        if test.id in scored.alone
    }
    return tuple(
        NearMiss(
            id=test.id,
            weight=max(test.weight.values(), key=abs, default=0.0),
            why=unmade.get(test.id) or closest.get(test.id) or "nothing like it in the text",
        )
        for test in beat.signals
        if test.id not in fired and not test.headline
    )


def proof(page: Page, scored: Scored) -> str:
    """The sentence of the strongest asserted event, one of the text before the title."""
    asserted = [event for event in scored.events if event.reading == ASSERTED]
    if asserted:
        return max(asserted, key=lambda event: (event.zone != "title", event.weight)).sentence
    best = max(scored.evidence, key=lambda part: part.weight, default=None)
    return page.document.quote(page.sentence(best.matches[0])) if best else ""
