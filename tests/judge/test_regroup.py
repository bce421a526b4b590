"""What people decide about cases stays decided."""

from datetime import timedelta

import pytest

from monitor.errors import UsageError
from monitor.judge import regroup, store
from monitor.records import Stage
from monitor.tables import AlertRow, ArticleRow, CaseRow, VerdictRow
from tests.judge.test_flow import COURT, ELSEWHERE, NOW, OTHER_WORDS, Newsroom, config, newsroom

__all__ = ["config", "newsroom"]

LATER = NOW + timedelta(hours=5)
SAID = {"who": "dana", "reason": "one ruling", "now": LATER}


@pytest.fixture
def two(newsroom: Newsroom) -> Newsroom:
    """Two cases: 1 with two hits, 2 with one."""
    newsroom.file(COURT, exonerees=("Ada Moss",))
    newsroom.file(OTHER_WORDS, at=NOW + timedelta(minutes=5), exonerees=("Ada Moss",))
    newsroom.file(ELSEWHERE, at=NOW + timedelta(minutes=9), people_count=5, state="Ohio")
    assert [row.case_id for row in newsroom.all(VerdictRow)] == [1, 1, 2]
    return newsroom


def test_a_merge_moves_hits_alerts_and_facts_and_keeps_the_reason(two):
    assert two.db.now(regroup.merge, 1, 2, **SAID) == (3,)

    assert [row.case_id for row in two.all(VerdictRow)] == [1, 1, 1]
    assert {row.case_id for row in two.all(AlertRow)} == {1}
    kept, gone = two.all(CaseRow)
    assert gone.merged_into == 1
    assert kept.facts["state"]["value"] == "Ohio"
    (decided,) = two.db.now(store.regroupings, 1)
    assert (decided["kind"], decided["who"], decided["reason"]) == ("merged", "dana", "one ruling")
    assert two.db.now(store.regroupings, 2) == [decided]
    assert two.all(VerdictRow)[2].joined == "merged from case 2 by dana: one ruling"


def test_a_merge_is_not_undone_when_the_hit_is_judged_again(two):
    two.db.now(regroup.merge, 1, 2, **SAID)
    two.file(ELSEWHERE, at=LATER, article_id=3)

    assert two.case_of(3) == 1
    assert two.all(VerdictRow)[2].joined == "merged from case 2 by dana: one ruling"


def test_what_tells_a_merged_case_joins_the_one_it_lives_on_in(two):
    two.db.now(regroup.merge, 1, 2, **SAID)
    told = len(two.all(AlertRow))
    more = two.file(f"From our wire. {ELSEWHERE}", at=LATER)

    assert two.case_of(more) == 1
    assert len(two.all(AlertRow)) == told


def test_a_split_makes_a_case_and_its_hit_stays_there(two):
    assert two.db.now(regroup.split, 1, [2], **SAID) == 3
    two.file(OTHER_WORDS, at=LATER, article_id=2, exonerees=("Ada Moss",))

    assert [row.case_id for row in two.all(VerdictRow)] == [1, 3, 2]
    (decided,) = two.db.now(store.regroupings, 3)
    assert (decided["kind"], decided["case_id"], decided["hits"]) == ("split", 1, [2])


def test_a_case_split_off_that_nobody_was_told_of_is_told(two):
    two.db.now(regroup.split, 1, [2], **SAID)

    assert [row.id for row in two.all(ArticleRow) if row.due_at == LATER] == [2]
    two.file(OTHER_WORDS, at=LATER, article_id=2, exonerees=("Ada Moss",))
    assert [(a.kind, a.case_id) for a in two.all(AlertRow)][-1] == ("opened", 3)


def test_the_alert_goes_with_the_hit_that_made_it(two):
    two.db.now(regroup.split, 1, [1], **SAID)

    assert [row.case_id for row in two.all(AlertRow)] == [3, 2]
    assert [row.stage for row in two.all(CaseRow)] == [Stage.VACATED.value] * 3


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        pytest.param(lambda s: regroup.merge(s, 1, 1, **SAID), "with itself", id="with itself"),
        pytest.param(lambda s: regroup.merge(s, 1, 9, **SAID), "no case 9", id="no such case"),
        pytest.param(lambda s: regroup.split(s, 9, [1], **SAID), "no case 9", id="none to split"),
        pytest.param(lambda s: regroup.split(s, 1, [3], **SAID), "no hit 3", id="not its hit"),
        pytest.param(lambda s: regroup.split(s, 2, [3], **SAID), "nothing in case 2", id="all"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy_and_changes_nothing(two, decide, said):
    with pytest.raises(UsageError, match=said):
        two.db.now(decide)

    assert [row.case_id for row in two.all(VerdictRow)] == [1, 1, 2]
    assert two.db.now(store.regroupings, 1) == []


def test_a_merged_case_cannot_be_merged_again_under_its_old_number(two):
    two.db.now(regroup.merge, 1, 2, **SAID)

    with pytest.raises(UsageError, match="case 2 was merged into case 1"):
        two.db.now(regroup.split, 2, [3], **SAID)
