"""Years convicted, years lost as told and as counted, and the day of the exoneration."""

import pytest


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Delray spent more than 20 years behind bars.", 20),
        ("He served nearly two decades in prison.", 20),
        ("After 14 years on death row, Delray is free.", 14),
        ("He lost thirty-one years of his life.", 31),
        ("Delray walked free after a quarter century in prison.", 25),
        ("Delray has been locked up for 12 years.", 12),
        ("Delray was wrongly imprisoned for 17 years.", 17),
        ("The ordeal cost him 16 years.", 16),
    ],
)
def test_the_reporters_figure_is_read_from_many_wordings(told, sentence: str, years: int) -> None:
    assert told(sentence)["years_lost_stated"].value == years


@pytest.mark.parametrize(
    "sentence",
    [
        "Delray was sentenced to 40 years in prison.",
        "Delray, 45 years old, was cleared on Monday.",
        "She has practiced law for 20 years.",
        "The unit spent two years on the file.",
        "If convicted again he faces 30 years in prison.",
        "The judge gave him 25 years.",
    ],
)
def test_other_spans_of_years_are_not_years_lost(told, sentence: str) -> None:
    assert told(sentence)["years_lost_stated"].basis == "unknown"


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("Delray was convicted in 1998.", 1998),
        ("Delray was convicted of murder in 1998 and sent away.", 1998),
        ("A judge vacated his 1998 murder conviction.", 1998),
        ("In 1998, a jury convicted him of robbery.", 1998),
        ("He was found guilty of theft at Leeds Crown Court in 2006.", 2006),
    ],
)
def test_the_year_of_conviction(told, sentence: str, year: int) -> None:
    assert told(sentence)["year_convicted"].value == year


@pytest.mark.parametrize(
    "sentence",
    [
        "Delray was convicted of the 1995 murder of a clerk.",
        "Delray was convicted of killing a clerk in 1995.",
        "His conviction was vacated in 2015.",
        "An officer who was later convicted in 2004 had led the inquiry.",
    ],
)
def test_the_year_of_the_crime_or_of_the_reversal_is_not_the_year_convicted(
    told, sentence: str
) -> None:
    assert told(sentence)["year_convicted"].basis == "unknown"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("A judge exonerated Delray on Wednesday.", "2024-03-13"),
        ("A judge exonerated Delray today.", "2024-03-14"),
        ("Delray was exonerated on March 4.", "2024-03-04"),
        ("Delray was exonerated on 4 March 2023.", "2023-03-04"),
    ],
)
def test_the_day_is_counted_from_the_day_of_the_article(told, sentence: str, day: str) -> None:
    assert told(sentence, date="2024-03-14")["exonerated_on"].value == day


def test_a_weekday_without_a_date_of_publication_is_no_day(told) -> None:
    assert told("A judge exonerated Delray on Wednesday.", date="")["exonerated_on"].value is None


def test_a_day_that_is_still_to_come_is_not_the_day(told) -> None:
    found = told("Charges were dismissed; a hearing is scheduled for Friday.", date="2024-03-14")
    assert found["exonerated_on"].basis == "unknown"


def test_years_are_counted_apart_from_what_the_reporter_says(told) -> None:
    found = told(
        "Delray was convicted in 1998. A judge exonerated him on Wednesday. He spent 20 years in "
        "prison before parole.",
    )
    assert found["years_lost_stated"].value == 20
    assert found["years_lost_computed"].value == 26
    assert found["years_lost_computed"].basis == "inferred"
