"""Compiled terms: words, phrases with wildcards or as written, entities. Pure."""

from itertools import pairwise

from monitor.judge.query.compiled import Places
from monitor.judge.query.rarity import Key, KeySets, cost
from monitor.judge.query.terms import Field, Unit
from monitor.judge.query.tree import Part
from monitor.judge.query.view import SIDES, Span, View

LONGEST_LOCAL = 8


class Word(Places):
    """One folded word."""

    __slots__ = ("field", "key", "whole", "word")

    def __init__(self, word: str, field: Field) -> None:
        self.word = word
        self.field: Field = field
        self.key = SIDES.get(field, "") + word
        self.whole = field in ("text", "outlet", "url")

    def true(self, view: View) -> bool:
        """It occurs."""
        return self.key in (view.words if self.whole else view.words_in(self.field))

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """Its places."""
        return [(place, place) for place in view.places(self.word, self.field)]

    def local(self) -> bool:
        """A word is."""
        return True

    def keys(self) -> KeySets:
        """Itself."""
        return (frozenset((self.key,)),)


class Prefix(Places):
    """Any word that begins so."""

    __slots__ = ("field", "prefix")

    def __init__(self, prefix: str, field: Field) -> None:
        self.prefix = prefix
        self.field: Field = field

    def true(self, view: View) -> bool:
        """One occurs."""
        return bool(view.prefixed(self.prefix, self.field))

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """Their places."""
        return [(place, place) for place in view.prefixed(self.prefix, self.field)]

    def local(self) -> bool:
        """A word is."""
        return True

    def keys(self) -> KeySets:
        """The beginning."""
        return (_key(Part(word=self.prefix, prefix=True), self.field),)


class Phrase(Places):
    """Words in a row in one zone; each may be a beginning, or as written."""

    __slots__ = ("anchor", "field", "needs", "pairs", "parts", "plain")

    def __init__(self, parts: tuple[Part, ...], field: Field) -> None:
        self.parts = parts
        self.field: Field = field
        self.anchor = min(range(len(parts)), key=lambda at: cost(_key(parts[at], field)))
        loose = any(part.prefix or part.exact for part in parts)
        self.plain = None if loose else [part.word for part in parts]
        in_text = field not in SIDES
        self.pairs = tuple(
            (a.word, b.word) for a, b in pairwise(parts) if in_text and not (a.prefix or b.prefix)
        )
        self.needs: tuple[Key, ...] = self.pairs or tuple(
            key for part in parts for key in _key(part, field)
        )

    def true(self, view: View) -> bool:
        """It occurs."""
        return bool(self.spans(view))

    def maybe(self, view: View) -> bool:
        """Its words occur, and each two neighbours."""
        return view.present.issuperset(self.needs)

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """Its places; a missing word or pair answers at once."""
        part, size = self.parts[self.anchor], len(self.parts)
        seek = view.prefixed if part.prefix else view.places
        places = seek(part.word, self.field)
        if not places or (self.pairs and not view.pairs.issuperset(self.pairs)):
            return []
        starts = (place - self.anchor for place in places)
        found = [(at, at + size - 1) for at in starts if at >= 0 and self._stands(view, at)]
        if size > 1 and found:
            found = [span for span in found if view.fits(span, self.field)]
            return view.inside(found, unit) if unit else found
        return found

    def _stands(self, view: View, at: int) -> bool:
        """Whether the words from this position on are those of the phrase."""
        words = view.tokens[at : at + len(self.parts)]
        if self.plain is not None:
            return words == self.plain
        return len(words) == len(self.parts) and all(
            (word.startswith(part.word) if part.prefix else word == part.word)
            and (not part.exact or _as_written(view.written(place), part))
            for place, (word, part) in enumerate(zip(words, self.parts, strict=True), at)
        )

    def local(self) -> bool:
        """A few words in a row are."""
        return len(self.parts) <= LONGEST_LOCAL

    def keys(self) -> KeySets:
        """Each two neighbours that are plain words, else each word."""
        found: list[frozenset[Key]] = [frozenset((pair,)) for pair in self.pairs]
        found = found or [_key(part, self.field) for part in self.parts]
        return tuple(sorted(found, key=cost)[:2])


def _key(part: Part, field: Field) -> frozenset[Key]:
    return frozenset((SIDES.get(field, "") + part.word + "*" * part.prefix,))


def _as_written(word: str, part: Part) -> bool:
    return word.startswith(part.exact) if part.prefix else word == part.exact


class Entities(Places):
    """Any entity of one gazetteer."""

    __slots__ = ("field", "gazetteer")

    def __init__(self, gazetteer: str, field: Field) -> None:
        self.gazetteer = gazetteer
        self.field: Field = field

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """Their places."""
        found = view.entities(self.gazetteer, self.field)
        return view.inside(found, unit) if unit else found

    def keys(self) -> KeySets:
        """The gazetteer."""
        return (frozenset(("entity:" + self.gazetteer,)),)
