"""The crime in the Registry's words, and the sentence in the reporter's."""

import pytest

from monitor.judge.facts.crime import CRIMES


@pytest.mark.parametrize(
    ("text", "crime"),
    [
        ("Delray's murder conviction was vacated on Monday.", "Murder"),
        ("He was convicted of rape and kidnapping.", "Sexual Assault"),
        ("She was wrongly convicted of attempted murder.", "Attempted Murder"),
        ("A jury found him guilty of armed robbery.", "Robbery"),
        ("Her manslaughter conviction over the killing of a clerk was tossed.", "Manslaughter"),
        ("His conviction for sexually abusing a child was overturned.", "Child Sex Abuse"),
        ("Prosecutors dismissed 38 drug convictions.", "Drug Possession or Sale"),
        ("The arson conviction rested on bad science.", "Arson"),
        ("He was cleared of wire fraud.", "Fraud"),
        ("Nine years after he was jailed for burglary, he is free.", "Burglary/Unlawful Entry"),
    ],
)
def test_the_crime_is_one_of_the_registrys_values(told, text: str, crime: str) -> None:
    assert told(text)["crime"].value == crime


def test_the_registry_has_forty_five_values_and_each_stands_once() -> None:
    assert len(CRIMES) == len(set(CRIMES)) == 45


def test_a_crime_of_somebody_else_is_not_the_crime(told) -> None:
    found = told(
        "His burglary conviction was vacated.\n\nThe informant was later convicted of murder in "
        "an unrelated case."
    )
    assert found["crime"].value == "Burglary/Unlawful Entry"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("He was sentenced to 40 years to life in prison.", "40 years to life"),
        ("She was sentenced to life in prison without the possibility of parole.",
         "life without parole"),
        ("He was given a life sentence.", "life"),
        ("He received 25 years.", "25 years"),
        ("He was sentenced to death.", "death"),
        ("He walked off death row on Friday.", "death"),
        ("A jury gave him a 12-year sentence.", "12 years"),
        ("She was sentenced to probation.", "probation"),
    ],
)  # fmt: skip
def test_the_sentence_that_was_imposed(told, text: str, sentence: str) -> None:
    assert told(text)["sentence"].value == sentence


@pytest.mark.parametrize(
    "text", ["He could face up to 30 years.", "He served 17 years.", "She is 40 years old."]
)
def test_what_was_not_imposed_is_no_sentence(told, text: str) -> None:
    assert told(text)["sentence"].basis == "unknown"
