"""State, county, country and court, as far as the text settles them."""

import pytest


def test_a_county_shared_by_many_states_is_nowhere_until_the_text_decides(told) -> None:
    story = "A Jefferson County judge vacated the murder conviction of Ray Lomas on Friday."
    assert told(story)["county"].basis == "unknown"
    assert told(story)["state"].basis == "unknown"


@pytest.mark.parametrize(
    ("extra", "state"),
    [
        (" Lomas was held in an Alabama prison.", "Alabama"),
        (" The killing took place in Louisville.", "Kentucky"),
        (" Prosecutors in Beaumont, Texas, agreed.", "Texas"),
    ],
)
def test_a_state_or_a_city_in_the_text_settles_the_county(told, extra: str, state: str) -> None:
    found = told(
        "A Jefferson County judge vacated the murder conviction of Ray Lomas on Friday." + extra
    )
    assert found["county"].value == "Jefferson County"
    assert found["state"].value == state
    assert found["country"].value == "United States"


def test_the_outlet_settles_a_county_too(told) -> None:
    found = told(
        "A Jefferson County judge vacated the murder conviction of Ray Lomas on Friday.",
        outlet="Birmingham, Alabama Ledger",
    )
    assert found["state"].basis == "unknown" or found["state"].value == "Alabama"


def test_a_county_found_once_brings_its_state(told) -> None:
    found = told("A Cuyahoga County judge freed Dale Orr on Monday.")
    assert (found["county"].value, found["state"].value) == ("Cuyahoga County", "Ohio")
    assert found["state"].basis == "inferred"


def test_a_borough_is_its_county(told) -> None:
    found = told("The Brooklyn district attorney asked a judge to clear Al Pace on Monday.")
    assert found["county"].value == "Kings County"
    assert found["county"].basis == "inferred"


def test_a_story_from_abroad_has_a_country_and_no_state(told) -> None:
    found = told(
        "LONDON — The Court of Appeal quashed the conviction of Ian Marsh on Thursday.\n\n"
        "Marsh, from Leeds, served 11 years."
    )
    assert found["country"].value == "United Kingdom"
    assert found["state"].basis == "unknown"
    assert found["court"].value == "Court of Appeal"


def test_the_court_that_acted_is_named_not_the_one_that_convicted(told) -> None:
    found = told(
        "He was convicted at Bradford Crown Court in 2006. On Thursday the High Court of "
        "Justiciary quashed the conviction of Ian Marsh."
    )
    assert found["court"].value == "High Court of Justiciary"


def test_the_state_of_a_distant_prison_or_visit_does_not_outweigh_the_dateline(told) -> None:
    found = told(
        "CLEVELAND, Ohio — Dale Orr was exonerated on Monday. He plans to visit Florida.\n\n"
        "His sister flew from Georgia."
    )
    assert found["state"].value == "Ohio"
