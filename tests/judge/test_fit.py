"""A fit finds better weights without touching what a person chose, and sees what the judge sees."""

from datetime import UTC, datetime

import pytest

from monitor.judge import fit, verdict
from monitor.judge.beat import read
from monitor.judge.beat.numbers import numbers, rewrite
from monitor.records import Article

BEAT = """\
# kept: é
name: cleared
title: A conviction is undone
threshold: 4
headline_threshold: 2   # kept, too
signals:
  - id: undone
    query: SENTENCE(overturned NEAR/12 conviction*)
    weight: {title: 1.5, lead: 1, body: 0}   # the news
    proves: vacated
  - {id: prison, query: prison, weight: 1}
  - id: judge
    query: judge
    weight: &same
      title: 2.00
      lead: 2.00
  - id: court
    query: court
    weight: *same
    needs: [undone]
senses:
  - id: sport
    query: goal* OR referee
    weight: {title: -0.05, lead: -0.5}
  - id: films
    query: film
    weight: -1
"""
GOOD = "A judge overturned the conviction of Ada Quillfeather, who was in prison."
SPORT = "A judge of the race overturned the conviction that a goal from prison is no goal."


def article(text, title=""):
    date = datetime(2026, 3, 2, tzinfo=UTC)
    return Article(url="", canonical_url="", outlet="", title=title, text=text, published_at=date)


def examples(beats, *, good=GOOD, bad=SPORT, times=8):
    texts = [(good, "yes"), (bad, "no")] * times
    return [
        fit.example(
            article(text), beats, name=str(n), label=label, group=str(n), wanted=label == "yes"
        )
        for n, (text, label) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def beats():
    return verdict.prepare([read(BEAT)])


@pytest.mark.parametrize("title", ["", "Judge: conviction overturned, prison film", "Goal!"])
@pytest.mark.parametrize("text", ["", GOOD, SPORT, f"{GOOD}\n\nA court saw a film.", "Rain."])
def test_a_fit_and_the_judge_cannot_disagree(beats, title, text):
    told = article(text, title)
    found = fit.example(told, beats, name="x", label="yes", group="x", wanted=True)
    other = {place: weight * 1.75 for place, weight in fit.weights_of(beats.beats[0]).items()}
    changed = verdict.prepare([fit.reweighted(beats.beats[0], other)])
    (judged,) = verdict.judge(told, changed, exact=True)
    assert fit.rejudged(found, other).score == judged.score
    assert fit.rejudged(found, other).stage == judged.stage


def test_learnt_weights_part_what_the_present_ones_do_not():
    text = rewrite(BEAT, {("judge", "lead"): 0.25, ("sport", "lead"): -0.25})
    beats = verdict.prepare([read(text)])
    found, present = examples(beats), fit.weights_of(beats.beats[0])
    assert {fit.rejudged(one, present).hit for one in found} == {False}
    weights = fit.learn(found, present, numbers(text), fit.Rule(hold=0.1))
    assert {fit.rejudged(one, weights).hit == one.wanted for one in found} == {True}
    assert all(weight * 4 == round(weight * 4) or weight == -0.05 for weight in weights.values())


def test_signs_and_zeros_stay_and_shared_numbers_stay_shared(beats):
    present = fit.weights_of(beats.beats[0])
    found = examples(beats, good=SPORT, bad=GOOD, times=50)
    weights = fit.learn(found, present, numbers(BEAT), fit.Rule(hold=0.001))
    assert weights != present
    for place, before in present.items():
        after = weights[place]
        assert (after > 0, after < 0) == (before > 0, before < 0), place
        assert abs(after) <= 2 * 4
    assert weights["judge", "lead"] == weights["court", "lead"]
    assert len({weights["prison", zone] for zone in ("title", "lead", "body")}) == 1


def test_a_firm_hold_moves_nothing(beats):
    present = fit.weights_of(beats.beats[0])
    found = examples(beats, good=SPORT, bad=GOOD)
    assert fit.learn(found, present, numbers(BEAT), fit.Rule(hold=1000)) == present


def test_tellings_of_one_story_are_never_on_both_sides(beats):
    found = [
        fit.example(article(GOOD), beats, name=f"{n}", label="y", group=f"{n // 3}", wanted=True)
        for n in range(30)
    ]
    folds = fit.folds(found, 5)
    assert sum(len(fold) for fold in folds) == len(frozenset().union(*folds)) == 10
    assert fit.folds(list(reversed(found)), 5) == folds
    rows = list(fit.crossed(found, fit.weights_of(beats.beats[0]), numbers(BEAT), fit.Rule(), 5))
    assert sorted(name for name, _, _ in rows) == sorted(one.id for one in found)


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")])
def test_only_digits_change_in_the_file(change):
    text = change(BEAT)
    new = rewrite(text, {("undone", "lead"): 2.25, ("court", "title"): 3, ("films", "body"): -1})
    assert new == text.replace("lead: 1,", "lead: 2.25,").replace("title: 2.00", "title: 3")
    assert rewrite(text, fit.weights_of(read(BEAT))) == text
