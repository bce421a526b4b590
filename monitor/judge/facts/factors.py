"""Story → contributing factors as the Registry codes them, and whether DNA cleared. Pure.

A code says that the story tells of such a cause; it is never tied to a named person.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.factor_frames import FRAMES
from monitor.judge.facts.factor_words import CODES
from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

PATTERNS = {
    code: re.compile(rf"\b(?:{pattern})|{'|'.join(FRAMES[code])}", re.IGNORECASE)
    for code, pattern in CODES.items()
}
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
    r"(?i)\bwhose DNA\b|\bDNA\b[^.;]{0,110}?\b(?:match(?:ed|es|ing)?|exclud\w+|exonerat\w+"
    r"|clear(?:ed|s)|another man|someone else|other man|unknown (?:male|man|person)|belong\w*"
    r"|point\w*|proved|proves|proving|show(?:s|ed|ing)?|implicat\w+|identif\w+|linked"
    r"|rul(?:ed|es) (?:him|her|them) out|did not|does not|came back|tore)"
    r"|\b(?:match\w*|exclud\w+|exonerated|cleared|freed|tied|linked|turned out|overturned"
    r"|vacated|implicat\w+|new|testing of|retest\w*)\b[^.;]{0,70}?\b(?:by|through|after|on"
    r"|with|of|using)?\s?(?:new |fresh |modern |advanced )?DNA\b(?! (?:or|tied))"
    r"|\bgenetic (?:tests?|testing|evidence)\b[^.;]{0,60}?\b(?:match|exclud|clear|show|prov"
    r"|belong)\w*"
)
NO_DNA = re.compile(
    r"(?i)\b(?:no|not|nor|without|neither|other than|lack of|absence of"
    r"|physical evidence,)\b[^.;]{0,30}\bDNA\b|\bDNA\b[^.;]{0,25}\b(?:inconclusive"
    r"|was not|not (?:tested|available)|never)\b"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `factors`, with the sentence of the first, and `dna` where DNA helped to clear."""
    found: dict[str, tuple[Line, tuple[int, int]]] = {}
    for code, pattern in PATTERNS.items():
        for line in story.lines:
            match = _told(code, pattern, line)
            if match:
                found[code] = line, match.span()
                break
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


def _told(code: str, pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    for match in pattern.finditer(line.text):
        before = line.text[: match.start()]
        if DENIED.search(before[-40:]) and not match[0].lower().startswith(
            ("never", "not", "failed")
        ):
            continue
        if code == "FC" and OTHERS_CONFESSED.search(before[-60:]):
            continue
        return match
    return None
