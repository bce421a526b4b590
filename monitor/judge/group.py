"""A hit + the beat's recent cases → the case it belongs to, and why. Pure.

Three questions, in order: is the text a copy of one we have (containment of 5-word shingles
≥ 0.3, which finds shortened and localised wire copies that MinHash misses), is it about the
same person, does it tell the same event in other words within days.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.records import Article, Case, Fact, Joined, Verdict

SHINGLE = 5
CONTAINED = 0.3
ALIKE = 0.2
UNSURE = 0.03
PRIOR = 20  # texts assumed unseen: with two texts at hand, what they share must not look common
COPY_WINDOW = timedelta(days=30)
STORY_WINDOW = timedelta(days=4)
CASE_WINDOW = timedelta(days=730)
WORDS = re.compile(r"[^\W_]+")


def choose(article: Article, verdict: Verdict, cases: Sequence[Case], now: datetime) -> Joined:
    """Find the case that this hit belongs to; `case_id` None means that it opens one."""
    named = _names(verdict.facts)
    for case in cases:
        if now - case.last_seen_at <= COPY_WINDOW and _copied(article.text, case):
            return Joined(
                case_id=case.id, why="the same text as an article of this case", copy=True
            )
    for case in cases:
        if (shared := named & _names(case.facts)) and _same_place(verdict.facts, case.facts):
            return Joined(case_id=case.id, why=f"the same person: {min(shared)}")
    return _alike(article, verdict, cases, now)


def _alike(article: Article, verdict: Verdict, cases: Sequence[Case], now: datetime) -> Joined:
    named = _names(verdict.facts)
    near = [
        case
        for case in cases
        if now - case.last_seen_at <= STORY_WINDOW and not _contradict(named, verdict.facts, case)
    ]
    rarity = _rarity([article.text, *(text for case in cases for text in case.texts)])
    vector = _vector(article.text, rarity)
    scored = [
        (max((_cosine(vector, _vector(t, rarity)) for t in c.texts), default=0), c) for c in near
    ]
    best, case = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if case is None or best < ALIKE - UNSURE:
        return Joined(case_id=None, why="no case like it")
    if best < ALIKE:
        return Joined(case_id=None, why=f"possibly the same as case {case.id}", unsure=True)
    return Joined(case_id=case.id, why=f"the same event in other words ({best:.2f})")


def _names(facts: Mapping[str, Fact]) -> frozenset[str]:
    value = facts.get("exonerees", Fact()).value
    names = value if isinstance(value, tuple | list) else ()
    return frozenset(" ".join(WORDS.findall(str(name).casefold())) for name in names)


def _contradict(named: frozenset[str], facts: Mapping[str, Fact], case: Case) -> bool:
    known = _names(case.facts)
    return bool(named and known and not _related(named, known)) or not _same_place(
        facts, case.facts
    )


def _related(one: Iterable[str], other: Iterable[str]) -> bool:
    lasts = {name.rsplit(" ", 1)[-1] for name in one}
    return bool(lasts & {name.rsplit(" ", 1)[-1] for name in other})


def _same_place(one: Mapping[str, Fact], other: Mapping[str, Fact]) -> bool:
    for field in ("country", "state", "county"):
        here, there = (facts.get(field, Fact()).value for facts in (one, other))
        if here is not None and there is not None and here != there:
            return False
    return True


def _copied(text: str, case: Case) -> bool:
    own = _shingles(text)
    for other in case.texts:
        theirs = _shingles(other)
        smaller = min(len(own), len(theirs))
        if smaller and len(own & theirs) / smaller >= CONTAINED:
            return True
    return False


def _shingles(text: str) -> frozenset[int]:
    words = WORDS.findall(text.casefold())
    grams = (" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return frozenset(zlib.crc32(gram.encode()) for gram in grams)


def _rarity(texts: Sequence[str]) -> Mapping[str, float]:
    seen = Counter(word for text in texts for word in set(WORDS.findall(text.casefold())))
    return {word: math.log((PRIOR + len(texts)) / (0.5 + n)) for word, n in seen.items()}


def _vector(text: str, rarity: Mapping[str, float]) -> Mapping[str, float]:
    counts = Counter(word for word in WORDS.findall(text.casefold()) if len(word) > 3)  # noqa: PLR2004
    weights = {word: (1 + math.log(n)) * rarity.get(word, 0.0) for word, n in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())
