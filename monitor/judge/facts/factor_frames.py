"""The lists of who did what → patterns for each contributing factor. Pure."""

import re

from monitor.judge.facts.factor_rules import NEXT, REACH, RULES
from monitor.judge.facts.factor_words import LISTS

WORDS = {
    name: words.replace("\n", " ")
    for name, words in re.findall(r"^([A-Z]+): ((?:.|\n {4})+)$", LISTS, re.MULTILINE)
}


def patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compile each code's rules: the lists of a row in this order within one sentence."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for block in re.split(r"\n(?=[A-Z/]+\n)", RULES):
        code, _, rules = block.partition("\n")
        rows = re.split(r"^- ", rules, flags=re.MULTILINE)[1:]
        found[code] = tuple(_rule(" ".join(row.split())) for row in rows)
    return found


def _rule(rule: str) -> re.Pattern[str]:
    first, *rest = re.split(r" ([>+]) ", rule)
    pattern = _slot(first)
    for sign, slot in zip(rest[::2], rest[1::2], strict=True):
        pattern += rf"\b[^;]{{0,{REACH if sign == '>' else NEXT}}}?\b{_slot(slot)}"
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


def _slot(words: str) -> str:
    return "(?:" + "|".join(one for word in words.split(",") for one in _words(word.strip())) + ")"


def _words(word: str) -> list[str]:
    if word in WORDS:
        return [one for each in WORDS[word].split(",") for one in _words(" ".join(each.split()))]
    plain = re.escape(word).replace("'", "['’]").replace(r"\?", r"\w").replace(r"\*", r"[\w'’]*")
    return [plain.replace(r"\ ", r"\s")]
