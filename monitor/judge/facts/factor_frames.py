"""The lists of who did what → one pattern for each contributing factor. Pure."""

import re

from monitor.judge.facts.factor_words import LISTS, NEXT, REACH, RULES


def patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Compile each code's rules: the lists of a row in this order within one sentence."""
    return {code: tuple(_rule(rule) for rule in rules) for code, rules in RULES.items()}


def _rule(rule: str) -> re.Pattern[str]:
    first, *rest = re.split(r" ([>+]) ", rule)
    pattern = _slot(first)
    for sign, slot in zip(rest[::2], rest[1::2], strict=True):
        pattern += rf"\b[^;]{{0,{REACH if sign == '>' else NEXT}}}?\b{_slot(slot)}"
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


def _slot(words: str) -> str:
    listed = [word.strip() for word in words.split(", ")]
    return "(?:" + "|".join(one for word in listed for one in _words(word)) + ")"


def _words(word: str) -> list[str]:
    if word in LISTS:
        return [one for each in LISTS[word].split(", ") for one in _words(each)]
    plain = re.escape(word).replace("'", "['’]").replace(r"\?", r"\w").replace(r"\*", r"[\w'’]*")
    return [plain.replace(r"\ ", r"\s")]
