"""What can be asked of a document, as classes without a body. Pure.

Each answers for a view of a document: whether it is `true`; the sentences or paragraphs (`units`)
that answer it alone; its `witness`, the words that made it true. `keys` are what an article must
hold for it to be true. Terms and what NEAR joins are `Places`: they also have `spans`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from monitor.judge.query.rarity import Key, KeySets, cost
from monitor.judge.query.terms import Unit
from monitor.judge.query.view import Span, View

Inside = tuple[Unit, set[int]] | None


class Compiled(ABC):
    """Anything that can be asked of a document."""

    __slots__ = ()

    @abstractmethod
    def true(self, view: View) -> bool:
        """Whether the document answers."""

    def maybe(self, view: View) -> bool:
        """False only where `true` is; never asks where sentences end."""
        return self.true(view)

    def local(self) -> bool:
        """Whether a match depends on nothing outside its paragraph and the words next to it."""
        return False

    @abstractmethod
    def units(self, view: View, unit: Unit) -> set[int]:
        """Numbers of the units that answer alone."""

    @abstractmethod
    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """About so many spans that made it true, only those inside the units if given."""

    @abstractmethod
    def keys(self) -> KeySets:
        """Sets of keys, rarest first: of each set an article that answers holds at least one."""


class Places(Compiled):
    """Whatever has places in the text."""

    __slots__ = ()

    @abstractmethod
    def spans(self, view: View, unit: Unit | None = None) -> list[Span]:
        """First and last positions of each occurrence, sorted; each inside one unit, if given."""

    def true(self, view: View) -> bool:
        """It occurs."""
        return bool(self.spans(view))

    def units(self, view: View, unit: Unit) -> set[int]:
        """Where it occurs."""
        if not (spans := self.spans(view, unit)):
            return set()
        number = view.document.numbers(unit)
        return {number[first] for first, _ in spans}

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """Its first occurrences."""
        if inside is None:
            return self.spans(view)[:most]
        unit, wanted = inside
        number = view.document.numbers(unit)
        return [span for span in self.spans(view, unit) if number[span[0]] in wanted][:most]


def all_of(children: Sequence[Compiled]) -> KeySets:
    """Every set is necessary; the three rarest will do."""
    found = dict.fromkeys(keys for child in children for keys in child.keys())  # noqa: SIM118
    return tuple(sorted(found, key=cost)[:3])


def any_of(children: Sequence[Compiled]) -> KeySets:
    """The rarest set of each child together, and the second rarest of each."""
    each = [child.keys() for child in children]
    if not each or not all(each):
        return ()
    first = frozenset[Key]().union(*(keys[0] for keys in each))
    second = frozenset[Key]().union(*(keys[:2][-1] for keys in each))
    return (first,) if first == second else (first, second)
