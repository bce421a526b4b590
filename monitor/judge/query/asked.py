"""All that queries ask by name → which of it a document holds. Pure.

However many words a text has and however many queries there are, everything after this looks only
at what is in both.
"""

from collections.abc import Collection, Iterable
from itertools import pairwise

Pair = tuple[str, str]

_STEM = 3
_FEW = 100


class Asked:
    """The words, pairs of neighbours and beginnings that some queries name."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._pairs: set[Pair] = set()
        self._beginnings: set[str] = set()
        self._short: set[str] = set()
        self._lengths: dict[str, list[int]] = {}

    def word(self, word: str) -> None:
        """Ask for this word."""
        self._words.add(word)

    def pair(self, pair: Pair) -> None:
        """Ask for these neighbours."""
        self._pairs.add(pair)

    def beginning(self, prefix: str) -> None:
        """Ask for all words that begin so."""
        if prefix in self._beginnings or prefix in self._short:
            return
        if len(prefix) < _STEM:
            self._short.add(prefix)
            return
        self._beginnings.add(prefix)
        lengths = self._lengths.setdefault(prefix[:_STEM], [])
        if len(prefix) not in lengths:
            lengths.append(len(prefix))

    def words(self, words: Iterable[str]) -> set[str]:
        """Those that are asked for."""
        return self._words.intersection(words)

    def pairs(self, words: Iterable[str], known: set[str]) -> set[Pair]:
        """Those neighbours that are asked for; `known` are the words that are."""
        asked = self._pairs
        if len(asked) < _FEW:
            asked = {(a, b) for a, b in asked if a in known and b in known}
        return asked.intersection(pairwise(words)) if asked else set()

    def begun(self, words: Collection[str]) -> dict[str, set[str]]:
        """Beginning → the words that begin so."""
        found: dict[str, set[str]] = {}
        lengths, beginnings = self._lengths, self._beginnings
        for word in {word for word in words if word[:_STEM] in lengths} if lengths else ():
            for length in lengths[word[:_STEM]]:
                if (prefix := word[:length]) in beginnings:
                    found.setdefault(prefix, set()).add(word)
        for prefix in self._short:
            if begun := {word for word in words if word.startswith(prefix)}:
                found[prefix] = begun
        return found
