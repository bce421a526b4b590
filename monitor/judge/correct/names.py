"""Two runs of words → whether a person, a place or a body has another name now. Pure."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from monitor.judge.correct import lexicon
from monitor.judge.gazetteer import STATE_CODES
from monitor.judge.group.people import close
from monitor.judge.group.words import COMMON

Names = AbstractSet[str]
WORDS_OF_PLACE = frozenset({"county", "parish", "borough", "court", "city"})
_TITLES = "mr mrs ms miss dr sir judge justice lord lady officer detective sgt attorney the"
TITLES = frozenset(_TITLES.split())
_SHORTENED = """county department university street avenue boulevard assistant governor senator
    representative lieutenant sergeant captain reverend professor association corporation"""
SHORTENED = frozenset([*_SHORTENED.split(), *" ".join(STATE_CODES.values()).lower().split()])


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a sentence."""

    words: Sequence[str]
    start: int
    end: int

    @property
    def own(self) -> Sequence[str]:
        """The words of the run itself."""
        return self.words[self.start : self.end]

    @property
    def next(self) -> str:
        """The word after it."""
        return lexicon.plain(self.words[self.end]) if self.end < len(self.words) else ""


def renamed(one: Run, other: Run, old: Names, new: Names, *, title: bool) -> bool:
    """Whether a name in one run became another; a shorter form or a slip of the pen is none."""
    before, after = _proper(one, old, title=title), _proper(other, new, title=title)
    gone, come = before - after, after - before
    if not gone or not come:
        return False
    if WORDS_OF_PLACE & {one.next, other.next}:
        return True
    if any(_abbreviates(a, b) or _abbreviates(b, a) for a in gone for b in come):
        return False
    if any(_initials(a, other) for a in gone) or any(_initials(b, one) for b in come):
        return False
    misspelt = all(any(_slip(a, b) for b in come) for a in gone)
    if misspelt:  # in one place only: a slip of the pen
        return not (come <= old or gone <= new)
    return not (come <= old and gone <= new)


def _slip(one: str, other: str) -> bool:
    """One word misspelt, or two letters in the wrong order."""
    return close(one, other) or sorted(one) == sorted(other)


def _proper(run: Run, known: Names, *, title: bool) -> frozenset[str]:
    """The names in a run; a capital at the beginning of a sentence, or in a headline, is none."""
    names = set(proper_names(run.own[1:] if run.start == 0 else run.own))
    if title:
        return frozenset(names & known)
    if run.start == 0 and run.own:
        first, rest = run.own[0], run.words[1:2]
        full = bool(rest) and rest[0][:1].isupper() and lexicon.plain(first) not in COMMON
        if lexicon.plain(first) in known or full:
            names |= set(proper_names([first]))
    return frozenset(names)


def proper_names(words: Iterable[str]) -> list[str]:
    """The words that are written like names, folded; no days, no titles."""
    found = (word for word in words if word[:1].isupper() and not lexicon.days([word]))
    return [name for word in found if (name := lexicon.plain(word)) not in TITLES and len(name) > 1]


def _initials(short: str, run: Run) -> bool:
    """`DA` and `district attorney`."""
    return short.replace(".", "") == "".join(lexicon.plain(word)[:1] for word in run.own)


def _abbreviates(short: str, long: str) -> bool:
    """`Calif` and `California`, `Va` and `Virginia`."""
    if len(short) > 5 or len(short) >= len(long) - 1 or short[:1] != long[:1]:  # noqa: PLR2004
        return False
    if long not in SHORTENED:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short.replace(".", ""))
