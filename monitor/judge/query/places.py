"""Compiled OR of terms, NEAR and THEN: what has places made of other places. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from monitor.judge.query.compiled import Inside, Places, all_of, any_of
from monitor.judge.query.rarity import KeySets
from monitor.judge.query.terms import Unit
from monitor.judge.query.view import Span, View
from monitor.judge.query.words import Phrase, Word


class AnyPlace(Places):
    """Any of several terms; a shared one (a named list) is looked up once per document.

    Plain words are looked up at once, those of a field by the word, phrases by their first pair of
    words, the rest one by one.
    """

    __slots__ = ("by_pair", "by_word", "children", "joined", "rest", "shared", "words")

    def __init__(self, children: Sequence[Places], *, shared: bool) -> None:
        self.children = tuple(children)
        self.shared = shared
        self.words: list[str] = []
        self.by_word: dict[str, Places] = {}
        self.by_pair: dict[tuple[str, str], list[Places]] = {}
        self.rest: list[Places] = []
        for child in children:
            if isinstance(child, Word) and child.whole:
                self.words.append(child.key)
            elif isinstance(child, Word):
                self.by_word[child.key] = child
            elif isinstance(child, Phrase) and child.pairs:
                self.by_pair.setdefault(child.pairs[0], []).append(child)
            else:
                self.rest.append(child)
        self.joined: bool = any(
            isinstance(c, NearPlace) or (isinstance(c, AnyPlace) and c.joined) for c in self.rest
        )

    def true(self, view: View) -> bool:
        """One occurs."""
        if not view.words.isdisjoint(self.words):
            return True
        return any(child.true(view) for child in self._possible(view))

    def maybe(self, view: View) -> bool:
        """One may."""
        if not view.words.isdisjoint(self.words):
            return True
        return any(child.maybe(view) for child in self._possible(view))

    def _possible(self, view: View) -> Iterator[Places]:
        """The children that may occur, without the plain words."""
        if self.by_word:
            for word in self.by_word.keys() & view.words:
                yield self.by_word[word]
        if self.by_pair:
            for pair in self.by_pair.keys() & view.pairs:
                yield from self.by_pair[pair]
        yield from self.rest

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """The places of all."""
        if not self.shared:
            return self._spans(view, unit)
        key = (id(self), unit)
        if key not in view.known:
            view.known[key] = self._spans(view, unit)
        return view.known[key]

    def _spans(self, view: View, unit: Unit | None) -> list[Span]:
        index = view.index
        found = {(place, place) for word in self.words if word in index for place in index[word]}
        for child in self._possible(view):
            found.update(child.spans(view, unit))
        return sorted(found)

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """Its first occurrences; of what NEAR joins, both sides."""
        if not self.joined:
            return super().witness(view, most, inside)
        each = (child.witness(view, most, inside) for child in self.children)
        return sorted(set(chain.from_iterable(each)))[:most]

    def local(self) -> bool:
        """All of them are."""
        return all(child.local() for child in self.children)

    def keys(self) -> KeySets:
        """One of the children's."""
        return any_of(self.children)


class NearPlace(Places):
    """Each place of the left joined with the nearest place of the right within the distance."""

    __slots__ = ("distance", "left", "ordered", "right")

    def __init__(self, left: Places, right: Places, distance: int, *, ordered: bool) -> None:
        self.left = left
        self.right = right
        self.distance = distance
        self.ordered = ordered

    def true(self, view: View) -> bool:
        """There is a pair; the cheap questions are asked first."""
        return self.left.true(view) and self.right.true(view) and any(self._pairs(view, None))

    def maybe(self, view: View) -> bool:
        """There is a pair; a missing side answers at once."""
        return self.left.maybe(view) and self.right.maybe(view) and any(self._pairs(view, None))

    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """From the first word of a pair to its last."""
        return sorted({(min(a[0], b[0]), max(a[1], b[1])) for a, b in self._pairs(view, unit)})

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """Both sides of each pair."""
        unit, wanted = inside or (None, None)
        pairs = self._pairs(view, unit)
        if unit and wanted is not None:
            number = view.document.numbers(unit)
            pairs = (pair for pair in pairs if number[pair[0][0]] in wanted)
        return sorted(set(chain.from_iterable(islice(pairs, max(1, most // 2)))))

    def _pairs(self, view: View, unit: Unit | None) -> Iterator[tuple[Span, Span]]:
        left, right = self.left.spans(view, unit), self.right.spans(view, unit)
        firsts = [first for first, _ in right]
        by_last = [] if self.ordered else sorted((last, first) for first, last in right)
        for span in left:
            after = bisect_right(firsts, span[1])
            near = [right[after]] if after < len(right) else []
            if before := bisect_left(by_last, (span[0], -1)):
                last, first = by_last[before - 1]
                near.append((first, last))
            near = [other for other in near if self._joins(view, span, other, unit)]
            if near:
                yield span, min(near, key=lambda other: _gap(span, other))

    def _joins(self, view: View, one: Span, other: Span, unit: Unit | None) -> bool:
        if _gap(one, other) > self.distance:
            return False
        if unit:
            number = view.document.numbers(unit)
            return number[one[0]] == number[other[0]]
        return view.one_zone(one[0], other[0])

    def keys(self) -> KeySets:
        """Both sides'."""
        return all_of((self.left, self.right))


def _gap(one: Span, other: Span) -> int:
    """How many words from the end of one to the beginning of the other."""
    return max(one[0], other[0]) - min(one[1], other[1])
