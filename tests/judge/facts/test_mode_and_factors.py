"""How it was undone, by whom, and why it had gone wrong."""

import pytest


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("A judge vacated his conviction and prosecutors dropped the charges.", "dismissed"),
        ("The district attorney said she will not retry him.", "dismissed"),
        ("A second jury found him not guilty on Monday.", "acquitted"),
        ("The High Court acquitted all three on Friday.", "acquitted"),
        ("The governor granted an absolute pardon to Corinne Boyd.", "pardoned"),
        ("A judge declared him factually innocent.", "declared_innocent"),
        ("She was issued a certificate of innocence.", "declared_innocent"),
        ("The Court of Appeal quashed his conviction.", "vacated"),
        ("A judge threw out the verdict on Tuesday.", "vacated"),
    ],
)
def test_the_way_it_was_undone(told, text: str, mode: str) -> None:
    assert told(text)["mode"].value == mode


@pytest.mark.parametrize(
    "text",
    [
        "His lawyers asked the judge to vacate the conviction.",
        "The governor may pardon him.",
        "She has refused to dismiss the charges.",
        "He was not acquitted.",
        "His lawyers will petition the governor to grant him a pardon.",
        "They haven't dropped the charges.",
    ],
)
def test_what_has_not_happened_is_no_mode(told, text: str) -> None:
    assert told(text)["mode"].basis == "unknown"


def test_a_finding_asked_for_and_then_granted_was_made(told) -> None:
    found = told(
        "Prosecutors asked a judge to find Delray factually innocent. The motion was granted."
    )
    assert found["mode"].value == "declared_innocent"
    assert found["mode"].sentence.endswith("The motion was granted.")


def test_the_bodies_are_named_with_their_owners(told) -> None:
    found = told(
        "The Dallas County district attorney apologized. The DA's Conviction Integrity Unit "
        "reexamined the case with the Innocence Project of Texas.\n\nGov. Lena Ortiz signed a "
        "pardon."
    )
    unit = "Dallas County District Attorney's Conviction Integrity Unit"
    assert found["prosecutor_unit"].value == unit
    assert found["innocence_organisations"].value == ("Innocence Project of Texas",)
    assert found["prosecutor"].value == "Dallas County district attorney"
    assert found["governor"].value == "Lena Ortiz"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The only eyewitness recanted her testimony.", "P/FA"),
        ("Prosecutors withheld a report from the defense.", "OM"),
        ("His trial lawyer never called an alibi witness.", "ILD"),
        ("The victim picked him out of a photo lineup by mistake.", "MWID"),
        ("The bite mark testimony has been discredited.", "F/MFE"),
        ("He signed after 20 hours of questioning; the false confession fell.", "FC"),
    ],
)  # fmt: skip
def test_a_contributing_factor_as_the_registry_codes_it(told, text: str, code: str) -> None:
    found = told(text)
    assert code in found["factors"].value
    assert found[f"factor_{code}"].sentence


@pytest.mark.parametrize(
    "text",
    [
        "There was no evidence of police misconduct.",
        "Another man confessed to the killing.",
        "A judge dismissed the charges.",
    ],
)
def test_a_factor_that_is_denied_or_not_told_is_unknown(told, text: str) -> None:
    assert told(text)["factors"].basis == "unknown"


def test_dna_that_cleared_is_told_from_dna_that_never_was(told) -> None:
    assert told("DNA testing excluded him as the rapist.")["dna"].value == "yes"
    assert told("No DNA ever tied him to the house.")["dna"].basis == "unknown"


def test_page_furniture_is_no_evidence(told) -> None:
    found = told(
        "Your donation today keeps us free after 20 years in prison reform.\n\n"
        "Related: Judge pardons Milo Castle\n\nSubscribe to The Docket: John Doe was exonerated."
    )
    assert all(fact.basis == "unknown" for fact in found.values())
