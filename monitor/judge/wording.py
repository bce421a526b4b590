"""The words of title and lead × what a beat says each of them weighs → one part of the sum. Pure.

No word here decides anything: together they tell a story from its look-alikes where the signals,
which look for what happened, find the same in both.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise

from monitor.judge.query import Document
from monitor.judge.query.folding import words
from monitor.records import Evidence, Match, Zone

NAME = "wording"
SHOWN = 10
MOST = 1.0
PLAIN = """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does down during each few for from further had has have
    having he he'd her here hers him his how i i'm i've if in into is it it'd its just may me might
    more most must my no nor not now of off on once one only or other our out over own same say says
    said she she'd should so some such than that the their theirs them then there these they they'd
    this those through to told too two under until up us very was we we're we've were what when
    where which while who whom whose why will with would you you're your three four five six seven
    eight nine ten eleven twelve
"""
DATES = """
    monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december
"""
FUNCTION_WORDS = frozenset(PLAIN.split())
DATE_WORDS = frozenset(DATES.split())


def grams(document: Document, lead_end: int) -> dict[str, Match]:
    """Each word and each two neighbouring words of title and lead, where they first stand."""
    found: dict[str, Match] = {}
    parts: tuple[tuple[Zone, str], ...] = (
        ("title", document.title),
        ("body", document.body[:lead_end]),
    )
    for zone, text in parts:
        for gram, match in _of(zone, text):
            found.setdefault(gram, match)
    return found


def _of(zone: Zone, text: str) -> Iterator[tuple[str, Match]]:
    spans = words(text)
    for word, start, end in spans:
        yield word, Match(text=text[start:end], zone=zone, start=start, end=end)
    for (one, start, _), (other, _, end) in pairwise(spans):
        yield f"{one} {other}", Match(text=text[start:end], zone=zone, start=start, end=end)


def weight(wording: Mapping[str, float], document: Document, lead_end: int) -> float:
    """What the words add up to, at most `MOST`; nothing for a headline alone."""
    if not wording or not document.body.strip():
        return 0.0
    said: set[str] = set()
    for text in (document.title, document.body[:lead_end]):
        plain = [word for word, _, _ in words(text)]
        said.update(plain, map(" ".join, pairwise(plain)))
    return total(wording, said)


def total(wording: Mapping[str, float], said: AbstractSet[str]) -> float:
    """The sum of the words that are said: much can speak against a story, little for it."""
    return round(min(MOST, sum(map(wording.__getitem__, said & wording.keys()))), 3)


def evidence(wording: Mapping[str, float], document: Document, lead_end: int) -> Iterator[Evidence]:
    """The words as one part of the sum, shown by those that weigh most in its direction."""
    added = weight(wording, document, lead_end)
    if added:
        found = {g: match for g, match in grams(document, lead_end).items() if g in wording}
        telling = sorted(found, key=wording.__getitem__, reverse=added > 0)[:SHOWN]
        shown = tuple(found[gram] for gram in telling if wording[gram] * added > 0)
        yield Evidence(id=NAME, weight=added, matches=shown)


def telling(gram: str) -> bool:
    """Whether a word or two could mean something: not a number, a date, "of the"."""
    parts = gram.split()
    plain = all(len(part) > 1 and not part.isdigit() for part in parts)
    return plain and not FUNCTION_WORDS.issuperset(parts) and DATE_WORDS.isdisjoint(parts)
