"""Words → lengths of time in them ("nearly two decades", "23 years, four months"). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.judge.facts.text import NUMBER, number

_MORE = (
    r"(?:(?:more than|nearly|almost|about|over|at least|around|roughly|some|just over|close to"
    r"|up to|all of|a total of|(?:the )?(?:last|past)|another|a combined|upwards of|an estimated"
    r"|just under|just shy of|well over|fewer than|less than|the better part of|what he called"
    r"|most of|his|her|their|those|these|all|the|same)\s)*"
)
_HALF = r"(?:\s?1/2|½|\.\d|-and-a-half| and a half|[- ]plus|-odd)?"
_KIND = r"(?:(?:long|full|whole|more|wasted|hard|and a half|calendar|straight)\s)?"
_REST = r"(?:,? (?:and )?(?:[\w-]+|\d+½?) (?:months?|weeks?|days?)\b)*"
SPAN = re.compile(
    rf"(?<![\w$£€,.-])(?P<more>{_MORE})(?:(?P<number>{NUMBER}){_HALF}[ -]"
    rf"{_KIND}(?P<unit>years?|yrs?|decades?)\b(?P<half> and a half)?(?P<rest>{_REST})"
    r"|(?:a|one) (?:full |whole |entire )?(?P<one>decade|half century)\b(?P<and> and a half)?"
    r"|(?:a )?(?P<quarter>quarter[- ](?:of a )?century)|(?P<fifty>half a century))",
    re.IGNORECASE,
)
DECADE, QUARTER, HALF_CENTURY, LIFETIME = 10, 25, 50, 90


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: whole years, where it stands, and where its figure alone begins."""

    years: int
    start: int
    end: int
    figure: int
    adjective: bool
    """`a 17-year ordeal`: what it measures follows."""


def spans(text: str) -> Iterator[Span]:
    """Yield each length of one to ninety whole years, in reading order."""
    for match in SPAN.finditer(text):
        years = _years(match)
        if 0 < years < LIFETIME:
            unit = match.end("unit") if match["unit"] else match.end()
            adjective = bool(match["unit"]) and text[match.start("unit") - 1] == "-"
            adjective = adjective and text[unit - 1 : unit] != "s"
            yield Span(years, match.start(), match.end(), match.end("more"), adjective)


def _years(match: re.Match[str]) -> int:
    if match["quarter"]:
        return QUARTER
    if match["fifty"]:
        return HALF_CENTURY
    if match["one"]:
        whole = DECADE if match["one"].lower() == "decade" else HALF_CENTURY
        return whole + (DECADE // 2 if match["and"] else 0)
    amount = number(match["number"]) or 0
    if not match["unit"].lower().startswith("decade"):
        return amount
    halved = match["half"] or "half" in match[0][match.end("number") - match.start() :]
    return amount * DECADE + (DECADE // 2 if halved else 0)
