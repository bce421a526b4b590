"""When people hear of a hit, and what they asked not to hear of."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.config import Route
from monitor.config.hours import daily, night, wait_for
from monitor.judge import policy, silence
from monitor.judge.decide import LADDER
from monitor.records import Fact, Stage, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def verdict(stage=Stage.EXONERATED, score=9.0, **facts):
    known = {name: Fact(value=value, basis="stated") for name, value in facts.items()}
    return Verdict(beat="b", version="1", score=score, threshold=5, stage=stage, facts=known)


def route(**given):
    return Route.model_validate({"beat": "b", "to": ["desk"], **given})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"beat": "other"}, "beat other"),
        ({"stages": ["vacated"]}, "stage exonerated is not among vacated"),
        ({"outlets": ["Harlow Courier"]}, "outlet 'Valley Wire' is not among Harlow Courier"),
        ({"min_score": 9.5}, "score 9 is below 9.5"),
        ({"when": {"state": ["CA", "OR"]}}, "state is OH, not CA or OR"),
        ({"when": {"county": "Harlow"}}, "county is unknown, not Harlow"),
    ],
)
def test_a_route_that_does_not_want_a_hit_says_why(given, why):
    assert why in policy.refusal(route(**given), verdict(state="OH"), "Valley Wire")


def test_a_route_wants_what_all_its_filters_let_through():
    wide = route(outlets=["valley wire"], min_score=9, when={"state": "oh"})
    assert policy.refusal(wide, verdict(state="OH"), "Valley Wire") == ""


@pytest.mark.parametrize(
    ("given", "found", "wanted"),
    [
        pytest.param({}, verdict(), True, id="the default stages"),
        pytest.param({}, verdict(Stage.CLAIM), False, id="a stage nobody asked for"),
        pytest.param({"when": {"state": "CA"}}, verdict(state="California"), True, id="its code"),
        pytest.param({"when": {"state": "Texas"}}, verdict(state="Texas"), True, id="its name"),
        pytest.param({"when": {"state": "CA"}}, verdict(state="Texas"), False, id="another place"),
        pytest.param({"when": {"crime": ["Arson"]}}, verdict(crime="arson"), True, id="any case"),
    ],
)
def test_a_route_wants_a_hit(given, found, wanted):
    assert bool(policy.wanting([route(**given)], found, {}, "x")) is wanted


def test_what_the_case_knows_already_counts_for_a_hit_that_does_not_say_it():
    wanted = route(when={"state": "OH"})
    known = {"state": Fact(value="OH", basis="stated")}
    assert policy.wanting([wanted], verdict(), known, "x") == (wanted,)
    assert policy.wanting([wanted], verdict(), {}, "x") == ()


def test_nothing_is_held_without_a_reason():
    assert policy.plan(route(), verdict(), 1, NOW) == policy.Plan(due_at=NOW)


def test_a_hit_waits_for_a_second_source_but_not_for_ever():
    waiting = route(wait_for="2 sources or 30m")
    held = policy.plan(waiting, verdict(), 1, NOW)
    assert held == policy.Plan(due_at=NOW + timedelta(minutes=30), hold="sources")
    assert policy.plan(waiting, verdict(), 2, NOW).due_at == NOW


def test_quiet_hours_end_in_the_morning_of_their_own_zone():
    quiet = route(quiet="22:00-07:00 America/New_York")
    held = policy.plan(quiet, verdict(), 1, at("2026-03-02T08:00"))
    assert held == policy.Plan(due_at=at("2026-03-02T12:00"), hold="quiet")
    assert policy.plan(quiet, verdict(), 1, at("2026-03-02T12:00")).hold == ""
    assert policy.plan(quiet, verdict(), 1, at("2026-07-02T11:00")).hold == ""


def test_an_urgent_stage_wakes_people():
    quiet = route(quiet="22:00-07:00 America/New_York", urgent=["exonerated"])
    assert policy.plan(quiet, verdict(), 1, NOW).due_at == NOW
    assert policy.plan(quiet, verdict(Stage.VACATED), 1, NOW).hold == "quiet"


def test_a_digest_goes_out_at_its_hour_in_summer_and_in_winter():
    digest = route(digest="daily 08:30 America/Los_Angeles")
    assert policy.plan(digest, verdict(), 1, at("2026-03-02T08:00")).due_at == at(
        "2026-03-02T16:30"
    )
    assert policy.plan(digest, verdict(), 1, at("2026-07-02T08:00")).due_at == at(
        "2026-07-02T15:30"
    )
    assert policy.plan(digest, verdict(), 1, at("2026-03-02T16:30")).due_at == at(
        "2026-03-03T16:30"
    )


def test_the_soonest_of_several_routes_to_a_channel_counts():
    routes = [route(digest="daily 08:30 UTC"), route()]
    assert policy.soonest(routes, verdict(), 1, NOW).due_at == NOW


def test_an_hour_that_the_clocks_skip_is_still_one_moment():
    skipped = daily("daily 02:30 America/New_York")
    assert skipped.after(at("2026-03-08T05:00")) == at("2026-03-08T07:30")
    assert skipped.until(at("2026-03-08T08:00")) == at("2026-03-08T07:30")


def test_what_people_write_is_given_back():
    assert str(daily("daily 8:30 UTC")) == "daily 08:30 UTC"
    assert str(night("22:00 - 7:00 UTC")) == "22:00-07:00 UTC"
    assert str(wait_for("2 sources or 30m")) == "2 sources or 30m"


@pytest.mark.parametrize(
    ("read", "text", "remedy"),
    [
        (daily, "daily 25:00 UTC", "08:30"),
        (daily, "8:30", "daily 08:30 UTC"),
        (daily, "daily 08:30 Mars/Base", "America/Los_Angeles"),
        (daily, "daily 08:30 ../etc", "America/Los_Angeles"),
        (night, "at night", "22:00-07:00 Europe/London"),
        (night, "07:00-07:00 UTC", "never let anything out"),
        (wait_for, "a while", "2 sources or 30m"),
        (wait_for, "0 sources or 30m", "2 sources or 30m"),
        (wait_for, "2 sources or soon", "5m"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(read, text, remedy):
    with pytest.raises(ValueError, match=remedy):
        read(text)


def quiet_about(**matcher):
    until = NOW + timedelta(days=1)
    return silence.Silence(id=3, matcher=matcher, reason="seen", created_at=NOW, expires_at=until)


def heard(**facts):
    found = verdict(**facts)
    return silence.Heard(verdict=found, facts=found.facts, outlet="Valley Wire", case_id=7)


def test_a_silence_hides_what_meets_all_its_conditions():
    assert silence.hides(quiet_about(state=("CA", "OH"), case=("7",)), heard(state="OH"), NOW)
    assert not silence.hides(quiet_about(state=("CA",), case=("7",)), heard(state="OH"), NOW)
    assert silence.hides(quiet_about(state=("OR",)), heard(state="Oregon"), NOW)
    assert silence.hides(quiet_about(outlet=("valley wire",)), heard(), NOW)
    assert silence.hides(quiet_about(exonerees=("Ada Moss",)), heard(exonerees=("Ada Moss",)), NOW)


def test_a_silence_ends():
    assert not silence.hides(quiet_about(case=("7",)), heard(), NOW + timedelta(days=1))


def test_a_hidden_case_that_goes_on_is_heard_again():
    assert silence.reopens(Stage.EXONERATED, [Stage.VACATED], LADDER)
    assert not silence.reopens(Stage.VACATED, [Stage.VACATED], LADDER)
    assert not silence.reopens(Stage.VACATED, [], LADDER)


@pytest.mark.parametrize(
    ("matcher", "hidden", "hits", "why"),
    [
        ({}, 0, 0, "hide everything; add a condition"),
        ({"beat": ("b",)}, 0, 0, "hide everything; add a condition"),
        ({"stage": tuple(Stage)}, 0, 0, "every stage"),
        ({"state": ("OH",)}, 12, 12, "all 12 hits"),
    ],
)
def test_a_silence_that_would_hide_everything_is_refused(matcher, hidden, hits, why):
    assert why in silence.too_wide(matcher, hidden, hits)


def test_a_narrow_silence_is_made():
    assert silence.too_wide({"state": ("OH",)}, 3, 12) == ""
    assert silence.too_wide({"case": ("7",)}, 0, 0) == ""
