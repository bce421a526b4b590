"""Story with its entities → prosecutor and unit, innocence organisations, governor. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import Line, Story, fact, matches
from monitor.records import Entity, Fact

COMMISSION = re.compile(r"Commission\b|Review Group|Relief")
LOCAL_COMMISSION = re.compile(r"District Attorney's|Prosecutor's")
NOT_HELPERS = frozenset({"National Registry of Exonerations", "Death Penalty Information Center"})
OFFICE = re.compile(
    r"(?P<office>(?:[A-Z][\w.-]+ ){1,3}(?:County |Parish )?(?:[Dd]istrict [Aa]ttorney"
    r"|[Ss]tate['’]s [Aa]ttorney|[Ss]tate [Aa]ttorney"
    r"|[Pp]rosecut(?:or|ing [Aa]ttorney)|[Cc]ommonwealth['’]s [Aa]ttorney"
    r"|[Cc]ircuit [Aa]ttorney|[Cc]ounty [Aa]ttorney|[Aa]ttorney [Gg]eneral))\b"
)
OPENING = re.compile(
    r"^(?:(?:The|A|An|In|But|And|On|By|Former|Assistant|Deputy|Then|Current|That|When|As)\s)+"
)
PERSON = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,2}")
GOVERNOR = re.compile(r"\b(?:Gov\.|Governor) (?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2})")
PARDON = re.compile(r"(?i)\bpardon|\bclemency|\bcommut")


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield the bodies named, each with the sentence that names it."""
    units = _entities(story, "conviction_integrity_unit")
    own = [row for row in units if not _is_commission(row[0])]
    if own:
        entity, line = max(own, key=lambda row: len(row[0].canonical))
        yield "prosecutor_unit", _named(story, line, entity, entity.canonical)
    commissions = [row for row in units if _is_commission(row[0])]
    if commissions:
        entity, line = commissions[0]
        yield "review_commission", _named(story, line, entity, entity.canonical)
    helpers = [
        row
        for row in _entities(story, "innocence_organisation")
        if row[0].canonical not in NOT_HELPERS
    ]
    if helpers:
        names = tuple(dict.fromkeys(entity.canonical for entity, _ in helpers))
        entity, line = helpers[0]
        yield "innocence_organisations", _named(story, line, entity, names)
    yield from _office(story)
    yield from _governor(story)


def _is_commission(entity: Entity) -> bool:
    name = entity.canonical
    return bool(COMMISSION.search(name)) and not LOCAL_COMMISSION.search(name)


def _entities(story: Story, kind: str) -> list[tuple[Entity, Line]]:
    found = ((entity, story.line_of(entity)) for entity in story.entities if entity.type == kind)
    return [(entity, line) for entity, line in found if line is not None]


def _named(story: Story, line: Line, entity: Entity, value: str | tuple[str, ...]) -> Fact:
    return fact(story, line, (entity.start - line.start, entity.end - line.start), value)


def _office(story: Story) -> Iterator[tuple[str, Fact]]:
    for line, match in matches(story.body, OFFICE):
        opening = OPENING.match(match["office"])
        start = match.start() + (opening.end() if opening else 0)
        name = line.text[start : match.end()]
        place = re.split(
            (
                r" (?:[Dd]istrict|[Ss]tate|[Pp]rosecut|[Cc]ommonwealth|[Cc]ircuit"
                r"|[Cc]ounty [Aa]|[Aa]ttorney)"
            ),
            name,
        )[0]
        if place != name and not re.search(r"U\.S|United|Justice", place):
            yield "prosecutor", fact(story, line, (start, match.end()), name)
            return


def _governor(story: Story) -> Iterator[tuple[str, Fact]]:
    for line, match in matches(story.lines, GOVERNOR):
        if PARDON.search(line.text):
            yield "governor", fact(story, line, match.span("name"), match["name"].rstrip("."))
            return
