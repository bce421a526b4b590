"""The legal stage: negation, modality and the past are read; rules overrule where they say so."""

import pytest

from monitor.judge import verdict
from monitor.judge.stage import is_past, year_of
from monitor.judge.verdict import Beats
from monitor.records import Article, Stage, Verdict
from tests.judge.conftest import article, signals


def judged(page: Article, beats: Beats) -> Verdict:
    """The verdict in full, however far from the threshold."""
    return verdict.judge(page, beats, exact=True)[0]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("The murder conviction was not overturned.", id="negated"),
        pytest.param("The court refused to overturn the conviction.", id="refused"),
        pytest.param("His lawyers asked a judge to overturn the conviction.", id="sought"),
        pytest.param("His conviction was overturned 20 years ago.", id="long ago"),
        pytest.param("In 2009 a judge overturned the conviction.", id="in an earlier year"),
    ],
)
def test_an_event_that_is_not_asserted_proves_nothing(small: Beats, sentence: str) -> None:
    found = judged(article("News", sentence), small)
    assert "undone" not in signals(found)
    assert found.stage not in (Stage.VACATED, Stage.EXONERATED)


def test_a_word_beyond_the_clause_does_not_unmake_an_event(small: Beats) -> None:
    text = "He did not smile when a judge overturned the conviction on Monday."
    assert judged(article("News", text), small).stage == Stage.VACATED


def test_what_ends_the_case_names_the_stage_before_what_opens_it(small: Beats) -> None:
    text = "A judge overturned the conviction. The charges were dropped."
    found = judged(article("News", text), small)
    assert found.stage == Stage.EXONERATED
    assert found.stage_sentence == "The charges were dropped."


def test_a_rule_overrules_the_stages_it_lists(small: Beats) -> None:
    text = "A judge overturned the conviction. The charges were dropped."
    assert judged(article("Man files lawsuit", text), small).stage == Stage.COMPENSATION


def test_what_is_only_sought_is_a_hearing(small: Beats) -> None:
    text = "Her lawyers want the conviction overturned. She spent 12 years in prison."
    assert judged(article("News", text), small).stage == Stage.HEARING


def test_a_year_that_dates_another_event_does_not_date_this_one() -> None:
    sentence = "A judge overturned the conviction of a man found guilty in 1992."
    start = sentence.index("overturned")
    assert not is_past(sentence, start, start + 10, 2024)


def test_a_lasting_state_does_not_date_the_event_that_ends_it() -> None:
    sentence = "A judge overturned the conviction that has held her since 2004."
    assert not is_past(sentence, 8, 18, 2024)


def test_a_request_that_was_granted_is_no_longer_sought(exonerations: Beats) -> None:
    text = "The court granted his petition and quashed the murder conviction of Tom Reed, 51."
    assert "conviction-undone" in signals(judged(article("News", text), exonerations))
    text = "The court will hear his petition to quash the murder conviction of Tom Reed, 51."
    assert "conviction-undone" not in signals(judged(article("News", text), exonerations))


def test_the_year_of_a_crime_does_not_put_its_end_in_the_past() -> None:
    sentence = "Judge clears man in 1991 killing"
    assert not is_past(sentence, 6, 12, 2024)
    assert year_of("In 1991 and again in 2007.") == 2007


@pytest.mark.parametrize(
    ("title", "text", "stage"),
    [
        (
            "Appeals court reinstates murder conviction of freed man",
            (
                "The court on Friday reinstated the conviction of Tom Reed, who was exonerated "
                "last year after 19 years in prison."
            ),
            Stage.REVERSED,
        ),
        (
            "City to pay $4 million to man cleared of murder",
            (
                "The council approved a settlement on Monday with Tom Reed, who spent 19 years in "
                "prison for a murder he did not commit. His conviction was overturned in 2017."
            ),
            Stage.COMPENSATION,
        ),
    ],
)
def test_the_shipped_beat_tells_what_is_no_exoneration(
    exonerations: Beats, title: str, text: str, stage: Stage
) -> None:
    assert judged(article(title, text), exonerations).stage == stage
