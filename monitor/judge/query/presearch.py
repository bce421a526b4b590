"""Which of many queries an article could answer at all. Pure.

Every query is filed under its rarest necessary set of keys; a second set is looked at before
the query is run. Queries without a necessary key are tried on every article.
"""

from collections.abc import Iterable, Sequence

from monitor.judge.query.rarity import Key, KeySets
from monitor.judge.query.view import View

_STEM = 3


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
        known: set[Key] = set()
        for number, keysets in enumerate(needs):
            if not keysets:
                self.always.append(number)
                continue
            for keys in keysets[:2]:
                known |= keys
            for key in keysets[0]:
                self._drawers.setdefault(key, _Drawer()).put(number, keysets[1:])
        self._pairs = {key for key in known if isinstance(key, tuple)}
        self._prefixes = {key[:-1]: key for key in known if isinstance(key, str) and key[-1] == "*"}
        self._short = [prefix for prefix in self._prefixes if len(prefix) < _STEM]
        lengths: dict[str, set[int]] = {}
        for prefix in self._prefixes.keys() - set(self._short):
            lengths.setdefault(prefix[:_STEM], set()).add(len(prefix))
        self._lengths = {stem: tuple(sorted(found)) for stem, found in lengths.items()}

    def candidates(self, view: View) -> list[int]:
        """Numbers of the queries that are worth running."""
        present = self._present(view)
        found = set(self.always)
        for key in present & self._drawers.keys():
            self._drawers[key].take(present, found)
        return sorted(found)

    def _present(self, view: View) -> set[Key]:
        """Every key the article holds."""
        present: set[Key] = set(view.words)
        if self._prefixes:
            present |= self._present_prefixes(view.words)
        if self._pairs:
            present |= self._pairs & view.document.bigrams
        return present | view.gazetteers

    def _present_prefixes(self, words: Iterable[str]) -> set[Key]:
        found: set[Key] = set()
        lengths_of, prefixes = self._lengths.get, self._prefixes
        for word in words:
            if lengths := lengths_of(word[:_STEM]):
                for length in lengths:
                    if key := prefixes.get(word[:length]):
                        found.add(key)
        for prefix in self._short:
            if any(word.startswith(prefix) for word in words):
                found.add(prefixes[prefix])
        return found
