"""Text → folded whole words with offsets. Pure, one compiled pattern, linear.

How words are folded, in queries and texts alike:
* case, and Unicode to NFC; curly apostrophes are straight; any white space parts words;
* a possessive `'s` is not part of its word (`man's` is `man`); other apostrophes are (`wasn't`);
* soft hyphens and zero-width characters inside a word are not there;
* a hyphen parts words (`wrongly-convicted` is the phrase), except after the prefixes re, co, pre,
  non, un, mis and anti, which it joins (`re-tried` is `retried`);
* full stops part words (`U.S.` is the phrase `u s`); Chinese and Japanese characters are words
  each.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby, pairwise

_HIDDEN = "\x1f"
_ALIKE = (
    *((mark, "'") for mark in "\u2019\u2018\u02bc\uff07"),
    *((mark, "-") for mark in "\u2010\u2011"),
    *((mark, _HIDDEN) for mark in "\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    *((mark, " ") for mark in "\u201c\u201d\u2013\u2014\u00a0\u2026\u2022_"),
)
_PREFIX = re.compile(r"(?:.*[^\w\x1f'-])?(?:re|co|pre|non|un|mis|anti)", re.DOTALL)
_LONGEST_PREFIX = 6
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_HAS_CJK = re.compile(f"[{_CJK}]")
_POSSESSIVE = r"(?:'s\b)?"
_ASCII = r"[a-z0-9][a-z0-9\x1f]*(?:'(?!s\b)[a-z0-9\x1f]+)*"
_MARK_BLOCKS = ((0x300, 0x2000), (0xA800, 0xAC00))
_PLAIN = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "'")}
_LOOSE = re.compile(r"'(?:(?<![a-z0-9]')|(?![a-z0-9])|s\b)")
_ODD = re.compile(r"'(?:s?\x1f|s['_])")


@cache
def _marks() -> str:
    """Combining marks that belong to words, as a character class."""
    codes = (code for first, last in _MARK_BLOCKS for code in range(first, last))
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in ("Mn", "Mc"))


@cache
def _wide(*, cjk: bool) -> str:
    """The word pattern for texts beyond ASCII."""
    inside = rf"[\w{_marks()}\x1f]"
    if not cjk:
        return rf"\w{inside}*(?:'(?!s\b){inside}+)*"
    alone = f"[{_CJK}]"
    inside = f"(?!{alone}){inside}"
    return rf"{alone}|\w(?:{inside})*(?:'(?!s\b)(?:{inside})+)*"


@cache
def _compiled(word: str, *, outer: bool) -> re.Pattern[str]:
    """The pattern whose one group is the word, with its possessive if `outer`."""
    return re.compile(f"((?:{word}){_POSSESSIVE})" if outer else f"({word}){_POSSESSIVE}")


def canonical(text: str) -> str:
    """The text in lower case with plain apostrophes, character for character as long as it was."""
    text = text.replace(_HIDDEN, " ")
    if not text.isascii():
        for mark, plain in _ALIKE:
            text = text.replace(mark, plain)
    # the one letter that grows when lowered stays as it is
    low = "\u0130".join(part.lower() for part in text.split("\u0130"))
    return _join_prefixes(low) if "-" in low else low


def _join_prefixes(low: str) -> str:
    """Hide the hyphen of `re-tried`, keep that of `well-known`."""
    pieces = low.split("-")
    out: list[str] = []
    for left, right in pairwise(pieces):
        joins = right[:1].isalpha() and _PREFIX.fullmatch(left[-_LONGEST_PREFIX:])
        out += (left, _HIDDEN if joins else "-")
    return "".join((*out, pieces[-1]))


def pattern(low: str, *, outer: bool = False) -> re.Pattern[str]:
    """The word pattern for a canonical text; its group is the word, or with its possessive."""
    return _compiled(
        _ASCII if low.isascii() else _wide(cjk=bool(_HAS_CJK.search(low))), outer=outer
    )


def split(low: str) -> list[str]:
    """The folded words of a canonical text: those of the pattern, found faster."""
    if _ODD.search(low):  # what hides, or follows, the end of a possessive
        return _wide_words(low)
    low = low.replace(_HIDDEN, "")
    if low.isascii():
        return _plain_words(low)
    found: list[str] = []
    for plain, runs in groupby(low.split(), str.isascii):
        found += (_plain_words if plain else _wide_words)(" ".join(runs))
    return found


def _plain_words(low: str) -> list[str]:
    """What is left when all that parts words is blank: also an apostrophe that joins none."""
    low = low.translate(_PLAIN)
    return _LOOSE.sub(" ", low).split()


def _wide_words(low: str) -> list[str]:
    """The words as the pattern finds them."""
    found: list[str] = pattern(low).findall(low)
    return [_fold_wide(word.replace(_HIDDEN, "")) for word in found]


def _fold_wide(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold())


def words(text: str) -> list[tuple[str, int, int]]:
    """Each folded word with its offsets in the text."""
    low = canonical(text)
    return [(w, *m.span(1)) for w, m in zip(split(low), pattern(low).finditer(low), strict=True)]


def fold(text: str) -> str:
    """The words as the engine sees them, one space apart: what matches alike folds alike."""
    return " ".join(split(canonical(text)))


def exactly(text: str) -> str:
    """One word as written, case and all, without what folding hides."""
    for mark, plain in _ALIKE:
        text = text.replace(mark, plain)
    return unicodedata.normalize("NFC", text.replace(_HIDDEN, "").replace("-", ""))
