"""Title, body, outlet, URL → a document of folded words with places. Pure, lazy, fast.

How words are folded is written in `folding`; how sentences end, in `sentences`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from monitor.judge.query.folding import canonical, fold, pattern, split, words
from monitor.judge.query.sentences import paragraphs, sentences
from monitor.records import Zone

__all__ = ["Document", "Field", "Sentence", "Unit", "fold", "read", "words"]

Field = Literal["text", "title", "lead", "body", "outlet", "url"]
Unit = Literal["sentence", "paragraph"]

LEAD_PARAGRAPHS = 2
LEAD_WORDS = 80
LEAD_MOST_WORDS = 160

_ZONES: tuple[Zone, ...] = ("title", "body", "outlet", "url")


class Sentence(NamedTuple):
    """Where a sentence stands: `part(zone)[start:end]`; paragraphs count from the title."""

    zone: Zone
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """An article as words: positions count through title, body, outlet, URL, in this order.

    What it knows of its text is worked out when first asked for, and kept.
    """

    title: str = ""
    body: str = ""
    outlet: str = ""
    url: str = ""

    def part(self, zone: Zone) -> str:
        """The original text of a zone."""
        text: str = getattr(self, zone)
        return text

    def quote(self, sentence: Sentence) -> str:
        """The original text of a sentence."""
        return self.part(sentence.zone)[sentence.start : sentence.end]

    @cached_property
    def canonical(self) -> tuple[str, str, str, str]:
        """Title, body, outlet, URL in lower case, character for character."""
        return (
            canonical(self.title),
            canonical(self.body),
            canonical(self.outlet),
            canonical(self.url),
        )

    @cached_property
    def _zones(self) -> tuple[list[str], ...]:
        return tuple(split(low) for low in self.canonical)

    @cached_property
    def tokens(self) -> list[str]:
        """Every folded word."""
        title, body, outlet, url = self._zones
        return [*title, *body, *outlet, *url]

    @cached_property
    def ends_of_zones(self) -> tuple[int, int, int, int]:
        """The position after the last word of title, body, outlet, URL."""
        title, body, outlet, url = (len(found) for found in self._zones)
        return title, title + body, title + body + outlet, title + body + outlet + url

    @cached_property
    def keys(self) -> list[str]:
        """Every word of title and body; `outlet:word` and `url:word` for the other two."""
        title, body, outlet, url = self._zones
        sides = (("outlet", outlet), ("url", url))
        return [*title, *body, *(f"{side}:{word}" for side, zone in sides for word in zone)]

    @cached_property
    def _split(self) -> tuple[list[int], list[str]]:
        """Position → where the word starts, and the word as matched, with its possessive."""
        starts: list[int] = []
        found: list[str] = []
        for low in self.canonical:
            pieces = pattern(low, outer=True).split(low)
            starts += list(accumulate(map(len, pieces), initial=0))[1:-1:2]
            found += pieces[1::2]
        return starts, found

    @property
    def starts(self) -> list[int]:
        """Position → offset of its first character in the original text of its zone."""
        return self._split[0]

    def offset(self, place: int) -> tuple[int, int]:
        """Where a word starts and ends in the original text of its zone."""
        starts, found = self._split
        size = len(found[place])
        return starts[place], starts[place] + size - 2 * found[place].endswith("'s")

    def zone_of(self, place: int) -> Zone:
        """The zone a position is in."""
        title, body, outlet, _ = self.ends_of_zones
        if place < body:
            return "title" if place < title else "body"
        return "outlet" if place < outlet else "url"

    def field(self, name: Field) -> tuple[int, int]:
        """First position of a field, and the one after its last; `text` is title and body."""
        title, body, outlet, url = self.ends_of_zones
        if name == "lead":
            return title, self.lead_end
        return {
            "text": (0, body),
            "title": (0, title),
            "body": (title, body),
            "outlet": (body, outlet),
            "url": (outlet, url),
        }[name]

    @cached_property
    def lead_end(self) -> int:
        """The position after the lead: two paragraphs, more up to 80 words, never over 160."""
        title, body, *_ = self.ends_of_zones
        low, words, start = self.canonical[1], 0, 0
        for paragraph in self.paragraphs[1 + LEAD_PARAGRAPHS :]:
            words += len(split(low[start : paragraph.start]))
            if words >= LEAD_WORDS:
                return title + min(words, LEAD_MOST_WORDS)
            start = paragraph.start
        return min(body, title + LEAD_MOST_WORDS)

    @cached_property
    def paragraphs(self) -> tuple[Sentence, ...]:
        """The title, then the paragraphs of the body."""
        spans = enumerate(paragraphs(self.body), 1)
        title = Sentence("title", 0, len(self.title), 0)
        return (title, *(Sentence("body", *span, number) for number, span in spans))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The title as one sentence, then the sentences of the body."""
        return (
            self.paragraphs[0],
            *(
                Sentence("body", *span, p.paragraph)
                for p in self.paragraphs[1:]
                for span in sentences(self.body, p.start, p.end)
            ),
        )

    @cached_property
    def _firsts(self) -> dict[Unit, list[int]]:
        return {}

    def firsts(self, unit: Unit) -> list[int]:
        """The position of the first word of each sentence or paragraph."""
        if unit not in self._firsts:
            title, body, *_ = self.ends_of_zones
            parts = self.sentences if unit == "sentence" else self.paragraphs
            rest = (bisect_left(self.starts, part.start, title, body) for part in parts[1:])
            self._firsts[unit] = [0, *rest]
        return self._firsts[unit]

    @cached_property
    def _numbers(self) -> dict[Unit, list[int]]:
        return {}

    def numbers(self, unit: Unit) -> list[int]:
        """Position → number of its sentence or paragraph; outlet and URL share one after them."""
        if unit not in self._numbers:
            _, body, _, last = self.ends_of_zones
            self._numbers[unit] = _number(self.firsts(unit), body, last)
        return self._numbers[unit]

    def sentence_at(self, zone: Zone, offset: int) -> Sentence:
        """The sentence of title or body that holds this character."""
        return self.sentences[self.sentence_number(zone, offset)]

    def sentence_number(self, zone: Zone, offset: int) -> int:
        """The index in `sentences` of the one that holds this character of title or body."""
        if zone == "title":
            return 0
        starts = self._sentence_starts
        return max(1, bisect_left(starts, offset + 1)) if len(starts) else 0

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences[1:]]

    def locate(self, zone: Zone, start: int, end: int) -> tuple[int, int] | None:
        """First and last position of the words these offsets touch, if any."""
        number = _ZONES.index(zone)
        low = self.ends_of_zones[number - 1] if number else 0
        high = self.ends_of_zones[number]
        first = bisect_right(self.starts, start, low, high) - 1
        if first < low or self.offset(first)[1] <= start:
            first += 1
        last = bisect_left(self.starts, end, low, high) - 1
        return (first, last) if first <= last else None


def _number(firsts: Sequence[int], body: int, last: int) -> list[int]:
    """Positions numbered by the unit they are in."""
    found: list[int] = []
    for number, (first, after) in enumerate(pairwise((*firsts, body))):
        found += [number] * (after - first)
    return found + [len(firsts)] * (last - body)


def read(title: str, body: str, outlet: str = "", url: str = "") -> Document:
    """The document of an article."""
    return Document(title=title, body=body, outlet=outlet, url=url)
