"""Story → contributing factors as the Registry codes them, and whether DNA cleared. Pure.

A code says that the story tells of such a cause; it is never tied to a named person.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts import dna
from monitor.judge.facts.factor_frames import Frames, frames
from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

FRAMES = frames()
DENIED = re.compile(
    r"(?i)\b(?:(?:no (?:evidence|sign|suggestion|indication|finding|allegation)|denie[sd]"
    r"|without|deny"
    r"|nothing)\b[^.;,]{0,25}|(?:not|never)\b[^.;,]{0,10})$"
)
OTHERS_CONFESSED = re.compile(
    r"(?i)\b(?:another man|someone else|somebody else|the (?:real|actual|true) (?:killer"
    r"|\w+)|victim['’]s \w+|others['’]?|a different man)\b[^.;]{0,50}$"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `factors`, with the sentence of the first, and `dna` where DNA helped to clear."""
    found: dict[str, tuple[Line, tuple[int, int]]] = {}
    for code, its in FRAMES.items():
        told = ((line, _told(code, its, line)) for line in story.lines)
        if first := next(((line, match) for line, match in told if match), None):
            found[code] = first[0], first[1].span()
    if found:
        line, span = min(found.values(), key=lambda place: place[0].number)
        yield "factors", fact(story, line, span, tuple(found))
    for code, (line, span) in found.items():
        yield f"factor_{code}", fact(story, line, span, code)
    for line in story.lines:
        if match := dna.cleared(line.text):
            yield "dna", fact(story, line, match.span(), "yes")
            return


def _told(code: str, its: Frames, line: Line) -> re.Match[str] | None:
    """Return what tells of a factor in this line, unless the line denies or forbids it."""
    found = next((m for m in _matches(its, line) if not _denied(code, m, line)), None)
    if found and any(pattern.search(line.text) for pattern in its.forbid):
        return None
    return found


def _matches(its: Frames, line: Line) -> Iterator[re.Match[str]]:
    for pattern in its.tell:
        yield from pattern.finditer(line.text)


def _denied(code: str, match: re.Match[str], line: Line) -> bool:
    before = line.text[: match.start()]
    if HEARER.search(before) or (DENIED.search(before[-40:]) and not FAILING.match(match[0])):
        return True
    return code == "FC" and bool(OTHERS_CONFESSED.search(before[-60:]))


HEARER = re.compile(r"(?i)\b(?:told|tell|telling)\s(?:the\s|a\s|an\s)?$")
"""Who is told something did not do what is told next."""
FAILING = re.compile(r"(?i)never|not|failed|did not")
