"""Title and body → entities: whole words, the longest name wins, doubtful words need company."""

import re
from collections.abc import Iterable, Iterator

from monitor.judge.entities.index import WORD, Alias, Gazetteers, fold
from monitor.judge.entities.owners import Offices, specific
from monitor.records import Entity, Zone

PLACES = frozenset({"state", "county", "city", "country"})
PROPER = PLACES | {"innocence_organisation"}
BEFORE_PLACE = re.compile(
    r"(?:\b(?:in|of|from|near|at|outside|to|around|across|into|for|a|an|the|and|by)|[(,;—]|-\s)\s*$"
)
AFTER_CITY = re.compile(
    r"(?:'s)?\s(?:police|district|da\b|jury|jurors|judge|man\b|woman|men\b|court|prosecutors|"
    r"detectives?|officers?|federal|native|resident|attorney|county|mother|father|teen)|\s?[(—–]"
)
ALSO_COURTS = re.compile(r"(?:superior|justice)(?:'s)? (?:courts?|judges?)\b")
"""A city by such a name is not meant by `Superior Court`."""
NAMES_PLACE = re.compile(r"\b(?:in|at|of|from)\s$")
DATELINE = re.compile(r"\s?(?:[—–:]|-\s|\()")
LONGER_NAME = re.compile(r"[ -][A-Z]")
HINT = 40
LONGEST = 100_000
"""A longer text is read to here."""

Hit = tuple[int, int, tuple[Alias, ...]]


def find(title: str, body: str, gazetteers: Gazetteers, outlet: str = "") -> tuple[Entity, ...]:
    """Return what the gazetteers know of this text, in reading order.

    A county or city found in several states is one entity whose canonical name lists them:
    `Jefferson County, Alabama|Colorado`.
    """
    if not gazetteers.words:
        return ()
    body = body[:LONGEST]
    zones: tuple[tuple[Zone, str], ...] = (("title", title), ("body", body), ("outlet", outlet))
    folded = {zone: fold(text) for zone, text in zones}
    hits = {zone: tuple(_hits(folded[zone], gazetteers)) for zone, _ in zones}
    if not any(hits.values()):
        return ()
    everything = f"{folded['title']}\n{folded['body']}"
    found: list[Entity] = []
    for zone, text in zones:
        kept = _company(hits[zone], text, folded[zone], everything)
        found.extend(_entities(kept, zone, text, gazetteers))
    return specific(found, everything)


def _hits(folded: str, gazetteers: Gazetteers) -> Iterator[Hit]:
    """Yield whole words and phrases; of two that overlap in one kind, only the longer."""
    found: list[Hit] = []
    for word in gazetteers.words.keys() & WORD.findall(folded):
        for phrase, aliases in gazetteers.words[word]:
            start = folded.find(phrase)
            while start >= 0:
                end = start + len(phrase)
                if not (_goes_on(folded, start) or _goes_on(folded, end)):
                    found.append((start, end, aliases))
                start = folded.find(phrase, end)
    covered: dict[str, int] = {}
    longest: dict[str, tuple[int, int]] = {}
    for start, after, aliases in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        kept = tuple(
            alias
            for alias in aliases
            if start >= covered.get(kind := _kind(alias), 0) or longest.get(kind) == (start, after)
        )
        if kept:
            yield start, after, kept
        for alias in kept:
            covered[_kind(alias)] = after
            longest[_kind(alias)] = (start, after)


def _goes_on(folded: str, place: int) -> bool:
    """Tell whether a word goes on across this place."""
    return folded[place - 1 : place].isalnum() and folded[place : place + 1].isalnum()


def _kind(alias: Alias) -> str:
    return "place" if alias.type in PLACES else alias.type


def _company(hits: Iterable[Hit], text: str, folded: str, everything: str) -> Iterator[Hit]:
    hits = tuple(hits)
    states = {start for start, _, aliases in hits if any(a.type == "state" for a in aliases)}
    for start, end, aliases in hits:
        kept = tuple(
            alias
            for alias in aliases
            if _written(alias, text[start:end])
            and _in_company(alias, (start, end), text, folded, everything, states)
        )
        if kept:
            yield start, end, kept


def _written(alias: Alias, surface: str) -> bool:
    if alias.exact:
        return surface.translate({0x2019: "'"}) == alias.exact
    return alias.type not in PROPER or surface[0] == "@" or surface != surface.lower()


def _in_company(
    alias: Alias, span: tuple[int, int], text: str, folded: str, everything: str, states: set[int]
) -> bool:
    start, end = span
    before = folded[max(0, start - HINT) : start]
    if alias.type == "state":
        return not alias.common or before.rstrip().endswith((",", "("))
    if alias.type == "city":
        followed = folded[end : end + 2] == ", " and end + 2 in states
        return _is_city(alias, span, text, folded, followed=followed)
    if alias.type == "country" and before.endswith("new "):
        return False
    if alias.type == "country":
        return not alias.common or bool(NAMES_PLACE.search(before) or DATELINE.match(folded, end))
    return not alias.common or any(word in everything for word in alias.known.near)


def _is_city(
    alias: Alias, span: tuple[int, int], text: str, folded: str, *, followed: bool
) -> bool:
    start, end = span
    if ALSO_COURTS.match(folded, start):
        return False
    if followed or AFTER_CITY.match(folded, end):
        return True
    known = alias.known.famous or BEFORE_PLACE.search(folded, max(0, start - HINT), start)
    return bool(known) and not LONGER_NAME.match(text, end)


def _entities(hits: Iterable[Hit], zone: Zone, text: str, known: Gazetteers) -> Iterator[Entity]:
    offices = Offices(text, known)
    for start, end, aliases in hits:
        for type_ in dict.fromkeys(alias.type for alias in aliases):
            same = [alias for alias in aliases if alias.type == type_]
            yield Entity(
                type=type_,
                name=text[start:end],
                canonical=_canonical(same, text, (start, end), offices),
                source=same[0].source,
                start=start,
                end=end,
                zone=zone,
            )


def _canonical(aliases: list[Alias], text: str, span: tuple[int, int], offices: Offices) -> str:
    first = aliases[0].known
    if aliases[0].type in {"county", "city"}:
        return f"{first.name}, {'|'.join(_states(aliases, text))}"
    if aliases[0].type == "country":
        return first.country or first.name
    if first.owned:
        return offices.unit(first.name, span)
    return first.name


def _states(aliases: list[Alias], text: str) -> list[str]:
    """Return where the place may be: the famous one, unless the text names another's state."""
    states = list(dict.fromkeys(alias.known.state for alias in aliases))
    famous = [alias.known.state for alias in aliases if alias.known.famous]
    named = any(state in text for state in states if state not in famous)
    return states if not famous or (named and not any(s in text for s in famous)) else famous
