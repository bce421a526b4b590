"""Entity in its line → how much it says about where a story happened. Pure."""

import re

from monitor.judge.facts.text import Line
from monitor.records import Entity

ELSEWHERE = re.compile(
    r"(?i)\b(?:(?:inmate|prisoner|imprisoned|jailed|man|woman|record) in|born in"
    r"|(?:moved|gone|went|returned|migrated|emigrated|flown)(?: back)? to|died in|visit(?:ing"
    r"|ed)?|lives? in|living in|prison in|from"
    r"|fled to|flew to"
    r"|journal|university of|similar\b.{0,30}\bin|sailors|while in|camp in|at|an?)\s$"
)
DATELINE = re.compile(r"^[A-ZÀ-Þ][\w .,'’À-ÿ-]{1,40}?(?:\s\([^)]{1,25}\))?\s?(?:[—–:]|-\s)")
MERELY_IN = re.compile(r"\b[Ii]n $")
LONGER_NAME = re.compile(r"[A-Z]\w+ $")
NATIONALITY = re.compile(
    r"^(?!Japan|Jordan|Iran|Oman|Pakistan|Michigan)[A-Z]\w*(?:an|ese|ish|ch|i|ian|er)$"
)
COURT_WORDS = re.compile(
    r"(?i)^(?:['’]s)?\s(?:\w+\s)?(?:circuit|superior|district|common pleas|criminal|supreme"
    r"|court|judge"
    r"|jury|prosecutors?|state['’]s|commonwealth|da\b|courtroom|county court)"
)
WEIGHTS = {
    "dateline": 4.0,
    "county": 3.0,
    "court": 2.0,
    "lead": 1.5,
    "body": 1.0,
    "mere": 0.8,
    "nationality": 0.5,
    "faint": 0.2,
}
CAPITAL = "WASHINGTON"
CITIES_ABROAD = "world_cities"
LEAD = 3


def part_of_longer(entity: Entity, line: Line) -> bool:
    """Tell whether a county's bare name is but the end of another: `South Island`."""
    before = line.text[: entity.start - line.start]
    bare = " " not in entity.name.strip()
    return entity.type == "county" and bare and bool(LONGER_NAME.search(before))


def weigh(entity: Entity, line: Line) -> float:
    start, end = entity.start - line.start, entity.end - line.start
    dateline = DATELINE.match(line.text) if line.zone == "body" else None
    if dateline and entity.name == CAPITAL:
        return WEIGHTS["faint"]
    if dateline and end <= dateline.end() + 1 and line.paragraph <= LEAD:
        town = entity.type == "city" or entity.source == CITIES_ABROAD
        return WEIGHTS["county"] if town else WEIGHTS["dateline"]
    if entity.type == "county":
        return WEIGHTS["county"]
    return _in_passing(line, start, end)


def _in_passing(line: Line, start: int, end: int) -> float:
    """Weigh a place by the words beside it: a court's counts more than a journey's."""
    before = line.text[:start]
    if ELSEWHERE.search(before[-40:]):
        return WEIGHTS["faint"]
    if COURT_WORDS.match(line.text[end:]) or line.zone == "title":
        return WEIGHTS["court"]
    if NATIONALITY.search(line.text[start:end]):
        return WEIGHTS["nationality"]
    if MERELY_IN.search(before):
        return WEIGHTS["mere"]
    return WEIGHTS["lead"] if line.paragraph <= LEAD else WEIGHTS["body"]
