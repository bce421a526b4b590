"""Labels and verdicts → precision, recall, F1, false alerts per 10,000, and every error. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from monitor.records import Stage, Verdict

PER = 10_000
ALERTED = frozenset({Stage.VACATED, Stage.EXONERATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One text judged wrongly, and why."""

    id: str
    label: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """What a beat gets right and wrong on labelled texts; a ratio of nothing is 0."""

    n: int
    tp: int
    fp: int
    fn: int
    tn: int
    precision: float
    recall: float
    f1: float
    false_per_10k: float
    errors: tuple[Error, ...] = ()


def alerts(verdict: Verdict, stages: Collection[Stage] = ALERTED) -> bool:
    """Whether people would hear of it: a hit, at one of the stages (none given: at any)."""
    return verdict.hit and (not stages or verdict.stage in stages)


def measure(
    judged: Iterable[tuple[str, str, Verdict]],
    positive: Collection[str],
    stages: Collection[Stage] = ALERTED,
) -> Metrics:
    """Compare (id, label, verdict) with the labels that should alert."""
    counts = {(wanted, told): 0 for wanted in (True, False) for told in (True, False)}
    errors: list[Error] = []
    for name, label, verdict in judged:
        wanted, told = label in positive, alerts(verdict, stages)
        counts[wanted, told] += 1
        if wanted != told:
            errors.append(Error(id=name, label=label, score=verdict.score, why=why(verdict)))
    tp, fp, fn, tn = (
        counts[key] for key in ((True, True), (False, True), (True, False), (False, False))
    )
    precision, recall = _ratio(tp, tp + fp), _ratio(tp, tp + fn)
    return Metrics(
        n=tp + fp + fn + tn,
        tp=tp,
        fp=fp,
        fn=fn,
        tn=tn,
        precision=precision,
        recall=recall,
        f1=_ratio(2 * precision * recall, precision + recall),
        false_per_10k=PER * _ratio(fp, fp + tn),
        errors=tuple(sorted(errors, key=lambda error: (error.label, -error.score))),
    )


def why(verdict: Verdict) -> str:
    """One line: score and threshold, stage, what counted, what came closest."""
    parts = ", ".join(f"{part.id} {part.weight:+g}" for part in verdict.signals) or "nothing"
    said = f"{verdict.score:g} of {verdict.threshold:g}, stage {verdict.stage}: {parts}"
    unread = [miss for miss in verdict.near_misses if ": " in miss.why]
    return f"{said}; {unread[0].id} {unread[0].why}" if unread and not verdict.hit else said


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
