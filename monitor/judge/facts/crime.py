"""Story → the worst crime of the undone conviction, as one of the Registry's 45 values. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.crime_words import CRIMES, WORDS
from monitor.judge.facts.text import CLEARED, Line, Story, fact
from monitor.records import Fact

ANY = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in WORDS.items()}
_ADJ = (
    r"(?:(?:wrongful|second-degree|first-degree|capital|aggravated|armed|federal|felony|gang"
    r"|double|triple|voluntary|involuntary|wire-fraud|\d{4})[ -])*"
)
BEFORE_CONVICTION = (
    r"{adj}(?:{words})(?: and [\w-]+)?[ -](?:convictions?|verdicts?|judgments?|charges?"
    r"|counts?|case|indictments?|findings?|sentences?|plea|prosecution)\b"
)
AFTER_CONVICTION = (
    r"(?:convicted|convictions?|guilty|acquitted|acquits?|absolved|cleared?|clears|exonerated"
    r"|exoneration|pardoned|innocent|charged|jailed|imprisoned|sentenced|prison|bars"
    r"|locked up|accused|verdicts?|years|life|served|serving|serve|condemned|trial|tried"
    r"|framed|sent\b.{{0,25}}|term|hanged|executed|sentence|term|freed|incarcerated|retrial"
    r"|prosecuted|wrongly blamed)"
    r"\b[^.;]{{0,45}}?\b(?:of|for|in|over|on|to|with)\s(?:[\w'’-]+,?\s){{0,6}}?{adj}(?:{words})\b"
)
TELLING = ("Drug Possession or Sale", "Weapon Possession or Sale", "Military Justice Offense")
STRONG = {
    name: re.compile(
        "|".join(
            (
                BEFORE_CONVICTION.format(adj=_ADJ, words=pattern),
                AFTER_CONVICTION.format(adj=_ADJ, words=pattern),
                *([rf"\b(?:{pattern})\b"] if name in TELLING else []),
            )
        ),
        re.IGNORECASE,
    )
    for name, pattern in WORDS.items()
}
NAMED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in WORDS.items()}
"""What each of STRONG must hold: a tenth of its cost, and most lines name no crime."""
OTHERS = re.compile(
    r"(?i)\b(?:another (?:man|person|killing|case|murder|victim)|someone else|other (?:men"
    r"|people)|real (?:killer|perpetrator)|similar (?:attack|crime)"
    r"|unrelated|separate|two officers|the officer"
    r"|(?:later|since|himself|herself) (?:been )?(?:convicted|jailed|imprisoned)"
    r"|serving (?:time|a sentence) for)\b"
)
GRAVE = (
    *("Murder", "Sexual Assault", "Child Sex Abuse", "Robbery", "Arson", "Kidnapping"),
    *("Drug Possession or Sale", "Burglary/Unlawful Entry", "Supporting Terrorism", "Child Abuse"),
)
LEAD = 4


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `crime`: what a conviction is said to be for, else what the opening tells."""
    found = _strong(story) or _weak(story) or _anywhere(story)
    if found:
        name, line, span = found
        yield "crime", fact(story, line, span, name, "stated" if name in STATED else "inferred")


STATED = frozenset(CRIMES) - {"Other"}

Found = tuple[str, Line, tuple[int, int]]


def _strong(story: Story) -> Found | None:
    found: dict[str, Found] = {}
    for line in story.lines:
        if OTHERS.search(line.text) and not (line.zone == "title" or line.paragraph <= 1):
            continue
        for name, pattern in STRONG.items():
            match = NAMED[name].search(line.text) and pattern.search(line.text)
            if match and not _part_of_worse(name, match, line, pattern):
                inner = ANY[name].search(line.text, match.start())
                row = (name, line, inner.span() if inner else match.span())
                if name not in found or (_only_killing(found[name]) and not _only_killing(row)):
                    found[name] = row
    return _worst(found)


def _part_of_worse(name: str, match: re.Match[str], line: Line, pattern: re.Pattern[str]) -> bool:
    """`attempted murder` is no murder, `sexual assault` no assault, `tax fraud` no other fraud."""
    inner = ANY[name].search(line.text, match.start())
    if inner is None:
        return False
    for other in CONTAINING.get(name, ()):
        for cover in ANY[other].finditer(line.text):
            if cover.start() <= inner.start() < cover.end():
                rest = pattern.search(line.text, cover.end())
                return rest is None
    return False


CONTAINING = {
    "Murder": ("Attempted Murder", "Accessory to Murder", "Manslaughter"),
    "Assault": ("Sexual Assault", "Child Sex Abuse"),
    "Sexual Assault": ("Child Sex Abuse",),
    "Fraud": ("Tax Evasion/Fraud", "Immigration"),
    "Theft": ("Possession of Stolen Property",),
}


def _weak(story: Story) -> Found | None:
    """Read the title, the opening and the sentences that tell the clearing."""
    found: dict[str, Found] = {}
    for line in story.lines:
        if line.paragraph > LEAD and not CLEARED.search(line.text):
            continue
        if OTHERS.search(line.text):
            continue
        for name in (
            "Murder",
            "Manslaughter",
            "Attempted Murder",
            "Child Sex Abuse",
            "Sexual Assault",
            "Arson",
            "Robbery",
        ):
            match = ANY[name].search(line.text)
            if match and not _part_of_worse(name, match, line, ANY[name]):
                found.setdefault(name, (name, line, match.span()))
    return _worst(found)


def _anywhere(story: Story) -> Found | None:
    """Return the only crime that the story names at all."""
    found: dict[str, Found] = {}
    for line in story.lines:
        for name in GRAVE:
            match = ANY[name].search(line.text)
            if match and not OTHERS.search(line.text):
                found.setdefault(name, (name, line, match.span()))
    return next(iter(found.values())) if len(found) == 1 else None


def _worst(found: dict[str, Found]) -> Found | None:
    """Return the worst crime; a killing called manslaughter or an attempt is just that."""
    if "Murder" in found and _only_killing(found["Murder"]):
        for milder in ("Manslaughter", "Attempted Murder"):
            if milder in found:
                return found[milder]
    for name in CRIMES:
        if name in found:
            return found[name]
    return None


def _only_killing(found: Found) -> bool:
    _, line, span = found
    return "murder" not in line.text[span[0] : span[1]].lower()
