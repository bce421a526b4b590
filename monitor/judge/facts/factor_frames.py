"""The lists of who did what → patterns for each contributing factor. Pure."""

import re
from dataclasses import dataclass

from monitor.judge.facts.factor_rules import NEXT, REACH, RULES
from monitor.judge.facts.factor_words import LISTS

WORDS = {
    name: words.replace("\n", " ")
    for name, words in re.findall(r"^([A-Z]+): ((?:.|\n {4})+)$", LISTS, re.MULTILINE)
}
GAPS = {">": rf"[^;]{{0,{REACH}}}?", "+": rf"[^;]{{0,{NEXT}}}?", "&": r"\W(?:[\w'’-]+\s)?"}
NAME = r"(?-i:[A-ZÀ-Þ][\w'’-]+)"

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """One code's patterns: what tells of it, and what forbids that a sentence does."""

    tell: Patterns
    forbid: Patterns


def frames() -> dict[str, Frames]:
    """Compile each code's rules: the lists of a row in this order within one sentence."""
    found: dict[str, Frames] = {}
    for block in re.split(r"\n(?=[A-Z/]+\n)", RULES):
        code, _, rules = block.partition("\n")
        found[code] = Frames(_rows("-", rules), _rows("!", rules))
    return found


def _rows(sign: str, rules: str) -> Patterns:
    rows = re.findall(rf"^{sign} ((?:.|\n  )+)", rules, re.MULTILINE)
    return tuple(_rule(" ".join(row.split())) for row in rows)


def _rule(rule: str) -> re.Pattern[str]:
    first, *rest = re.split(r" ([>+&]) ", rule)
    pattern = _slot(first)
    for sign, slot in zip(rest[::2], rest[1::2], strict=True):
        pattern += rf"\b{GAPS[sign]}\b{_slot(slot)}"
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


def _slot(words: str) -> str:
    return "(?:" + "|".join(one for word in words.split(",") for one in _words(word.strip())) + ")"


def _words(word: str) -> list[str]:
    if word == "NAME":
        return [NAME]
    if word in WORDS:
        return [one for each in WORDS[word].split(",") for one in _words(" ".join(each.split()))]
    plain = re.escape(word).replace("'", "['’]").replace(r"\?", r"\w").replace(r"\*", r"[\w'’]*")
    return [plain.replace(r"\ ", r"\s")]
