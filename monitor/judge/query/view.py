"""One document and its entities as compiled queries see them. Pure; one per match, not shared."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from monitor.judge.query.asked import Asked, Pair
from monitor.judge.query.folding import exactly
from monitor.judge.query.rarity import Key
from monitor.judge.query.terms import Document, Field, Unit
from monitor.records import Entity, Match

Span = tuple[int, int]

SIDES: dict[Field, str] = {"outlet": "outlet:", "url": "url:"}


class View:
    """Look-ups that several queries share, each worked out once."""

    def __init__(self, document: Document, entities: Sequence[Entity], asked: Asked) -> None:
        self.document = document
        self._asked = asked
        self.known: dict[tuple[int, Unit | None], list[Span]] = {}
        self._entities = entities
        self._in_field: dict[Field, set[str]] = {}
        self._prefixed: dict[str, list[int]] = {}

    @cached_property
    def tokens(self) -> list[str]:
        """Every folded word."""
        return self.document.tokens

    @cached_property
    def words(self) -> set[str]:
        """Every word the article has of those that are asked for."""
        return self._asked.words(self.document.keys)

    def words_in(self, field: Field) -> set[str]:
        """Those that a field has."""
        if field not in self._in_field:
            self._in_field[field] = self._asked.words(
                self.document.tokens[slice(*self.document.field(field))]
            )
        return self._in_field[field]

    @cached_property
    def pairs(self) -> set[Pair]:
        """Each two neighbouring words, of those."""
        return self._asked.pairs(self.document.tokens, self.words)

    @cached_property
    def begun(self) -> dict[str, set[str]]:
        """Beginning → the words that begin so, of those."""
        return self._asked.begun(self.document.keys)

    @cached_property
    def present(self) -> set[Key]:
        """Every key the article holds."""
        beginnings = (f"{beginning}*" for beginning in self.begun)
        return {*self.words, *self.pairs, *beginnings, *self.gazetteers}

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Word → positions, of those; worked out only once a place is asked for."""
        found: dict[str, list[int]] = {word: [] for word in chain(self.words, *self.begun.values())}
        for place, key in enumerate(self.document.keys):
            if key in found:
                found[key].append(place)
        return found

    def places(self, word: str, field: Field) -> Sequence[int]:
        """Positions of a word in a field."""
        found = self.index.get(SIDES.get(field, "") + word, ())
        return self.cut(found, field) if found and field in ("title", "body", "lead") else found

    def cut(self, places: Sequence[int], field: Field) -> Sequence[int]:
        """Those positions that are in the field."""
        low, high = self.document.field(field)
        if not places or (places[0] >= low and places[-1] < high):
            return places
        return places[bisect_left(places, low) : bisect_left(places, high)]

    def prefixed(self, prefix: str, field: Field) -> Sequence[int]:
        """Positions in a field of the words that begin so."""
        key = SIDES.get(field, "") + prefix
        if key not in self._prefixed:
            begun = self.begun.get(key, ())
            self._prefixed[key] = sorted(chain.from_iterable(self.index[word] for word in begun))
        found = self._prefixed[key]
        return self.cut(found, field) if field in ("title", "body", "lead") else found

    @cached_property
    def gazetteers(self) -> set[str]:
        """A key for each gazetteer that knows an entity in the article."""
        return {"entity:" + entity.source for entity in self._entities}

    def entities(self, gazetteer: str, field: Field) -> list[Span]:
        """First and last positions of the entities a gazetteer knows, in a field."""
        low, high = self.document.field(field)
        spans = self._by_gazetteer.get(gazetteer, ())
        return [span for span in spans if span[0] >= low and span[1] < high]

    @cached_property
    def _by_gazetteer(self) -> dict[str, list[Span]]:
        found: dict[str, set[Span]] = {}
        for entity in self._entities:
            if span := self.document.locate(entity.zone, entity.start, entity.end):
                found.setdefault(entity.source, set()).add(span)
        return {gazetteer: sorted(spans) for gazetteer, spans in found.items()}

    def written(self, place: int) -> str:
        """The word at a position as the article writes it."""
        start, end = self.document.offset(place)
        return exactly(self.document.part(self.document.zone_of(place))[start:end])

    def units(self, unit: Unit, field: Field) -> set[int]:
        """Numbers of the sentences or paragraphs that have words in the field."""
        low, high = self.document.field(field)
        return set(self.document.numbers(unit)[low:high])

    def inside(self, spans: Iterable[Span], unit: Unit) -> list[Span]:
        """Those spans that lie in one sentence or paragraph."""
        number = self.document.numbers(unit)
        return [span for span in spans if number[span[0]] == number[span[1]]]

    def lift(self, numbers: set[int], unit: Unit, to: Unit) -> set[int]:
        """The paragraphs these sentences are in, where a paragraph is asked for."""
        if unit == to:
            return numbers
        sentences, last = self.document.sentences, len(self.document.paragraphs)
        return {sentences[n].paragraph if n < len(sentences) else last for n in numbers}

    def fits(self, span: Span, field: Field) -> bool:
        """Whether a span lies in the field, and in one zone."""
        low, high = self.document.field(field)
        return span[0] >= low and span[1] < high and self.one_zone(*span)

    def one_zone(self, first: int, last: int) -> bool:
        """Whether both positions are in the same zone."""
        ends = self.document.ends_of_zones
        return bisect_right(ends, first) == bisect_right(ends, last)

    def match(self, span: Span) -> Match:
        """The words from first to last as evidence."""
        zone = self.document.zone_of(span[0])
        start, end = self.document.offset(span[0])[0], self.document.offset(span[1])[1]
        return Match(text=self.document.part(zone)[start:end], zone=zone, start=start, end=end)
