"""Two beats are compared as people would notice: by what they would be told."""

import pytest

from monitor.judge.beat import read
from monitor.judge.compare import Comparison, Pair, alerting, drops, live_for
from monitor.judge.evaluate import ALERTED
from monitor.records import Stage, Verdict

FORM = """\
name: {name}
threshold: 5
shadow: {shadow}
signals:
  - {{id: a, query: a, weight: 1, proves: {proves}}}
"""


def beat(name="b", *, shadow=False, proves="vacated"):
    return read(FORM.format(name=name, shadow=str(shadow).lower(), proves=proves))


def said(score, stage=Stage.VACATED):
    return Verdict(beat="b", version="", score=score, threshold=5, stage=stage)


@pytest.mark.parametrize(
    ("name", "live"),
    [
        ("exonerations", "exonerations"),
        ("exonerations-next", "exonerations"),
        ("exonerations-uk_2", "exonerations-uk"),
        ("exonerationsnext", None),
        ("courts", None),
        ("sport-next", None),
    ],
)
def test_a_beat_stands_beside_the_live_one_whose_name_it_begins_with(name, live):
    known = [beat("exonerations"), beat("exonerations-uk"), beat("sport", shadow=True)]
    assert live_for(name, known) == live


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        (said(6), said(5), False),
        (said(6), said(4.9), True),
        (said(6), said(9, Stage.HEARING), True),
        (said(6, Stage.HEARING), said(9, Stage.CLAIM), False),
        (said(6, Stage.HEARING), said(1), True),
        (said(4), said(1), False),
    ],
)
def test_a_story_is_lost_if_people_would_not_hear_of_it_again(before, now, lost):
    assert drops(before, now, beat()) is lost


def test_a_beat_that_proves_no_end_of_a_case_alerts_at_any_stage():
    assert alerting(beat()) == ALERTED
    assert alerting(beat(proves="hearing")) == frozenset()
    assert not drops(said(6), said(6, Stage.UNKNOWN), beat(proves="hearing"))


def test_a_comparison_counts_stories_not_articles():
    compared = Comparison(stages=ALERTED)
    for name, story, label, before, now in (
        ("1", "case 1", "confirmed", said(6), said(6)),
        ("2", "case 1", None, said(6), said(1)),
        ("3", "case 3", "rejected", said(6), said(1)),
        ("4", "article 4", None, None, said(7)),
        ("5", "article 5", None, said(1), said(2)),
    ):
        pair = Pair(id=name, title=name, story=story, label=label, before=before, now=now)
        compared.add(pair)
    assert compared.articles == 5
    assert (len(compared.stories_before), len(compared.stories)) == (2, 2)
    assert [pair.id for pair in compared.dropped] == ["2", "3"]
    assert [pair.id for pair in compared.added] == ["4"]
    before, now = compared.figures(["confirmed"])
    assert (before.precision, now.precision, now.recall) == (0.5, 1, 1)
