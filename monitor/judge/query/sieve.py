"""Queries → the letters one of which a text must hold; a text → whether it does. Pure.

The cheapest no there is: a text is not even parted into words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile

from monitor.judge.query.folding import canonical
from monitor.judge.query.rarity import KeySets

GAP = "\x1e"
HIDDEN = "\x1f"
FAR = 80  # characters; further apart, two words are taken to be neighbours
STEM = 4  # letters: words that begin with the same ones are looked for together


class Sieve:
    """Lets through every text that what answers a query can be cut out of, and few others."""

    def __init__(self, needs: Sequence[KeySets]) -> None:
        keys = {key for keysets in needs for key in keysets[0]} if all(needs) else set()
        words = sorted(key for key in keys if isinstance(key, str))
        self._open = not all(needs) or not all(map(_letters, words))
        self._stems = _stems(words)
        # of two neighbours, the longer word is the rarer one
        pairs = sorted(key for key in keys if isinstance(key, tuple))
        self._pairs = [((min(p, key=len).encode(), max(p, key=len).encode()), p) for p in pairs]

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
        return self._found(marked.replace(GAP, ""), marked)

    def _found(self, whole: str, marked: str) -> bool:
        """Whether a word or a pair stands there, whatever gaps are between its letters."""
        low = whole.encode("utf-8", "replace")  # bytes are searched several times as fast
        for stem, keys in self._stems.items():
            if stem in low and any(_letters(k) in whole and _alone(k).search(marked) for k in keys):
                return True
        near = [pair for (short, long), pair in self._pairs if long in low and short in low]
        return any(_in_a_row(a, b, whole) or _is_parted(a, b, marked) for a, b in near)


def _stems(words: Iterable[str]) -> dict[bytes, list[str]]:
    """What words of one beginning have in common → those words."""
    alike: dict[str, list[str]] = {}
    for word in words:
        alike.setdefault(_letters(word)[:STEM], []).append(word)
    return {_common(*map(_letters, group)).encode(): group for group in alike.values()}


def _common(*words: str) -> str:
    return "".join(letters[0] for letters in takewhile(_same, zip(*words, strict=False)))


def _same(letters: Sequence[str]) -> bool:
    return len(set(letters)) == 1


def _letters(key: str) -> str:
    """What a text that holds this word has in it; nothing for what stands outside the text."""
    return "" if ":" in key else key.removesuffix("*")


def _in_a_row(first: str, second: str, text: str) -> bool:
    """Whether the two words stand there with nothing between them that belongs to another."""
    before = _before(first)
    return any(before.search(text[max(at - FAR, 0) : at]) for at in _places(second, text))


def _is_parted(first: str, second: str, marked: str) -> bool:
    """Whether the one word stands just before a gap, the other just after one."""
    last, opening = _last(first), _opening(second)
    return any(last.match(marked, max(at - 1, 0)) for at in _places(first, marked)) and any(
        opening.search(marked[max(at - FAR, 0) : at + len(second) + 1])
        for at in _places(second, marked)
    )


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


# Patterns are made when a text first asks for them: few of thousands ever are.
@cache
def _alone(key: str) -> re.Pattern[str]:
    """The word, or the start of one, in letters that gaps may part."""
    letters = f"{GAP}*".join(map(re.escape, _letters(key)))
    return re.compile(rf"(?<![a-z0-9]){letters}{'' if key.endswith('*') else '(?![a-z0-9])'}")


@cache
def _before(first: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{re.escape(first)}(?:'s)?|\A)\W*\Z")


@cache
def _last(first: str) -> re.Pattern[str]:
    return re.compile(rf"[^a-z0-9]?{re.escape(first)}(?:'s)?[^\w{GAP}]*(?:{GAP}|\Z)")


@cache
def _opening(second: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{GAP}|\A)[^\w{GAP}]*{re.escape(second)}(?:[^a-z0-9]|\Z)")
