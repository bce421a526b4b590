"""A unit's generic name in its text → the name of the unit it is there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

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
    r"(?i)innocence project and the [\w ]{0,40}innocence project|(?:national|new york-based"
    r"|new york's) innocence project"
    r"|innocence project,? (?:in|of|based in|a|which is based in) (?:new york|national|nonprofit)"
)


@dataclass(frozen=True)
class Offices:
    """The prosecutors' offices of one text, and which unit a generic name means beside them."""

    text: str
    known: Gazetteers

    def unit(self, generic: str, span: tuple[int, int]) -> str:
        """Name a unit by the place before it, the office beside it, or the text's only office."""
        start, end = span
        text = self.text
        written = _title_case(text[start:end]) if not text[start:end].isupper() else generic
        place = PLACE_BEFORE.search(text, max(0, start - HINT), start)
        if place and (found := self._at(place[1])):
            return found.name
        near = self._offices(max(0, start - BEFORE), min(len(text), end + AFTER))
        nearest = min(near, key=lambda match: abs(match.start() - start), default=None)
        named = self._named(nearest, written) if nearest else ""
        return named or (self._named(self._only, written) if self._only else "") or written

    def _offices(self, start: int, end: int) -> list[re.Match[str]]:
        found = OFFICE.finditer(self.text, start, end)
        return [match for match in found if _place(match)]

    @cached_property
    def _only(self) -> re.Match[str] | None:
        """The one office of the text, if all that it names are the same."""
        offices = {self._named(match, ""): match for match in self._offices(0, len(self.text))}
        offices.pop("", None)
        return next(iter(offices.values())) if len(offices) == 1 else None

    def _named(self, office: re.Match[str], unit: str) -> str:
        """The name of this office's unit, known or not; nothing if the place is no place."""
        place = _place(office)
        if found := self._at(place):
            return found.name
        title = _title_case(office["title"].replace("’", "'"))
        if not place.endswith(("County", "Parish")) or title not in TITLES.split("|"):
            return ""
        return f"{place} {title}'s {unit}"

    def _at(self, place: str) -> Known | None:
        """The unit of the office at this place, if only one can be meant."""
        units = self.known.owners.get(fold(place.strip()), ())
        if len(units) > 1:
            units = tuple(unit for unit in units if unit.state in self.text)
        return units[0] if len(units) == 1 else None


def _place(office: re.Match[str]) -> str:
    return EMPTY.sub("", office["place"]).strip().replace("’", "'").removesuffix("'s")


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
        replace(entity, canonical=next(iter(full))) if entity.canonical == SHORT else entity
        for entity in entities
    )


def _title_case(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:].lower() for word in text.split())
