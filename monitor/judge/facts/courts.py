"""Story → the court that undid the conviction, with its sentence. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import CLEARED, Line, Story, fact
from monitor.records import Basis, Fact

_CAP = r"[A-ZÀ-Þ][\w.'’À-ÿ-]*"
COURT = re.compile(
    rf"(?:(?:{_CAP}|\d+(?:st|nd|rd|th)) (?:(?:{_CAP}|and|of|for|the) )*?)?"
    r"(?:(?:(?:U\.S\. )?Circuit |District |Superior |Supreme |High |Appeals? |Crown "
    r"|Common Pleas |Criminal "
    r"|Judicial |Sessions |Magistrates['’] |County |People['’]s |Federal |Regional "
    r"|Municipal |Trial )*"
    r"(?:Court(?:room)?(?: of (?:Criminal |Civil |Common )?(?:Appeals?|Cassation|Revision"
    r"|Justice|Session|Justiciary"
    r"|King['’]s Bench|Queen['’]s Bench|Claims|Pleas)| for the (?:\w+ ){1,3}District)?"
    r"|Appellate Division|Division of Appeals|Judicial Committee of the Privy Council|Privy Council"
    r"|(?:Criminal )?Cassation(?: Chamber)?|(?:Supreme |Superior |High |Federal |Regional "
    r"|Constitutional )"
    r"?Tribunal(?: of Justice)?|(?:Grand|Constitutional|Criminal|First|Second|Third|Fourth"
    r"|Fifth) Chamber"
    r"(?: of the (?:Supreme|High|Federal) (?:Court|Tribunal)(?: of Justice(?: of the Nation)?)?)?)"
    rf"(?: of (?!the\b){_CAP}(?: (?:and )?{_CAP})*)?)"
)
COURT_JUDGE = re.compile(
    rf"(?P<court>(?:{_CAP} ){{1,3}}(?:Circuit|Superior|District|Common Pleas|Criminal"
    rf"|Supreme)(?: Court)?) (?:Court )?(?:Judge|Justice)\b"
)
LOWER = re.compile(
    r"\b(?:court of (?:criminal )?appeal|appeal court|high court|(?<!state )supreme court"
    r"|court of cassation"
    r"|court of session|crown court)\b"
)
LEADING = re.compile(
    r"^(?:(?:The|A|An|In|At|On|By|But|And|When|While|After|Before|As|Before|Judge|Justice"
    r"|Presiding|Chief|Late|That|This"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Outside|Inside|of|the|and|for"
    r"|[\w.]+['’]s)\s)+"
)
SENTENCED = re.compile(
    r"[^.;]{0,30}\b(?:sentenced|convicted)\b|\s(?:[Bb]uilding|[Hh]ouse|petition|challenge|bid"
    r"|appeal)\b"
)
LONG_AGO = re.compile(
    r"\s(?:(?:had|threw|reversed|overturned|vacated|ordered|granted|ruled|quashed"
    r"|set)\b[^.;]{0,60}?\s)?"
    r"(?:in (?:19|20)\d\d|last (?:year|spring|summer|fall|autumn|winter)"
    r"|in (?:the )?(?:spring|summer|fall|autumn|winter))\b"
)
"""What a court did then is not the clearing that is told."""
NOT_ACTING = re.compile(
    r"(?i)\b(?:convicted|found guilty|sentenced|tried|federal lawsuit|appeal to|go to"
    r"|petition(?:ed)? the|law(?:yers)? for|steps of)\b.{0,25}$"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `court`: the first one named where the clearing is told, else the first."""
    found: list[tuple[int, int, Line, tuple[int, int], str, Basis]] = []
    for line in story.lines:
        for name, span, basis in _named(line):
            after = line.text[span[1] :]
            if NOT_ACTING.search(line.text[: span[0]]) or SENTENCED.match(after):
                continue
            if LONG_AGO.match(after) and line.zone == "body":
                continue
            rank = int(not CLEARED.search(line.text)) + 2 * int(line.zone == "title")
            found.append((rank, line.number, line, span, name, basis))
    if found:
        _, _, line, span, name, basis = min(found, key=lambda row: row[:2])
        yield "court", fact(story, line, span, name, basis)


def _named(line: Line) -> Iterator[tuple[str, tuple[int, int], Basis]]:
    for match in COURT.finditer(line.text):
        opening = LEADING.match(match[0])
        start = match.start() + (opening.end() if opening else 0)
        name = line.text[start : match.end()]
        if name not in {"Court", "Courtroom"}:
            yield name, (start, match.end()), "stated"
    for match in LOWER.finditer(line.text):
        yield match[0], match.span(), "stated"
    for match in COURT_JUDGE.finditer(line.text):
        name = LEADING.sub("", match["court"])
        yield name.removesuffix(" Court") + " Court", match.span("court"), "inferred"
