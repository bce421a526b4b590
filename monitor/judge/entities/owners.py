"""A unit's generic name in its text → the name of the unit it is there."""

import re
from collections.abc import Iterable

from monitor.judge.entities.index import TITLES, Gazetteers, fold
from monitor.judge.gazetteer import Known
from monitor.records import Entity

OFFICE = re.compile(
    r"(?P<place>(?:[A-Z][\w.\-]*(?:['’]s)?\s){1,4}?)"
    rf"(?P<title>(?i:{TITLES.replace(chr(39), '[' + chr(39) + '’]')}|prosecutors|DA|D\.A\.))"
    r"(?![\w-])"
)
PLACE_BEFORE = re.compile(r"((?:[A-Z][\w.\-]*\s){0,3}[A-Z][\w.\-]*)(?:['’]s)?\s+$")
EMPTY = re.compile(
    r"^(?:(?:The|A|An|Former|Acting|Assistant|Deputy|Chief|Then|In|But|And|On|By)\s)+"
)
BEFORE, AFTER, HINT = 110, 90, 60
SHORT = "Innocence Project"
NATIONAL = re.compile(
    r"(?i)(?:national|new york-based|new york's) innocence project"
    r"|innocence project,? (?:in|of|based in|a|which is based in) (?:new york|national|nonprofit)"
)


def owned_name(unit: str, text: str, span: tuple[int, int], known: Gazetteers) -> str:
    """Name the unit by the place before it, the office beside it, or the text's only office."""
    start, end = span
    written = _title_case(text[start:end]) if not text[start:end].isupper() else unit
    place = PLACE_BEFORE.search(text, max(0, start - HINT), start)
    if place and (found := _unit(place[1], text, known)):
        return found.name
    near = [
        match
        for match in OFFICE.finditer(text, max(0, start - BEFORE), min(len(text), end + AFTER))
        if EMPTY.sub("", match["place"]).strip()
    ]
    nearest = min(near, key=lambda m: abs(m.start() - start), default=None)
    named = _office(nearest, text, known, written) if nearest else ""
    return named or _only_office(text, known, written) or written


def specific(entities: Iterable[Entity], text: str) -> tuple[Entity, ...]:
    """Give "the Innocence Project" the one full name that the text has for it, if it has one."""
    entities = tuple(entities)
    full = {
        entity.canonical
        for entity in entities
        if entity.type == "innocence_organisation" and SHORT in entity.canonical
    } - {SHORT}
    if len(full) != 1 or NATIONAL.search(text):
        return entities
    return tuple(
        Entity(
            type=entity.type,
            name=entity.name,
            canonical=next(iter(full)),
            source=entity.source,
            start=entity.start,
            end=entity.end,
            zone=entity.zone,
        )
        if entity.canonical == SHORT
        else entity
        for entity in entities
    )


def _only_office(text: str, known: Gazetteers, unit: str) -> str:
    named = {
        found
        for match in OFFICE.finditer(text)
        if EMPTY.sub("", match["place"]).strip() and (found := _office(match, text, known, unit))
    }
    return named.pop() if len(named) == 1 else ""


def _office(match: re.Match[str], text: str, known: Gazetteers, unit: str) -> str:
    """Return the name of this office's unit, known or not; nothing if the place is no place."""
    place = EMPTY.sub("", match["place"]).strip().replace("’", "'").removesuffix("'s")
    if found := _unit(place, text, known):
        return found.name
    title = _title_case(match["title"].replace("’", "'"))
    if not place.endswith(("County", "Parish")) or title not in TITLES.split("|"):
        return ""
    return f"{place} {title}'s {unit}"


def _unit(place: str, text: str, known: Gazetteers) -> Known | None:
    """Return the unit of the office at this place, if only one can be meant."""
    units = known.owners.get(fold(place.strip()), ())
    if len(units) > 1:
        units = tuple(unit for unit in units if unit.state in text)
    return units[0] if len(units) == 1 else None


def _title_case(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split())
