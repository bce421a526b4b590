"""Story → contributing factors as the Registry codes them, and whether DNA cleared. Pure.

A code says that the story tells of such a cause; it is never tied to a named person.
"""

import re
from collections.abc import Iterable, Iterator

from monitor.judge.facts.factor_frames import patterns
from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

PATTERNS = patterns()
DENIED = re.compile(
    r"(?i)\b(?:(?:no (?:evidence|sign|suggestion|indication|finding|allegation)|denie[sd]"
    r"|without|deny"
    r"|nothing)\b[^.;,]{0,25}|(?:not|never)\b[^.;,]{0,10})$"
)
OTHERS_CONFESSED = re.compile(
    r"(?i)\b(?:another man|someone else|somebody else|the (?:real|actual|true) (?:killer"
    r"|\w+)|victim['’]s \w+|others['’]?|a different man)\b[^.;]{0,50}$"
)
DNA = re.compile(
    r"\b(?:DNA|genetic (?:tests?|testing|analys[ie]s|evidence|profiles?"
    r"|genealog\w+))\b[^.;]{0,110}?"
    r"\b(?:match\w*|exclud\w+|exonerat\w+|clear(?:ed|s)|another|someone else|other (?:man|men)"
    r"|unknown"
    r"|belong\w*|point\w*|prov\w+|show(?:s|ed|ing)?|implicat\w+|identif\w+|linked|traced|rul(?:ed"
    r"|es)"
    r"|did not|does not|came back|tore|is that of|of an? (?:\w+ )?(?:man|woman|stranger|\w+er)"
    r"|results?"
    r"|settled|found|two men|someone|stranger|carried|contractor|murderer|killer)\b"
    r"|\b(?:match\w*|exclud\w+|exonerated|cleared|freed|tied|linked|turned out|overturned|vacated"
    r"|carries"
    r"|implicat\w+|new|testing of|retest\w*|shown|held|finds?|found)\b[^.;]{0,70}?\b(?:by|through"
    r"|after|on"
    r"|with|of|using|the|men['’]s|man['’]s)?\s?(?:new |fresh |modern |advanced )?DNA\b(?! (?:or"
    r"|tied))"
    r"|\bwhose DNA\b",
    re.IGNORECASE,
)
NO_DNA = re.compile(
    r"(?i)\b(?:asked?|asking|seeks?|seeking|refus\w+|denied|before|era of)\b[^.;]{0,25}\bDNA\b"
    r"|\b(?:no|not|nor|without|neither|other than|lack of|absence of"
    r"|physical evidence,)\b[^.;]{0,30}\bDNA\b|\bDNA\b[^.;]{0,25}\b(?:inconclusive"
    r"|was not|not (?:tested|available)|never)\b"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `factors`, with the sentence of the first, and `dna` where DNA helped to clear."""
    found: dict[str, tuple[Line, tuple[int, int]]] = {}
    for code, frames in PATTERNS.items():
        told = ((line, _told(code, frames, line)) for line in story.lines)
        if first := next(((line, match) for line, match in told if match), None):
            found[code] = first[0], first[1].span()
    if found:
        line, span = min(found.values(), key=lambda place: place[0].number)
        yield "factors", fact(story, line, span, tuple(found))
    for code, (line, span) in found.items():
        yield f"factor_{code}", fact(story, line, span, code)
    for line in story.lines:
        match = DNA.search(line.text)
        if match and not NO_DNA.search(line.text):
            yield "dna", fact(story, line, match.span(), "yes")
            return


def _told(code: str, frames: Iterable[re.Pattern[str]], line: Line) -> re.Match[str] | None:
    for frame in frames:
        for match in frame.finditer(line.text):
            before = line.text[: match.start()]
            denied = DENIED.search(before[-40:]) and not FAILING.match(match[0])
            if not denied and not (code == "FC" and OTHERS_CONFESSED.search(before[-60:])):
                return match
    return None


FAILING = re.compile(r"(?i)never|not|failed|did not")
