"""The summary says what happened, and never hides that it was not what should have."""

from dataclasses import replace

from monitor.demo.summary import CaseTold, Played, Quiet, Told, Written, render, surprises

MAIL = Told(channel="email", recipient="desk@newsroom.example")
HOOK = Told(channel="webhook", recipient="hook")
RULING = Written(url="http://a/1", outlet="The Ledger", title="Cleared", case="Doe")
COPY = Written(url="http://b/1", outlet="The Post", title="Free at last", case="Doe")
OTHER = Written(url="http://b/2", outlet="The Post", title="Quashed", case="Roe")
TRAP = Written(url="http://a/2", outlet="The Ledger", title="Mayor", trap="a politician's report")
RAIN = Written(url="http://a/3", outlet="The Ledger", title="Rain")
DOE = CaseTold(
    id=1,
    stage="exonerated",
    sentence="A judge vacated the conviction of Ann Doe and prosecutors dismissed the case.",
    urls=(RULING.url, COPY.url),
    told=(MAIL, HOOK),
    who="Ann Doe",
    where="Wayne County, Michigan",
    crime="murder",
    years="26 years",
)
ROE = CaseTold(id=2, stage="vacated", sentence="Unsafe.", urls=(OTHER.url,), told=(MAIL, HOOK))
AS_IT_SHOULD_BE = Played(
    written=(RULING, COPY, OTHER, TRAP, RAIN),
    cases=(DOE, ROE),
    quiet=(
        Quiet(url=TRAP.url, why="political-probe", score=1.5, threshold=5),
        Quiet(url=RAIN.url, why="nothing fired"),
    ),
    mails=2,
    posts=2,
    seconds=3.21,
)


def test_a_case_is_told_with_who_where_stage_sentence_outlets_and_readers():
    assert (
        "1. EXONERATED  Ann Doe · Wayne County, Michigan · murder · 26 years\n"
        "   “A judge vacated the conviction of Ann Doe and prosecutors dismissed the case.”\n"
        "   in The Ledger, The Post\n"
        "   told: desk@newsroom.example (email), hook (webhook)\n"
    ) in render(AS_IT_SHOULD_BE)


def test_a_fact_that_is_unknown_is_not_guessed():
    assert "2. VACATED  name unknown\n" in render(AS_IT_SHOULD_BE)


def test_the_first_line_counts_everything():
    first = render(AS_IT_SHOULD_BE).splitlines()[0]
    assert first == "2 outlets, 5 articles, 3.2 s: 2 cases, 2 mails, 2 signed posts"


def test_a_near_miss_says_in_one_line_why_nobody_was_disturbed():
    text = render(AS_IT_SHOULD_BE)
    assert "1 near miss, nobody disturbed\n" in text
    assert " - a politician's report: political-probe (1.5 of 5)\n" in text
    assert " - and 1 other story\n" in text


def test_a_hit_that_no_route_asked_for_names_its_stage():
    quiet = (Quiet(url=TRAP.url, why="no route", score=6, threshold=5, stage="compensation"),)
    text = render(replace(AS_IT_SHOULD_BE, quiet=quiet))
    assert " - a politician's report: a hit, at stage compensation; no route (6 of 5)" in text


def test_all_is_well_when_exactly_the_cases_alerted():
    assert surprises(AS_IT_SHOULD_BE) == ()
    assert "Exactly the cases alerted, and nobody was told twice." in render(AS_IT_SHOULD_BE)


def test_a_missed_case_is_named_with_the_reason():
    quiet = (*AS_IT_SHOULD_BE.quiet, Quiet(url=OTHER.url, why="too low", score=4, threshold=5))
    missed = replace(AS_IT_SHOULD_BE, cases=(DOE,), quiet=quiet)
    assert surprises(missed) == ("missed: Roe, “Quashed”, The Post: too low (4 of 5)",)
    assert "NOT AS IT SHOULD BE" in render(missed)


def test_a_false_alert_is_named():
    false = replace(ROE, id=3, urls=(TRAP.url,))
    wrong = replace(AS_IT_SHOULD_BE, cases=(DOE, ROE, false))
    assert surprises(wrong) == ("false alert: “Mayor”, The Ledger",)


def test_two_people_in_one_case_are_named():
    together = replace(DOE, urls=(RULING.url, COPY.url, OTHER.url))
    assert surprises(replace(AS_IT_SHOULD_BE, cases=(together,))) == (
        "taken for one case: Doe, Roe",
    )


def test_one_person_in_two_cases_is_named():
    split = (replace(DOE, urls=(RULING.url,)), replace(DOE, id=3, urls=(COPY.url,)), ROE)
    assert surprises(replace(AS_IT_SHOULD_BE, cases=split)) == ("Doe made 2 cases",)


def test_someone_told_twice_and_nobody_told_are_named():
    cases = (replace(DOE, told=(MAIL, MAIL)), replace(ROE, told=()))
    assert surprises(replace(AS_IT_SHOULD_BE, cases=cases)) == (
        "desk@newsroom.example (email) was told 2 times of Ann Doe",
        "nobody was told of case 2",
    )


def test_an_update_is_not_a_repeat():
    update = Told(channel="email", recipient=MAIL.recipient, kind="updated")
    updated = replace(AS_IT_SHOULD_BE, cases=(replace(DOE, told=(MAIL, update)), ROE))
    assert surprises(updated) == ()
    assert "desk@newsroom.example (email, updated)" in render(updated)


def test_the_end_says_what_to_try_next():
    assert render(AS_IT_SHOULD_BE).endswith("monitor demo --keep DIR\n")
    kept = render(AS_IT_SHOULD_BE, kept="./look")
    assert "   monitor -c ./look hits list\n" in kept
    assert "   monitor -c ./look explain http://a/2\n" in kept


def test_a_long_sentence_is_cut_between_words():
    long = replace(ROE, sentence="word " * 200)
    lines = render(replace(AS_IT_SHOULD_BE, cases=(DOE, long))).splitlines()
    assert max(map(len, lines)) <= 88
    assert any(line.endswith(" …”") for line in lines)
