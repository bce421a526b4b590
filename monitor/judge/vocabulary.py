"""Labelled articles × a beat → which words of title and lead to weigh, and how much. Pure.

A logistic fit on top of the score that a text has without its words: each word by itself, in turn,
until none moves; those that would change most texts are kept and fitted once more.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt

from monitor.judge import wording
from monitor.judge.fit import Example, Judged, Rule, folds
from monitor.records import Verdict

LEAST_TEXTS = 20
MOST_SHARE = 0.5
ROUNDS = 40
SETTLED = 0.005
PLACES = 1
FARTHEST = 5.0


@dataclass(slots=True)
class _Row:
    """A text as the fit sees it: how far it stands on its side of the threshold, and its cost."""

    side: int
    cost: float
    stands: float


def learn(found: Collection[Example], most: int, rule: Rule) -> Mapping[str, float]:
    """Weights, to a tenth, for at most so many words."""
    texts = Counter(gram for one in found for gram in one.words)
    common = len(found) * MOST_SHARE
    known = [gram for gram, n in sorted(texts.items()) if LEAST_TEXTS <= n < common]
    first = _fit(found, known, rule)
    known.sort(key=lambda gram: (-abs(first[gram]) * sqrt(texts[gram]), gram))
    fitted = _fit(found, known[:most], rule)
    rounded = {gram: round(weight, PLACES) for gram, weight in fitted.items()}
    return {gram: weight for gram, weight in rounded.items() if weight}


def _fit(found: Collection[Example], known: Sequence[str], rule: Rule) -> dict[str, float]:
    rows = [_row(one, rule) for one in found]
    columns: defaultdict[str, list[_Row]] = defaultdict(list)
    wanted = set(known)
    for one, row in zip(found, rows, strict=True):
        for gram in one.words & wanted:
            columns[gram].append(row)
    weights = dict.fromkeys(known, 0.0)
    for _ in range(ROUNDS):
        moved = 0.0
        for gram in known:
            step = _step(columns[gram], weights[gram], rule.hold)
            weights[gram] += step
            for row in columns[gram]:
                row.stands += row.side * step
            moved = max(moved, abs(step))
        if moved < SETTLED:
            break
    return weights


def _row(one: Example, rule: Rule) -> _Row:
    side, cost = (1, rule.miss) if one.wanted else (-1, 1.0)
    far = one.judged.score - one.wording - one.judged.threshold
    return _Row(side, cost, side * max(-FARTHEST, min(FARTHEST, far)) - rule.margin)


def _step(column: Iterable[_Row], weight: float, hold: float) -> float:
    """Newton's step for one word, all others held."""
    slope, bend = hold * weight, hold
    for row in column:
        wrong = 1 / (1 + exp(max(-50.0, min(50.0, row.stands))))
        slope -= row.side * row.cost * wrong
        bend += row.cost * wrong * (1 - wrong)
    return -slope / bend


def reworded(found: Example, weights: Mapping[str, float]) -> Verdict:
    """The verdict on an example under other weights for words."""
    told = wording.total(weights, found.words)
    return replace(found.judged, score=round(found.judged.score - found.wording + told, 3))


def crossed(found: Sequence[Example], most: int, rule: Rule, count: int) -> Iterator[Judged]:
    """Judge every example by words that were learnt without its fold."""
    for fold in folds(found, count):
        weights = learn([one for one in found if one.group not in fold], most, rule)
        for one in found:
            if one.group in fold:
                yield one.id, one.label, reworded(one, weights)
