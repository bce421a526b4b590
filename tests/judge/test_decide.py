"""Who must be told of a case, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.config import Route
from monitor.judge.decide import Told, alerts
from monitor.records import AlertKind, Case, Fact, Joined, Stage, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ROUTE = Route(beat="exonerations", to=("desk",))
ANY = Route(beat="exonerations", to=("desk",), stages=tuple(Stage))
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


def told(*stages, people=(), **more):
    known = Told(channel="desk", stages=frozenset(stages), people=frozenset(people), **more)
    return {"desk": known}


def test_a_new_case_is_opened_for_every_channel_of_the_route():
    route = Route(beat="exonerations", to=("desk", "hook"))

    (alert,) = alerts(case(), verdict(), NEW, [route], {}, NOW)

    assert (alert.kind, alert.channels) == (AlertKind.OPENED, ("desk", "hook"))


def test_nobody_is_told_twice_of_the_same_stage():
    assert alerts(case(), verdict(), KNOWN, [ROUTE], told(Stage.EXONERATED), NOW) == ()


def test_a_copy_is_never_news():
    assert alerts(case(), verdict(), COPY, [ROUTE], told(Stage.VACATED), NOW) == ()


def test_a_later_stage_updates_the_case():
    (alert,) = alerts(case(), verdict(), KNOWN, [ROUTE], told(Stage.VACATED), NOW)

    assert (alert.kind, alert.reason) == (AlertKind.UPDATED, "new stage: exonerated")


def test_an_earlier_stage_told_late_is_no_news():
    assert alerts(case(), verdict(Stage.VACATED), KNOWN, [ROUTE], told(Stage.EXONERATED), NOW) == ()


def test_another_person_of_the_same_ruling_updates_the_case():
    found = verdict(exonerees=("Ada Moss", "Ben Cole"))

    (alert,) = alerts(
        case(), found, KNOWN, [ROUTE], told(Stage.EXONERATED, people=["ada moss"]), NOW
    )

    assert alert.reason == "new person: Ben Cole"


def test_a_nickname_is_not_another_person():
    found = verdict(exonerees=("Alexander Torres",))

    assert not alerts(
        case(), found, KNOWN, [ROUTE], told(Stage.EXONERATED, people=["alex torres"]), NOW
    )


def test_a_channel_that_was_never_told_hears_of_the_case_as_new():
    route = Route(beat="exonerations", to=("desk", "hook"))

    (alert,) = alerts(case(), verdict(), KNOWN, [route], told(Stage.EXONERATED), NOW)

    assert (alert.kind, alert.channels) == (AlertKind.OPENED, ("hook",))


def test_a_new_name_says_who_it_is():
    found = verdict(exonerees=("Ada Moss",))

    (alert,) = alerts(case(), found, KNOWN, [ROUTE], told(Stage.EXONERATED), NOW)

    assert alert.reason == "now named: Ada Moss"


def test_a_new_fact_updates_the_case_once():
    card = case(county="Ash County")
    known = told(Stage.EXONERATED)

    (alert,) = alerts(card, verdict(), KNOWN, [ROUTE], known, NOW)

    assert (alert.kind, alert.reason) == (AlertKind.UPDATED, "county: Ash County")
    again = told(Stage.EXONERATED, facts=frozenset({"county"}))
    assert not alerts(card, verdict(), KNOWN, [ROUTE], again, NOW)


def test_small_news_waits_until_an_hour_after_the_last_message():
    last = NOW - timedelta(minutes=20)
    known = told(Stage.EXONERATED, last_at=last)

    (alert,) = alerts(case(state="Ohio"), verdict(), KNOWN, [ROUTE], known, NOW)

    assert alert.after == last + timedelta(hours=1)


def test_a_new_stage_goes_out_at_once_with_all_that_is_new():
    known = told(Stage.VACATED, last_at=NOW)

    (alert,) = alerts(case(state="Ohio"), verdict(), KNOWN, [ROUTE], known, NOW)

    assert (alert.after, alert.reason) == (None, "new stage: exonerated; state: Ohio")


def test_three_updates_about_facts_are_enough_for_any_case():
    known = told(Stage.EXONERATED, small=3)

    assert not alerts(case(state="Ohio"), verdict(), KNOWN, [ROUTE], known, NOW)
    assert alerts(case(), verdict(Stage.REVERSED), KNOWN, [ANY], known, NOW)


def test_an_inferred_fact_is_no_news():
    card = replace(case(), facts={"state": Fact(value="Ohio", basis="inferred")})

    assert not alerts(card, verdict(), KNOWN, [ROUTE], told(Stage.EXONERATED), NOW)


def test_an_unsure_merge_is_told_as_new_and_says_so():
    unsure = Joined(case_id=None, why="possibly the same as case 3", unsure=True)

    (alert,) = alerts(case(), verdict(), unsure, [ROUTE], {}, NOW)

    assert "possibly the same as case 3" in alert.reason
