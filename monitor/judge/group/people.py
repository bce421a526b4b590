"""Names and texts → whether they are about the same person, however misspelt. Pure."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache

from monitor.judge.group.words import OWNER, WORD, fold

Name = tuple[str, ...]
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
TITLES = frozenset(
    [
        "applicant",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "judge",
        "justice",
        "officer",
        "detective",
        "sgt",
        "rev",
        "lord",
    ]
)
CAPITAL = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]+)*"
RUN = re.compile(rf"{CAPITAL}(?:\s(?:(?:de|del|da|la|van|von|bin|al)\s)?{CAPITAL}){{1,4}}")
NO_PERSON = frozenset(
    ["county", "parish", "borough", "city", "township", "street", "avenue", "road"]
)
"""What follows a word that is a place's name and no surname."""
SHORT, LONG = 5, 8


class Tie(IntEnum):
    """How two stories are tied by the people they name, weakest first."""

    APART = -1
    UNKNOWN = 0
    SURNAME = 1
    MENTIONED = 2
    NAMED = 3


@lru_cache(maxsize=4096)
def name_of(text: str) -> Name:
    """A name in comparable form: folded, without titles."""
    words = [fold(word).rstrip(".") for word in WORD.findall(text)]
    return tuple(word for word in words if word not in TITLES)


@lru_cache(maxsize=1024)
def runs(text: str) -> tuple[Name, ...]:
    """Every run of capitalised words in a text, as names; `Dale County` and `Dale Road` are not."""
    found = (name_of(match.group()) for match in RUN.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name[-1:] and name[-1] not in NO_PERSON))


@lru_cache(maxsize=65536)
def same(one: Name, other: Name) -> bool:
    """Whether two names can be one person's: two words agree, or a surname and an initial."""
    ones, others = _bare(one), _bare(other)
    if min(len(ones), len(others)) < 2 or len({_suffix(one), _suffix(other)} - {""}) > 1:  # noqa: PLR2004
        return False
    if close("".join(ones), "".join(others)) and ones[0][0] == others[0][0]:
        return True
    shared = sum(any(close(word, match) for match in others) for word in ones)
    if shared >= 2:  # noqa: PLR2004  first and last name, or two surnames
        return True
    return close(ones[-1], others[-1]) and _short_form(ones[0], others[0])


def _bare(name: Name) -> Name:
    return tuple(word for word in name if word not in SUFFIXES)


def _suffix(name: Name) -> str:
    return next((word for word in name if word in SUFFIXES), "")


def _short_form(one: str, other: str) -> bool:
    """`Cliff` and `Clifford`, `J` and `John`."""
    return one.startswith(other) or other.startswith(one)


def close(one: str, other: str) -> bool:
    """Whether two words are one, misspelt: one letter off from five letters on, two from eight."""
    if one == other:
        return True
    short = min(len(one), len(other))
    most = 0 if short < SHORT else 1 if short < LONG else 2
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """Edits from one word to the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (left != right))
    return row[-1]


def shared(some: Iterable[str], others: Iterable[str]) -> str:
    """The first name that both lists hold, or nothing."""
    known = [name_of(name) for name in others]
    return next((one for one in some if any(same(name_of(one), name) for name in known)), "")


def mentioned(people: Sequence[str], text: str) -> str:
    """The first of these people whose full name the text writes, or nothing."""
    found = runs(text)
    return next((one for one in people if any(same(name_of(one), run) for run in found)), "")


def surname(people: Iterable[str], text: str, others: Iterable[str] = ()) -> str:
    """The first of these people whose surname the text writes where no county is named so.

    The surname of somebody named otherwise among the `others`, whom the text is about, is no tie.
    """
    found = _capitals(text)
    theirs = [name for one in others if len(name := _bare(name_of(one))) > 1]
    for person in people:
        words = _bare(name_of(person))
        taken = len(words) > 1 and any(close(words[-1], name[-1]) for name in theirs)
        if words and not taken and any(close(words[-1], word) for word in found):
            return person
    return ""


def may_be(person: str, text: str) -> bool:
    """Whether the bearers of a surname in a text can be this person: one is, or none is named."""
    words = _bare(name_of(person))
    named = [run for run in runs(text) if any(close(word, words[-1]) for word in run[1:])]
    return len(words) == 1 or not named or any(same(words, run) for run in named)


@lru_cache(maxsize=1024)
def _capitals(text: str) -> frozenset[str]:
    matches = list(WORD.finditer(text))
    following = [*(fold(match.group()) for match in matches[1:]), ""]
    return frozenset(
        fold(OWNER.sub("", match.group()))
        for match, after in zip(matches, following, strict=False)
        if match.group()[0].isupper() and after not in NO_PERSON
    )
