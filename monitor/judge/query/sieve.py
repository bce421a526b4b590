"""Queries → the letters one of which a text must hold; a text → whether it does. Pure.

The cheapest no there is: a text is not even parted into words.
"""

import re
import unicodedata
from collections.abc import Sequence

from monitor.judge.query.folding import canonical
from monitor.judge.query.rarity import KeySets
from monitor.judge.query.terms import Document

GAP = "\x1e"
HIDDEN = "\x1f"


class Sieve:
    """Lets through every text that could answer one of the queries, and few others."""

    def __init__(self, needs: Sequence[KeySets]) -> None:
        keys = {key for keysets in needs for key in keysets[0]} if all(needs) else set()
        pieces = {_letters(key) for key in keys if isinstance(key, str)}
        self._open = not all(needs) or "" in pieces
        least = {one for one in pieces if not any(o != one and o in one for o in pieces)}
        self._pieces = sorted(least, key=len)
        pairs = sorted(key for key in keys if isinstance(key, tuple))
        self._pairs = [(*pair, _in_a_row(*pair)) for pair in pairs]
        self._parted = {pair: _across(*pair) for pair in pairs}

    def passes(self, document: Document) -> bool:
        """False only where no query is true."""
        if self._open:
            return True
        return any(self._holds(text) for text in document.canonical[:2])

    def might(self, text: str) -> bool:
        """False only where no query is true of any text that can be cut out of this one.

        `GAP` stands where pieces may be left out, and where none may be.
        """
        if self._open:
            return True
        marked = canonical(text)
        if HIDDEN in marked:  # hyphens that fall away, or not
            marked = f"{marked.replace(HIDDEN, '')}{GAP}{marked.replace(HIDDEN, '-')}"
        if not marked.isascii():
            marked = unicodedata.normalize("NFC", marked.casefold())
        whole = marked.replace(GAP, "")
        if any(map(whole.__contains__, self._pieces)):
            return True
        near = [(a, b, row) for a, b, row in self._pairs if a in whole and b in whole]
        return any(row.search(whole) or self._is_parted(a, b, marked) for a, b, row in near)

    def _is_parted(self, first: str, second: str, marked: str) -> bool:
        ends, begins = self._parted[first, second]
        return bool(ends.search(marked) and begins.search(marked))

    def _holds(self, text: str) -> bool:
        if HIDDEN in text:  # a hidden character may part the letters of a word
            return True
        if not text.isascii():
            text = unicodedata.normalize("NFC", text.casefold())
        if any(map(text.__contains__, self._pieces)):
            return True
        return any(a in text and b in text and row.search(text) for a, b, row in self._pairs)


def _letters(key: str) -> str:
    """What a text that holds this word has in it; nothing for what stands outside the text."""
    return "" if ":" in key else key.removesuffix("*")


def _in_a_row(first: str, second: str) -> re.Pattern[str]:
    """The two words with nothing between them that belongs to another."""
    return re.compile(rf"{re.escape(first)}(?:'s)?\W*{re.escape(second)}")


def _across(first: str, second: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The one word just before a gap, the other just after one."""
    return (
        re.compile(rf"(?<![a-z0-9]){re.escape(first)}(?:'s)?[^\w{GAP}]*(?:{GAP}|\Z)"),
        re.compile(rf"(?:{GAP}|\A)[^\w{GAP}]*{re.escape(second)}(?![a-z0-9])"),
    )
