"""Text → its words without page furniture, which of them are names, their weights. Pure."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

FURNITURE = re.compile(
    r"(?i)^\W*(?:related\b|see also|also read|read (?:more|next)|most (?:popular|read)|recommended"
    r"|trending|sign up|subscribe|advertisement|skip to|home >|have a tip|got a tip|never miss"
    r"|follow us|share (?:on|this)|support (?:local|our|independent)|donate|if you value"
    r"|listen to (?:this|the)|courtesy photo|the reporter can be reached|©|copyright"
    r"|all (?:rights|content)|this material may not)"
)
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
OWNERS = ("'", "’")
OWNER = re.compile(r"['’]s?$")
PRIOR = 20
"""Stories assumed unseen: with two texts at hand, what they share must not look common."""
NAME_WEIGHT, PLACE_WEIGHT = 2.0, 0.6
LONGEST = 30_000
TIMES = (0.0, *(1 + math.log(n) for n in range(1, 30)))
"""What a word counts for that stands so often in a story."""

_SHARES = {
    0.9: """
        the to of and a in for on that is with at by as was from it an be he has have are but his
        not this they who said will after were been had their i we one about when more also out
        or up which there all would its what if can her she him them than two first into time year
        years over other last people you so no our just could now before only do how because where
        most being during since made many any those then against may
    """,
    0.5: """
        judge court case conviction convicted prison murder state county prosecutors attorney
        trial evidence charges man woman men police served sentenced witness witnesses jury crime
        guilty innocent innocence new lawyer lawyers district cleared freed vacated dismissed
        released exonerated overturned wrongful wrongly wrongfully testimony hearing office
    """,
    0.2: """
        monday tuesday wednesday thursday friday saturday sunday january february march april
        june july august september october november december justice appeal appeals circuit
        superior supreme high detective detectives officer officers victim life death killing
        killed shot shooting family mother father son daughter brother sister wife home street
        old day days week month months three four five six seven eight nine ten while told says
        never every without under through another again still even did got get went came left
        dna project defense defendant prosecutor prosecution sentence statement decision ruled
        ruling order city department government review unit integrity free walked spent decades
    """,
}
COMMON = {word: share for share, words in _SHARES.items() for word in words.split()}
"""Shares of stories of a court beat that hold the word, in rough steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one story: how often each, and which are written like names."""

    counts: Mapping[str, int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Lower case without accents: `Seán` and `Sean` are one name."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def prose(text: str) -> str:
    """The text without newsletters, related links and other furniture, cut to a bearable length."""
    return "\n\n".join(part for part in text[:LONGEST].split("\n\n") if not FURNITURE.match(part))


@lru_cache(maxsize=128)
def read(title: str, text: str) -> Words:
    """Take a story apart; a word counts as a name when it is capitalised inside a sentence."""
    names: set[str] = set()
    order: list[str] = []
    for part in (title, prose(text)):
        end = 0
        for match in WORD.finditer(part):
            word, start = match.group(), match.start()
            if word[-1] in OWNERS or word[-2:-1] in OWNERS:
                word = OWNER.sub("", word)
            key = word.lower() if word.isascii() else fold(word)
            order.append(key)
            if end and word[0].isupper() and not _starts(part[end:start]):
                names.add(key)
            end = match.end()
    return Words(counts=Counter(order), names=frozenset(names), order=tuple(order))


def _starts(between: str) -> bool:
    return between != " " and any(char in between for char in '.?!:\n"“')


def rarity(stories: Collection[Words]) -> Mapping[str, float]:
    """How much each word says: rare in these stories and in the beat's everyday words."""
    seen = Counter(word for story in stories for word in story.counts)
    total = PRIOR + len(stories)
    return {
        word: math.log(total / (0.5 + n + PRIOR * COMMON.get(word, 0.0)))
        for word, n in seen.items()
    }


def weigh(
    story: Words, weights: Mapping[str, float], places: Collection[str]
) -> Mapping[str, float]:
    """What each word of a story says: TF-IDF, names twice, places less."""
    names, more = story.names, TIMES
    return {
        word: (more[n] if n < len(more) else 1 + math.log(n))
        * weights[word]
        * (PLACE_WEIGHT if word in places else NAME_WEIGHT if word in names else 1.0)
        for word, n in story.counts.items()
        if weights[word] > 0
    }


def cosine(
    one: Mapping[str, float], other: Mapping[str, float], without: Collection[str] = ()
) -> float:
    """How alike two stories are, 0 to 1, some words left out."""
    shared = one.keys() & other.keys()
    dot = sum(one[word] * other[word] for word in shared if word not in without)
    lengths = _length(one, without) * _length(other, without)
    return dot / lengths if lengths else 0.0


def _length(story: Mapping[str, float], without: Collection[str]) -> float:
    square = sum(weight * weight for weight in story.values())
    square -= sum(story.get(word, 0.0) ** 2 for word in without)
    return math.sqrt(max(square, 0.0))


def parts(names: Iterable[str]) -> frozenset[str]:
    """The single words of names."""
    return frozenset(word for name in names for word in WORD.findall(fold(name)))
