"""Story → how many people were cleared, if it says so of a group, with the sentence. Pure."""

import re

from monitor.judge.facts.text import CLEARED, NUMBER, Line, Story, fact, number
from monitor.records import Fact

TITLE_GROUP = re.compile(
    rf"^(?P<number>{NUMBER})\s(?:[\w-]+\s){{0,2}}?(?:cleared|acquitted|exonerated|freed"
    rf"|convictions)\b",
    re.IGNORECASE,
)
_SIZE = rf"(?P<number>{NUMBER})(?: of (?:the|those|these|some) {NUMBER})?"
_UNITS = (
    r"(?!years?|months?|days?|of|hours?|decades?|weeks?|counts?|charges?|times?|percent|million)"
)
_HUMAN = (
    r"(?:men|women|people|sailors|brothers|sisters|friends|defendants|teenagers|teens|officers"
    r"|inmates"
    r"|prisoners|post\s?masters|sub-?postmasters|soldiers|exonerees|persons|youths|convicts|boys"
    r"|girls"
    r"|co-accused|appellants|villagers|farmers|workers|labourers|laborers|students|activists|nurses"
    r"|managers|drivers|strikers|miners|veterans|cousins|siblings|suspects|accused|mothers"
    r"|residents|(?!years|hours|others|prosecutors|investigators|numbers|letters|papers|jurors"
    r"|lawyers|matters|orders|members|jawans|counters|quarters|winters|summers)[a-z]{3,}"
    r"(?:ers|ors|ists|men|women))"
)
GROUPS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SIZE}\s(?:{_UNITS}[\w-]+\s){{0,3}}?{_HUMAN}\b(?! and\b(?! women))",
        rf"\b(?:convictions? (?:of|against)|acquitt\w+|clear(?:s|ed)|free[sd]|exonerat\w+"
        rf"|pardon\w*)\s"
        rf"(?:all\s|the\s|another\s)*{_SIZE}\s(?:{_UNITS}[\w-]+\s){{0,2}}?{_UNITS}[\w-]+s\b",
        rf"\b(?<!of the )"
        rf"(?<!of )(?<!him of )(?<!her of ){_SIZE}\s(?:{_UNITS}[\w-]+\s){{0,3}}?(?:convictions"
        rf"|cases)\b",
    )
)
WITH_OTHERS = re.compile(
    rf"\b(?:and|with)\s(?:of\s)?(?:(?:his|her|their|the)\s)?(?P<number>{NUMBER})\s(?:others?"
    rf"|co-?accused"
    r"|co-?defendants|fellow \w+|more)\b",
    re.IGNORECASE,
)


def group_size(story: Story, named: int) -> Fact | None:
    """Return the size of a group whose clearing is told in the same sentence.

    Where only some of the group are named, it must be what the opening is about.
    """
    told = [line for line in story.lines if line.number <= EARLY and CLEARED.search(line.text)]
    for line in told:
        match = WITH_OTHERS.search(line.text)
        others = number(match["number"]) if match else None
        if match and others and (named == 1 or PARDONED_HIM.search(line.text[: match.start()])):
            return fact(story, line, match.span(), 1 + others)
    for group in GROUPS:
        for line in told:
            if found := _sized(story, line, group, named):
                return found
    return None


def _sized(story: Story, line: Line, group: re.Pattern[str], named: int) -> Fact | None:
    titled = TITLE_GROUP.search(line.text) if line.zone == "title" else None
    match = titled or group.search(line.text)
    size = number(match["number"]) if match else None
    if match is None or not size or size == 1 or YEAR.fullmatch(match["number"]):
        return None
    subject = line.number <= OPENING and DATELINE.fullmatch(line.text[: match.start()])
    if named in (0, size) or (subject and named < size):
        return fact(story, line, match.span(), size)
    return None


PARDONED_HIM = re.compile(r"(?i)\b(?:pardon|clear|exonerat|acquit)\w* (?:him|her)\s$")
DATELINE = re.compile(r"(?:[A-ZÀ-Þ][\w .,'’()-]{1,60}(?:[—–:]|\s-)\s)?")
YEAR = re.compile(r"1[89]\d\d|20\d\d")
OPENING = 2
EARLY = 8
