"""Which of many queries an article could answer at all. Pure.

Every query is filed under its rarest necessary set of keys; a second set is looked at before
the query is run. Queries without a necessary key are tried on every article.
"""

from collections.abc import Iterable, Sequence

from monitor.judge.query.rarity import Key, KeySets
from monitor.judge.query.view import View


class _Drawer:
    """The queries under one key, by what else they need."""

    __slots__ = ("alone", "with_any", "with_one")

    def __init__(self) -> None:
        self.alone: list[int] = []
        self.with_one: dict[Key, list[int]] = {}
        self.with_any: list[tuple[frozenset[Key], int]] = []

    def put(self, number: int, others: KeySets) -> None:
        """File a query."""
        if not others:
            self.alone.append(number)
        elif len(others[0]) == 1:
            (key,) = others[0]
            self.with_one.setdefault(key, []).append(number)
        else:
            self.with_any.append((others[0], number))

    def take(self, present: set[Key], found: set[int]) -> None:
        """Add the queries whose other key is present."""
        found.update(self.alone)
        if self.with_one:
            if len(self.with_one) < len(present):
                keys: Iterable[Key] = [key for key in self.with_one if key in present]
            else:
                keys = present & self.with_one.keys()
            for key in keys:
                found.update(self.with_one[key])
        for others, number in self.with_any:
            if not others.isdisjoint(present):
                found.add(number)


class Presearch:
    """The filing cabinet."""

    def __init__(self, needs: Sequence[KeySets]) -> None:
        self.always: list[int] = []
        self._drawers: dict[Key, _Drawer] = {}
        for number, keysets in enumerate(needs):
            if not keysets:
                self.always.append(number)
                continue
            for key in keysets[0]:
                self._drawers.setdefault(key, _Drawer()).put(number, keysets[1:])

    def candidates(self, view: View) -> list[int]:
        """Numbers of the queries that are worth running."""
        present = view.present
        found = set(self.always)
        for key in present & self._drawers.keys():
            self._drawers[key].take(present, found)
        return sorted(found)
