"""A document × a beat → where its title, opening and lead stand, what is boilerplate. Pure."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from monitor.judge.beat import Beat
from monitor.judge.query.terms import Document, Sentence
from monitor.records import Match

BOILERPLATE_WORDS = 60
OPENING_WORDS = 8


@dataclass(frozen=True)
class Page:
    """A document with what scoring needs to know of its layout."""

    beat: Beat
    document: Document
    year: int | None
    lead_end: int
    opens_at: int | None

    def zone(self, match: Match) -> str:
        """Title, lead or body."""
        if match.zone == "title":
            return "title"
        return "lead" if match.start < self.lead_end else "body"

    def zones(self, match: Match) -> set[str]:
        """Its zone, and `opening` for the first sentence of the text."""
        zone = self.zone(match)
        opens = zone != "title" and self.opening[0] <= match.start < self.opening[1]
        return {zone, "opening"} if opens else {zone}

    @cached_property
    def opening(self) -> tuple[int, int]:
        """Where the first sentence of the text stands."""
        if self.opens_at is None:
            return 0, 0
        first = self.document.sentence_at("body", self.opens_at)
        return first.start, first.end

    def sentence(self, match: Match) -> Sentence:
        """The sentence a match begins in."""
        return self.document.sentence_at(match.zone, match.start)

    def is_boilerplate(self, sentence: Sentence) -> bool:
        """Whether a sentence belongs to the site, not to the news."""
        if sentence not in self._known:
            self._known[sentence] = _is_boilerplate(self.beat, self.document.quote(sentence))
        return self._known[sentence]

    @cached_property
    def _known(self) -> dict[Sentence, bool]:
        return {}


def lay_out(beat: Beat, document: Document, year: int | None) -> Page:
    """Find where the text begins and the lead ends; boilerplate paragraphs are not counted."""
    left, end, opens_at = beat.lead_words, 0, None
    for paragraph in document.paragraphs[1:]:
        text = document.quote(paragraph)
        words = len(text.split())
        if words > BOILERPLATE_WORDS or not _is_boilerplate(beat, text):
            if opens_at is None and words >= OPENING_WORDS:
                opens_at = paragraph.start
            if words > left:
                end = _cut(document.body, paragraph.start, left)
                break
            left -= words
        end = paragraph.end
    return Page(beat, document, year, end, opens_at)


def _cut(text: str, start: int, words: int) -> int:
    """The offset after so many words."""
    for number, found in enumerate(re.finditer(r"\S+", text[start:]), 1):
        if number > words:
            return start + found.start()
    return len(text)


def _is_boilerplate(beat: Beat, text: str) -> bool:
    return bool(beat.boilerplate and _in_lower_case(beat.boilerplate).search(text.lower()))


@cache
def _in_lower_case(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The same words for a text in lower case: half the time of looking for both cases."""
    return re.compile(pattern.pattern.lower())
