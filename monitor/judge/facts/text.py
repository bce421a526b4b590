"""Document and article → the lines that can prove a fact; matched words → a fact. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from monitor.records import Article, Basis, Entity, Fact, Zone

FURNITURE = re.compile(
    r"(?i)^\W*(?:related|read more|read next|see also|also read|more from|more on this"
    r"|most (?:popular|read)"
    r"|recommended|trending|share (?:on|this)|follow us|never miss|sign up|subscribe"
    r"|support (?:local|our"
    r"|independent|quality)|donate|your (?:donation|gift|support)|stories like (?:this|these)"
    r"|if you value|have a tip|got a tip|skip to|home >|advertisement|sponsored"
    r"|listen to (?:this|the)"
    r"|the reporter can be reached|contact the (?:reporter|author)|by [\w .'’-]{3,60}\||updated:"
    r"|start your day|get the|copyright|all rights reserved|this material may not|courtesy photo"
    r"|photo(?:graph)?(?: by|s?:)|image (?:copyright|caption)|media (?:playback|caption)"
    r"|watch:|video:"
    r"|also in this|up next|popular now|you may (?:also )?like|story continues|in other news|next:"
    r"|(?:editing|reporting) by|tags?:|topics?:|breadcrumb|listen:|do you know more|also on"
    r"|elsewhere:"
    r"|become a member|join (?:us|our)|click here|download (?:our|the) app|© )"
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
DOZEN = 12
MOST_LINES, LONGEST_LINE = 400, 1_500
"""Longer than any news story: what is beyond costs time and proves nothing."""
WORD_NUMBERS = {word: number for number, word in enumerate(_SMALL.split())}
TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_UNITS = "|".join(list(WORD_NUMBERS)[1:])
NUMBER = (
    rf"(?:dozen|\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|(?:{'|'.join(TENS)})(?:[- ](?:{_UNITS}))?"
    rf"|(?:{_UNITS})\b)"
)
CLEARED = re.compile(
    r"(?i)\b(?:exonerat(?:ed|es|ing|ion of)|motion to (?:nolle|vacate|dismiss)|acquit(?:s|ted"
    r"|tal)?|absolved?|absolves|vindicat(?:ed|es)"
    r"|clear(?:s|ed)(?! and convincing)|pardon(?:s|ed)?|quash(?:es|ed)?|annul(?:s|led)?"
    r"|overturn(?:s|ed)?|vacat(?:es|ed|ing)|revers(?:es|ed)|void(?:s|ed)|toss(?:es|ed)"
    r"|thr(?:ew|own|ows) out|set(?:s|ting)? (?:\w+ ){0,6}?aside|struck down|strikes down"
    r"|wiped (?:out|away)"
    r"|eras(?:es|ed)|undid|undoes|undone|dismiss(?:es|ed|ing|al)|drop(?:s|ped)|nolle pros\w+"
    r"|moved to (?:dismiss|vacate|drop)|not guilty|(?:actually|factually) (?:innocent"
    r"|not guilty)|actual innocence"
    r"|declared? (?:him |her |them )?innocent|certificate of innocence|set free|freed"
    r"|walk(?:s|ed) (?:out|free|off)|will not (?:retry|be retried|try)|released)\b"
)
DOUBT = re.compile(
    r"(?i)\b(?:may|might|could|would|whether|if|asks?|asked|asking|seeks?|seeking|sought"
    r"|urged|hopes?"
    r"|expected to|set to|due to|plans? to|wants?|petition(?:ed)? to|refused to|declined to"
    r"|failed to"
    r"|pending|next (?:week|month|year)|until)\b"
)


class Sentence(Protocol):
    """Where a sentence stands in its zone, and in which paragraph."""

    @property
    def zone(self) -> Zone:
        """Title or body."""

    @property
    def start(self) -> int:
        """Offset of its first letter."""

    @property
    def end(self) -> int:
        """Offset after its last letter."""

    @property
    def paragraph(self) -> int:
        """Counted from the title, which is 0."""


class Document(Protocol):
    """A text cut into sentences."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Title first, then the body's in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence that can prove something: its words, and where they stand."""

    text: str
    zone: Zone
    start: int
    end: int
    number: int
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the extractors read: the lines without page furniture, and what is known around them."""

    lines: tuple[Line, ...]
    entities: tuple[Entity, ...] = ()
    published: datetime | None = None
    url: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines below the title."""
        return tuple(line for line in self.lines if line.zone == "body")

    def line_of(self, entity: Entity) -> Line | None:
        """Return the line an entity stands in, unless it is page furniture."""
        for line in self.lines:
            if line.zone == entity.zone and line.start <= entity.start < line.end:
                return line
        return None


def read(document: Document, article: Article, entities: Iterable[Entity]) -> Story:
    """Cut the article into lines, leaving out appeals, link boxes and other page furniture."""
    zones: dict[str, str] = {"title": article.title, "body": article.text}
    lines: list[Line] = []
    furniture: set[int] = set()
    seen: set[int] = set()
    for sentence in document.sentences:
        if sentence.zone not in zones:
            continue
        text = zones[sentence.zone][sentence.start : sentence.end]
        first = sentence.paragraph not in seen
        seen.add(sentence.paragraph)
        if first and sentence.zone == "body" and FURNITURE.match(text):
            furniture.add(sentence.paragraph)
        if len(lines) == MOST_LINES:
            break
        fits = 0 < len(text.strip()) <= LONGEST_LINE
        if fits and sentence.paragraph not in furniture:
            place = (sentence.zone, sentence.start, sentence.end, len(lines), sentence.paragraph)
            lines.append(Line(text, *place))
    return Story(
        lines=tuple(lines),
        entities=tuple(entities),
        published=article.published_at,
        url=article.url,
        zones=zones,
    )


def fact(
    story: Story,
    line: Line,
    span: tuple[int, int],
    value: str | float | tuple[str, ...],
    basis: Basis = "stated",
) -> Fact:
    """Return the fact that the words at `span` of this line support."""
    return Fact(
        value=value,
        basis=basis,
        sentence=line.text,
        zone=line.zone,
        start=line.start + span[0],
        end=line.start + span[1],
        url=story.url,
    )


def matches(
    lines: Iterable[Line], pattern: re.Pattern[str]
) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield each match with its line, in reading order."""
    for line in lines:
        for match in pattern.finditer(line.text):
            yield line, match


def number(text: str) -> int | None:
    """Read `38`, `21,000`, `thirty-nine`; nothing if it is no number."""
    plain = text.strip().lower().replace(",", "")
    if plain.isdigit():
        return int(plain)
    words = re.split(r"[- ]", plain)
    if plain == "dozen":
        return DOZEN
    if len(words) == 1:
        return WORD_NUMBERS.get(plain, TENS.get(plain))
    tens, unit = TENS.get(words[0]), WORD_NUMBERS.get(words[1])
    return tens + unit if tens is not None and unit is not None else None
