"""Story with its entities → prosecutor and unit, innocence organisations, governor. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import Line, Story, fact, matches
from monitor.records import Entity, Fact

NOT_HELPING = re.compile(r"Department of Justice|Criminal Justice|Justice Cent(?:er|re)|Review")
COMMISSION = re.compile(r"Commission\b|Review Group|Relief")
LOCAL_COMMISSION = re.compile(r"District Attorney's|Prosecutor's")
NOT_HELPERS = frozenset({"National Registry of Exonerations", "Death Penalty Information Center"})
_CAP = r"[A-ZÀ-Þ](?:[\w'’&-]|\.(?=\w))*"
_HEAD = (
    r"(?:Projects?|Clinics?|Cent(?:er|re)|Initiative|Network|Foundation|Program(?:me)?|Institute"
    r"|Society|Alliance|Coalition|Trust|Group|Organi[sz]ation|Collective|Association|Committee"
    r"|Campaign|Fellowship|Canada|Ireland|Manitoba|Ontario|Quebec|Alberta|Scotland|London|Wales"
    r"|Africa"
    r"|Australia|New Zealand)"
)
_CAUSE = (
    r"(?:Wrongful(?:ly)? (?:Convict\w+|Imprison\w+|Accused)|(?:Actual )?Innocence|(?:the )?Innocent"
    r"|Exonerat\w+|Exonerees?|Miscarriages? of Justice|Post-?[Cc]onviction(?: Justice| Relief)?)"
)
HELPER = re.compile(
    rf"(?:{_CAP} ){{0,5}}(?:(?:{_CAUSE}|Justice)\b(?: (?:and"
    rf"|&) {_CAP})?(?: {_CAP}){{0,2}}? {_HEAD}\b"
    rf"|{_HEAD} (?:on|for|of|in|against|to [A-Z]\w+) (?:(?:the|Defen[cs]e of the) )?{_CAUSE})\b"
    rf"(?! of (?:Exonerations|Justice)| (?:[Dd]ivision|[Uu]nit|[Bb]ureau))(?: (?:of|at"
    rf"|for) (?:the )?(?:University of )?{_CAP}(?: {_CAP})?"
    r"(?: School of Law| Law School| University)?)?"
)
NO_NAME = re.compile(
    r"^(?:(?:The|A|An|In|But|And|On|At|By|When|As|His|Her|Their|With|Both|Students|Lawyers"
    r"|Attorneys?"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Enter|From|Meanwhile|Later"
    r"|Then|[\w.]+['’]s)\s)+"
)
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
    helpers = sorted(_helpers(story), key=lambda row: (row[1].number, row[2]))
    if helpers:
        _, line, span = helpers[0]
        names = tuple(dict.fromkeys(name for name, _, _ in helpers))
        yield "innocence_organisations", fact(story, line, span, names)
    yield from _office(story)
    yield from _governor(story)


def _helpers(story: Story) -> Iterator[tuple[str, Line, tuple[int, int]]]:
    """Yield the organisations that the gazetteer knows, and those whose name says what they do."""
    known = _entities(story, "innocence_organisation")
    named = [(line, *_own_name(match)) for line, match in matches(story.lines, HELPER)]
    for line, name, span in named:
        if NOT_HELPING.search(name):
            continue
        same = [
            entity
            for entity, at in known
            if at is line
            and entity.start - line.start < span[1]
            and span[0] < entity.end - line.start
        ]
        if not any(_whole(entity, line, span) for entity in same):
            yield name, line, span
    for entity, line in known:
        span = (entity.start - line.start, entity.end - line.start)
        longer = [
            at for other, _, at in named if other is line and at[0] <= span[0] and span[1] <= at[1]
        ]
        covered = any(not _whole(entity, line, at) for at in longer)
        if entity.canonical not in NOT_HELPERS and not covered:
            yield entity.canonical, line, span


def _own_name(match: re.Match[str]) -> tuple[str, tuple[int, int]]:
    opening = NO_NAME.match(match[0])
    start = match.start() + (opening.end() if opening else 0)
    return match.string[start : match.end()], (start, match.end())


def _whole(entity: Entity, line: Line, span: tuple[int, int]) -> bool:
    """Tell whether the gazetteer means all of this name, if perhaps by a longer one of its own."""
    end = entity.end - line.start
    at_start = entity.start - line.start <= span[0] or entity.canonical != entity.name
    return at_start and end >= span[1]


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
