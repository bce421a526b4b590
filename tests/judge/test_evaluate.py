"""Figures on labelled texts."""

from monitor.judge.evaluate import alerts, measure
from monitor.records import Evidence, NearMiss, Stage, Verdict


def judged(score: float, stage: Stage = Stage.EXONERATED) -> Verdict:
    return Verdict(
        beat="b",
        version="1",
        score=score,
        threshold=5,
        stage=stage,
        signals=(Evidence(id="undone", weight=score, matches=()),),
        near_misses=(NearMiss(id="freed", weight=1, why="negated: 'not freed'"),),
    )


def test_a_hit_at_another_stage_alerts_nobody() -> None:
    assert alerts(judged(5))
    assert not alerts(judged(5, Stage.COMPENSATION))
    assert alerts(judged(5, Stage.COMPENSATION), stages=())
    assert not alerts(judged(4))


def test_the_figures_are_those_of_the_confusion_table() -> None:
    rows = [
        ("a", "exoneration", judged(6)),
        ("b", "exoneration", judged(4)),
        ("c", "related", judged(6)),
        *((str(n), "negative", judged(0)) for n in range(7)),
    ]
    found = measure(rows, {"exoneration"})
    assert (found.n, found.tp, found.fp, found.fn, found.tn) == (10, 1, 1, 1, 7)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.false_per_10k == 1250


def test_every_error_says_why() -> None:
    rows = [("b", "exoneration", judged(4)), ("c", "related", judged(6))]
    missed, false = measure(rows, {"exoneration"}).errors
    assert (missed.id, false.id) == ("b", "c")
    assert missed.why == "4 of 5, stage exonerated: undone +4; freed negated: 'not freed'"
    assert "undone +6" in false.why


def test_nothing_to_measure_is_no_division_by_zero() -> None:
    found = measure([], {"exoneration"})
    assert (found.n, found.precision, found.recall, found.f1, found.false_per_10k) == (
        0,
        0,
        0,
        0,
        0,
    )
