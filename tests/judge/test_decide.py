"""Who must be told of a case, and why."""

from datetime import UTC, datetime

import pytest

from monitor.config import Route
from monitor.judge.decide import Told, alerts, matches
from monitor.records import AlertKind, Case, Fact, Joined, Stage, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROUTE = Route(beat="exonerations", to=("desk",))
NEW = Joined(case_id=None, why="no case like it")
KNOWN = Joined(case_id=7, why="the same person: ada moss")
COPY = Joined(case_id=7, why="the same text", copy=True)


def verdict(stage=Stage.EXONERATED, **facts):
    return Verdict(
        beat="exonerations",
        version="1",
        score=9,
        threshold=5,
        stage=stage,
        facts={name: Fact(value=value, basis="stated") for name, value in facts.items()},
    )


def case(**facts):
    return Case(
        id=7,
        beat="exonerations",
        title="Cleared",
        stage=Stage.EXONERATED,
        facts={name: Fact(value=value, basis="stated") for name, value in facts.items()},
        opened_at=NOW,
        last_seen_at=NOW,
    )


def told(*stages, people=()):
    return {"desk": Told(channel="desk", stages=frozenset(stages), people=frozenset(people))}


def test_a_new_case_is_opened_for_every_channel_of_the_route():
    route = Route(beat="exonerations", to=("desk", "hook"))

    (alert,) = alerts(case(), verdict(), NEW, [route], {})

    assert (alert.kind, alert.channels) == (AlertKind.OPENED, ("desk", "hook"))


def test_nobody_is_told_twice_of_the_same_stage():
    assert alerts(case(), verdict(), KNOWN, [ROUTE], told(Stage.EXONERATED)) == ()


def test_a_copy_is_never_news():
    assert alerts(case(), verdict(), COPY, [ROUTE], told(Stage.VACATED)) == ()


def test_a_later_stage_updates_the_case():
    (alert,) = alerts(case(), verdict(), KNOWN, [ROUTE], told(Stage.VACATED))

    assert (alert.kind, alert.reason) == (AlertKind.UPDATED, "new stage: exonerated")


def test_an_earlier_stage_told_late_is_no_news():
    assert alerts(case(), verdict(Stage.VACATED), KNOWN, [ROUTE], told(Stage.EXONERATED)) == ()


def test_another_person_of_the_same_ruling_updates_the_case():
    found = verdict(exonerees=("Ada Moss", "Ben Cole"))

    (alert,) = alerts(case(), found, KNOWN, [ROUTE], told(Stage.EXONERATED, people=["ada moss"]))

    assert alert.reason == "new person: Ben Cole"


def test_a_nickname_is_not_another_person():
    found = verdict(exonerees=("Alexander Torres",))

    assert not alerts(case(), found, KNOWN, [ROUTE], told(Stage.EXONERATED, people=["alex torres"]))


def test_a_channel_that_was_never_told_hears_of_the_case_as_new():
    route = Route(beat="exonerations", to=("desk", "hook"))

    (alert,) = alerts(case(), verdict(), KNOWN, [route], told(Stage.EXONERATED))

    assert (alert.kind, alert.channels) == (AlertKind.OPENED, ("hook",))


def test_an_unsure_merge_is_told_as_new_and_says_so():
    unsure = Joined(case_id=None, why="possibly the same as case 3", unsure=True)

    (alert,) = alerts(case(), verdict(), unsure, [ROUTE], {})

    assert "possibly the same as case 3" in alert.reason


@pytest.mark.parametrize(
    ("route", "found", "wanted"),
    [
        pytest.param({}, verdict(), True, id="the default stages"),
        pytest.param({"beat": "other"}, verdict(), False, id="another beat"),
        pytest.param({}, verdict(Stage.CLAIM), False, id="a stage nobody asked for"),
        pytest.param({"when": {"state": "CA"}}, verdict(state="CA"), True, id="the place"),
        pytest.param({"when": {"state": "CA"}}, verdict(state="TX"), False, id="another place"),
        pytest.param({"when": {"state": "CA"}}, verdict(), False, id="an unknown place"),
        pytest.param({"when": {"crime": ["Arson"]}}, verdict(crime="arson"), True, id="any case"),
    ],
)
def test_a_route_wants_a_hit(route, found, wanted):
    settings = {"beat": "exonerations", "to": ("desk",)} | route

    assert matches(Route(**settings), found) is wanted
