"""Compiled AND, OR, NOT, SENTENCE and PARAGRAPH. Pure."""

from collections.abc import Sequence

from monitor.judge.query.compiled import Compiled, Inside, all_of, any_of
from monitor.judge.query.rarity import KeySets
from monitor.judge.query.terms import Field, Unit
from monitor.judge.query.view import Span, View


class AllOf(Compiled):
    """All of some and none of others. `field` bounds the units that count when there are none."""

    __slots__ = ("field", "no", "yes")

    def __init__(self, yes: Sequence[Compiled], no: Sequence[Compiled], field: Field) -> None:
        self.yes = tuple(yes)
        self.no = tuple(no)
        self.field = field

    def true(self, view: View) -> bool:
        """All are true, none of the others is."""
        for child in self.yes:
            if not child.true(view):
                return False
        return not any(child.true(view) for child in self.no)

    def maybe(self, view: View) -> bool:
        """All may be true."""
        return all(child.maybe(view) for child in self.yes)

    def units(self, view: View, unit: Unit) -> set[int]:
        """Those of all, without those of the others."""
        found = None if self.yes else view.units(unit, self.field)
        for child in self.yes:
            more = child.units(view, unit)
            found = more if found is None else found & more
            if not found:
                return set()
        for child in self.no:
            found = (found or set()) - child.units(view, unit)
        return found or set()

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """A fair share from each."""
        if inside is not None:
            inside = inside[0], inside[1] & self.units(view, inside[0])
            if not inside[1]:
                return []
        elif not self.true(view):
            return []
        share = max(1, most // max(1, len(self.yes)))
        return [span for child in self.yes for span in child.witness(view, share, inside)]

    def keys(self) -> KeySets:
        """All of theirs."""
        return all_of(self.yes)


class OneOf(Compiled):
    """Any of several."""

    __slots__ = ("children",)

    def __init__(self, children: Sequence[Compiled]) -> None:
        self.children = tuple(children)

    def true(self, view: View) -> bool:
        """One is true."""
        return any(child.true(view) for child in self.children)

    def maybe(self, view: View) -> bool:
        """One may be true."""
        return any(child.maybe(view) for child in self.children)

    def units(self, view: View, unit: Unit) -> set[int]:
        """Those of each."""
        return set().union(*(child.units(view, unit) for child in self.children))

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """From each that is true, until there are enough."""
        found: set[Span] = set()
        for child in self.children:
            if len(found) < most:
                found.update(child.witness(view, most - len(found), inside))
        return sorted(found)

    def local(self) -> bool:
        """All of them are."""
        return all(child.local() for child in self.children)

    def keys(self) -> KeySets:
        """One of the children's."""
        return any_of(self.children)


class InUnit(Compiled):
    """A query that one sentence or paragraph must answer alone.

    `relaxed` is the same query of the whole document without its NOTs: cheap, and if it is
    false so is this. `field` is given where terms could stray out of the field that is asked.
    """

    __slots__ = ("child", "field", "relaxed", "unit")

    def __init__(
        self, unit: Unit, child: Compiled, relaxed: Compiled | None, field: Field | None
    ) -> None:
        self.unit = unit
        self.child = child
        self.relaxed = relaxed
        self.field = field

    def true(self, view: View) -> bool:
        """Some unit answers."""
        return bool(self._answering(view))

    def maybe(self, view: View) -> bool:
        """The document as a whole answers what is relaxed."""
        return self.relaxed is None or self.relaxed.maybe(view)

    def _answering(self, view: View) -> set[int]:
        if self.relaxed is not None and not self.relaxed.true(view):
            return set()
        found = self.child.units(view, self.unit)
        return found & view.units(self.unit, self.field) if found and self.field else found

    def units(self, view: View, unit: Unit) -> set[int]:
        """The paragraphs of the sentences that answer."""
        return view.lift(self._answering(view), self.unit, unit)

    def witness(self, view: View, most: int, inside: Inside = None) -> list[Span]:
        """What the answering units hold."""
        found = self._answering(view)
        if inside is not None:
            unit, wanted = inside
            found = {number for number in found if view.lift({number}, self.unit, unit) & wanted}
        return self.child.witness(view, most, (self.unit, found)) if found else []

    def local(self) -> bool:
        """A unit answers alone."""
        return True

    def keys(self) -> KeySets:
        """The child's."""
        return self.child.keys()
