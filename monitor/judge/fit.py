"""Labelled articles × a beat → what fired in each, and weights that tell them apart better. Pure.

What fired is read off the verdict itself, so that the fit and the judge cannot disagree. A score
stays a sum of named weights: the fit lowers a smooth count of the texts on the wrong side of the
threshold, and pulls every weight toward the value it has. A weight keeps its sign, and a zero.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import exp
from zlib import crc32

from monitor.judge import verdict, wording
from monitor.judge.beat import Beat, Test
from monitor.judge.beat.numbers import Number, Place
from monitor.judge.page import Page, lay_out
from monitor.judge.query import read
from monitor.judge.verdict import Beats
from monitor.records import Article, Verdict

STEPS = 300
SETTLED = 1e-4
SHARPNESS = 0.5
STEP = 0.25
Weights = Mapping[Place, float]
Judged = tuple[str, str, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What one labelled text says to a beat: for each part of the sum, the places it stands in."""

    id: str
    label: str
    group: str
    wanted: bool
    judged: Verdict
    fired: tuple[tuple[Place, ...], ...] = ()
    rest: float = 0.0
    words: frozenset[str] = frozenset()
    wording: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a fit weighs things: a miss against a false alert, the labels against the file.

    `margin` is how far from the threshold a text should stand on its side.
    """

    miss: float = 3.0
    hold: float = 3.0
    margin: float = 0.75


def example(
    article: Article, beats: Beats, *, name: str, label: str, group: str, wanted: bool
) -> Example:
    """Judge an article by the first beat, and note where each part of its sum stands."""
    beat, judged = beats.beats[0], verdict.judge(article, beats, exact=True)[0]
    page = lay_out(beat, read(article.title, article.text, article.outlet, article.url), None)
    weights = weights_of(beat)
    fired, rest = [], 0.0
    for part in judged.signals:
        zones = sorted({page.zone(match) for match in part.matches})
        places = tuple((part.id, zone) for zone in zones if weights.get((part.id, zone)))
        fired += [places] if places else []
        rest += 0.0 if places else part.weight
    slim = replace(judged, signals=(), entities=(), near_misses=(), facts={})
    return Example(
        id=name,
        label=label,
        group=group,
        wanted=wanted,
        judged=slim,
        fired=tuple(fired),
        rest=rest,
        words=_words(page) if fired else frozenset(),
        wording=sum(part.weight for part in judged.signals if part.id == wording.NAME),
    )


def _words(page: Page) -> frozenset[str]:
    """What could be weighed in title and lead; nothing of a headline alone."""
    if not page.document.body.strip():
        return frozenset()
    return frozenset(filter(wording.telling, wording.grams(page.document, page.lead_end)))


def weights_of(beat: Beat) -> dict[Place, float]:
    """Every weight of a beat by signal and zone."""
    tests = (*beat.signals, *beat.senses)
    return {(test.id, zone): weight for test in tests for zone, weight in test.weight.items()}


def reweighted(beat: Beat, weights: Weights) -> Beat:
    """The same beat with these weights."""

    def weighing(test: Test) -> Test:
        return replace(test, weight={z: weights[test.id, z] for z in test.weight})

    signals, senses = map(weighing, beat.signals), map(weighing, beat.senses)
    return replace(beat, signals=tuple(signals), senses=tuple(senses))


def rejudged(found: Example, weights: Weights) -> Verdict:
    """The verdict on an example under other weights."""
    score = found.rest + sum(max((weights[p] for p in part), key=abs) for part in found.fired)
    return replace(found.judged, score=round(score, 3))


def learn(
    found: Collection[Example], present: Weights, numbers: Sequence[Number], rule: Rule
) -> Weights:
    """The weights that part the examples best without going far from the present ones.

    Numbers that the file says once for several zones move together; each ends on a quarter.
    """
    owner = {place: n for n, number in enumerate(numbers) for place in number.places}
    start = [number.value for number in numbers]
    rows = [row for one in found if (row := _row(one, owner, present, rule))]
    curb = _curbs(rows, start, rule.hold)
    limit = 2 * max((one.judged.threshold for one in found), default=1.0)
    now = list(start)
    for _ in range(STEPS):
        slope = [rule.hold * (a - b) for a, b in zip(now, start, strict=True)]
        _add_slopes(slope, rows, now)
        new = [
            _bounded(value - up / most, first, limit)
            for value, up, most, first in zip(now, slope, curb, start, strict=True)
        ]
        moved = max((abs(a - b) for a, b in zip(now, new, strict=True)), default=0.0)
        now = new
        if moved < SETTLED:
            break
    final = [_rounded(value, first) for value, first in zip(now, start, strict=True)]
    return {**present, **{place: final[n] for place, n in owner.items()}}


@dataclass(frozen=True, slots=True)
class _Row:
    """An example as the fit sees it: `side` is 1 if it should reach the threshold, else -1."""

    parts: tuple[tuple[int, ...], ...]
    rest: float
    side: int
    cost: float
    margin: float


def _row(one: Example, owner: Mapping[Place, int], present: Weights, rule: Rule) -> _Row | None:
    parts, rest = [], one.rest - one.judged.threshold
    for part in one.fired:
        known = tuple(owner[place] for place in part if place in owner)
        parts += [known] if known else []
        rest += 0.0 if known else max((present[place] for place in part), key=abs)
    if not parts:
        return None
    side, cost = (1, rule.miss) if one.wanted else (-1, 1.0)
    return _Row(tuple(parts), rest, side, cost, rule.margin)


def _curbs(rows: Sequence[_Row], start: Sequence[float], hold: float) -> list[float]:
    """For each number how steeply the slope can change at most: a step of its inverse is safe."""
    curb = [hold] * len(start)
    for row in rows:
        for n in set(chain.from_iterable(row.parts)):
            curb[n] += row.cost * len(row.parts) / (4 * SHARPNESS)
    return curb


def _add_slopes(slope: list[float], rows: Sequence[_Row], now: Sequence[float]) -> None:
    """Add how the loss changes with each number."""
    for row in rows:
        active = [max(part, key=lambda n: abs(now[n])) for part in row.parts]
        short = row.margin - row.side * (row.rest + sum(now[n] for n in active))
        up = row.side * row.cost / (1 + exp(min(-short / SHARPNESS, 50.0)))
        for n in active:
            slope[n] -= up


def _bounded(value: float, first: float, limit: float) -> float:
    """Keep the sign and the zero: a person chose those; and no weight outgrows all others."""
    if first == 0:
        return 0.0
    least, most = min(STEP, abs(first)), max(limit, abs(first))
    return min(max(value, least), most) if first > 0 else max(min(value, -least), -most)


def _rounded(value: float, first: float) -> float:
    """To a quarter, as people write weights; what hardly moved stays as it was written."""
    even = round(value / STEP) * STEP
    return first if abs(value - first) < STEP / 2 or not even else even


def folds(found: Collection[Example], count: int) -> list[frozenset[str]]:
    """Deal groups of examples into so many folds, wanted ones evenly; the same every time."""
    wanted = {one.group: one.wanted for one in sorted(found, key=lambda one: one.wanted)}
    order = sorted(wanted, key=lambda group: (wanted[group], crc32(group.encode()), group))
    return [frozenset(order[n::count]) for n in range(count)]


def crossed(
    found: Sequence[Example], present: Weights, numbers: Sequence[Number], rule: Rule, count: int
) -> Iterator[Judged]:
    """Judge every example by weights that were learnt without its fold."""
    for fold in folds(found, count):
        weights = learn([one for one in found if one.group not in fold], present, numbers, rule)
        for one in found:
            if one.group in fold:
                yield one.id, one.label, rejudged(one, weights)
