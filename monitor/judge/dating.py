"""An event in its sentence → whether a year or "three years ago" puts it in the past. Pure."""

import re

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|spring|summer|autumn|fall|winter"
)
CRIME = (
    "murders?|killings?|slayings?|rapes?|robber(?:y|ies)|arson|assassination|deaths?|case"
    "|shootings?|stabbing|bombings?|blasts?|attacks?|fire|disappearances?|kidnapping|assault|burglary|massacre|homicides?"
    "|crimes?|trial|verdict|convictions?|heist|lynching|hanging|crash|slay|abduction"
)
YEAR = re.compile(
    rf"(?:\b(?:in|since|by|during|on|of|from)\s+(?:(?:early|late|mid|the)[\s-]+)*"
    rf"(?:(?:{MONTHS})\.?,?\s+(?:of\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)?"
    rf"|\b(?:{MONTHS})\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?)"
    rf"((?:19|20)\d\d)\b(?!(?:[\s,]+[\w'-]+){{0,3}}\s+(?:{CRIME})\b)",
    re.IGNORECASE,
)
AGO = re.compile(r"\b[\w-]+\s+(?:years?|decades?|months)\s+ago\b", re.IGNORECASE)
ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OTHER_EVENT = re.compile(
    r"\b(?:convicted|sentenced|arrested|found guilty|murder|killing|killed|jailed|imprisoned|crime"
    r"|slaying|rape|trial|shot|died|death(?! row)|born|executed|hanged"
    r"|electrocuted|served|serving|held|since|charged|accused|attack|bombing)\b",
    re.IGNORECASE,
)
YEAR_REACH = 45


def is_past(sentence: str, start: int, end: int, year: int | None) -> bool:
    """An earlier year than the article's, or "three years ago", stands by it and dates it."""
    for ago in AGO.finditer(sentence):
        if ago.start() < start and not OTHER_EVENT.search(sentence[ago.end() : start]):
            return True
    if year is None:
        return False
    return any(
        int(found[1]) < year and _dates(sentence, start, end, found)
        for found in YEAR.finditer(sentence)
    )


def _dates(sentence: str, start: int, end: int, year: re.Match[str]) -> bool:
    """Nothing but the event stands beside the year: no other event, no clause of its own."""
    if year.start() >= end:
        gap = sentence[end : year.start()]
        return "," not in gap and len(gap) <= YEAR_REACH and not OTHER_EVENT.search(gap)
    gap = sentence[year.end() : start]
    return len(gap) <= YEAR_REACH and not OTHER_EVENT.search(gap)


def year_of(text: str) -> int | None:
    """The latest year an article names, for an article without a date."""
    return max((int(year) for year in ANY_YEAR.findall(text)), default=None)
