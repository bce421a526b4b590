"""Who was cleared, and who is only named in the story."""

import pytest


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            (
                "Marcus Delray, 51, walked out of prison on Tuesday. Delray was convicted of "
                "murder in 1998. Judge Ann Corrigan vacated the verdict."
            ),
            ("Marcus Delray",),
        ),
        (
            (
                "A judge on Friday threw out the convictions of Paul Imber and Teddy Voss, who "
                "spent 22 years in prison. Their lawyer, Rita Sandhu, wept."
            ),
            ("Paul Imber", "Teddy Voss"),
        ),
        (
            (
                "The Court of Appeal quashed the convictions of Alan Mott, Brian Sayle and Colin "
                "Wray on Thursday."
            ),
            ("Alan Mott", "Brian Sayle", "Colin Wray"),
        ),
        (
            (
                "Prosecutors dropped all charges against Nadia Köhler on Monday. Köhler had served "
                "nine years for the murder of her neighbor, Edith Brandt."
            ),
            ("Nadia Köhler",),
        ),
        (
            (
                "The governor granted a posthumous pardon to Josiah Penn, hanged in 1911 for the "
                "killing of shopkeeper Walter Gaines."
            ),
            ("Josiah Penn",),
        ),
        (
            (
                "DNA tests linked the rape to another man, Victor Lund, who is serving life. "
                "Earl Whitfield was exonerated on Monday after 18 years."
            ),
            ("Earl Whitfield",),
        ),
        (
            (
                "District Attorney Carla Munoz said Terrance O'Dell's murder conviction rested on "
                "a lie. O'Dell was freed on Wednesday, said his attorney, Joan Petit."
            ),
            ("Terrance O'Dell",),
        ),
    ],
)
def test_the_cleared_are_named_and_nobody_else(told, body: str, names: tuple[str, ...]) -> None:
    assert told(body)["exonerees"].value == names


def test_one_person_spelled_two_ways_is_one_person(told) -> None:
    found = told(
        "Alexander Ruiz was freed on Friday after 20 years in prison. Prosecutors announced the "
        "exoneration of Alex Ruiz. Ruiz was convicted of murder."
    )
    assert found["exonerees"].value == ("Alexander Ruiz",)
    assert found["people_count"].value == 1


def test_a_group_without_names_is_counted_and_nobody_is_named(told) -> None:
    found = told(
        "Thirty-eight people convicted on the word of one sergeant were exonerated on Friday. "
        "Sgt. Ronald Watt has been in federal prison."
    )
    assert found["people_count"].value == 38
    assert found["exonerees"].basis == "unknown"


def test_the_officer_accused_of_misconduct_is_never_the_exoneree(told) -> None:
    found = told(
        "A judge vacated three convictions on Monday. Detective Hal Brannock beat the suspects, "
        "the court found, and Brannock was never charged."
    )
    assert found["exonerees"].basis == "unknown"


def test_a_headline_in_capitals_is_no_list_of_names(told) -> None:
    found = told("", title="Man Walks Free After Judge Vacates Murder Conviction")
    assert found["exonerees"].basis == "unknown"


@pytest.mark.parametrize(
    "body",
    [
        "the court freed him in Ohio and " * 150_000,
        "x" * 100_000,
        "“”\"'" * 20_000,
        "after 20 years in " * 10_000,
        "שופט 🎉 " * 10_000,
        "A B C D E " * 20_000,
    ],
    ids=["five megabytes", "one word", "quotes", "no full stop", "right to left", "initials"],
)
def test_texts_that_are_no_stories_have_no_exoneree_and_take_no_time(told, body: str) -> None:
    assert told(body)["exonerees"].basis == "unknown"


def test_a_long_text_is_read_as_far_as_a_story_goes(told) -> None:
    found = told("John Smith, 40, was exonerated in Cook County on Friday. " * 20_000)
    assert found["exonerees"].value == ("John Smith",)


@pytest.mark.parametrize(
    "said",
    [
        (
            "A Garland Bay County judge on Tuesday vacated the conviction of {name}. He was freed. "
            "The clerk heard arguments about the murder charge against Garland Bay."
        ),
        (
            "{name} was exonerated on Monday after 19 years. The verdict against Garland Bay still "
            "hurts, said a councillor in Garland Bay."
        ),
        (
            "The Garland Bay man, {name}, was cleared on Friday. Prosecutors had charged Garland "
            "Bay with hope, the paper wrote."
        ),
    ],
)
def test_a_place_is_never_among_the_cleared(told, said: str) -> None:
    found = told(said.format(name="Joyce Jessup-Rutledge"))
    assert found["exonerees"].value == ("Joyce Jessup-Rutledge",)


def test_a_man_named_like_a_place_is_cleared_all_the_same(told) -> None:
    body = (
        "Garland Bay, 47, walked out of prison on Tuesday after a judge vacated the conviction "
        "of Garland Bay. There is hope in Garland Bay, a friend said."
    )
    assert told(body)["exonerees"].value == ("Garland Bay",)


@pytest.mark.parametrize(
    "body",
    [
        "Will Wade was exonerated on Monday after 19 years in prison.",
        "A judge cleared Adam Bell, Will Wade and Carl Dunn, who spent nine years in prison.",
    ],
)
def test_a_man_named_will_is_no_verb(told, body: str) -> None:
    assert "Will Wade" in told(body)["exonerees"].value


def test_a_question_that_begins_with_will_names_who_it_asks_about(told) -> None:
    found = told("Will Adam Bell sue? He spent nine years in prison.")
    assert found["exonerees"].value == ("Adam Bell",)


def test_who_was_believed_in_is_no_place(told) -> None:
    found = told(
        "A judge vacated the conviction of Marcus Delray, who spent 19 years in prison. Many had "
        "believed in Marcus Delray, looked at Marcus Delray and sat near Marcus Delray."
    )
    assert found["exonerees"].value == ("Marcus Delray",)
