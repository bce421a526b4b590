"""What a correction says: what it was, what it is, and the sentence."""

import pytest

from monitor.judge import correct
from monitor.judge.correct import Before, Change
from monitor.records import Article, Fact, Stage, Verdict

TITLE = "Judge clears Ada Moss in cannery killing"
FIRST = "Judge Lena Ortiz threw out the murder conviction of Ada Moss on Monday."
SECOND = "Moss, 51, was convicted in 1999 and spent twenty-two years in prison."
THIRD = "Prosecutors in Ash County said they will not try her again."
TEXT = f"{FIRST} {SECOND}\n\n{THIRD}"


def verdict(score: float = 9, **facts: Fact) -> Verdict:
    return Verdict(
        beat="b",
        version="1",
        score=score,
        threshold=5,
        stage=Stage.EXONERATED,
        sentence=FIRST,
        stage_sentence=THIRD,
        facts=facts,
    )


def changes(
    text: str, title: str = TITLE, old: Verdict | None = None, new: Verdict | None = None
) -> tuple[Change, ...]:
    was = Before(title=TITLE, text=TEXT, verdict=old or verdict())
    url = "https://paper.test/moss"
    article = Article(url=url, canonical_url=url, title=title, text=text)
    return correct.changes(was, article, new or verdict())


def test_a_change_says_what_it_was_what_it_is_and_where() -> None:
    new = SECOND.replace("twenty-two", "24")
    [change] = changes(TEXT.replace(SECOND, new))
    assert (change.what, change.sentence) == ("number", new)
    assert change.words == "number: twenty-two years → 24 years"


def test_a_fact_of_the_card_is_named_by_its_field() -> None:
    new = SECOND.replace("twenty-two", "24")
    facts = [
        verdict(years_lost_stated=Fact(value=value, basis="stated", sentence=sentence))
        for value, sentence in ((22, SECOND), (24, new))
    ]
    [change] = changes(TEXT.replace(SECOND, new), old=facts[0], new=facts[1])
    assert change.words == "years lost: 22 → 24"


def test_a_headline_with_the_same_figure_is_not_told_a_second_time() -> None:
    new, title = SECOND.replace("twenty-two", "24"), f"{TITLE} after {{}} years"
    facts = [
        verdict(years_lost_stated=Fact(value=value, basis="stated", sentence=sentence))
        for value, sentence in ((22, SECOND), (24, new))
    ]
    was = Before(title=title.format(22), text=TEXT, verdict=facts[0])
    url = "https://paper.test/moss"
    now = Article(
        url=url, canonical_url=url, title=title.format(24), text=TEXT.replace(SECOND, new)
    )
    told = correct.changes(was, now, facts[1])
    assert [change.words for change in told] == ["years lost: 22 → 24"]


def test_a_fact_read_otherwise_from_the_same_words_is_no_correction() -> None:
    facts = [
        verdict(crime=Fact(value=value, basis="stated", sentence=FIRST))
        for value in ("Murder", "Manslaughter")
    ]
    assert changes(TEXT, old=facts[0], new=facts[1]) == ()


def test_a_story_that_grows_is_not_corrected() -> None:
    more = "The state will pay Moss $2 million, the county said on Friday."
    assert changes(f"{TEXT}\n\n{more}") == ()


@pytest.mark.parametrize(
    "edit",
    [
        ("twenty-two", "22"),
        ("Monday", "today"),
        ("threw out", "tossed"),
        ("will not", "won't"),
        ("Prosecutors in Ash County", "Ash County prosecutors"),
        ("spent", "had spent"),
    ],
)
def test_other_words_for_the_same_are_no_correction(edit: tuple[str, str]) -> None:
    assert changes(TEXT.replace(*edit)) == ()


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("Monday", "Friday"), "date"),
        (("1999", "1997"), "number"),
        (("murder", "robbery"), "crime"),
        (("threw out", "upheld"), "stage"),
        (("will not try", "will try"), "what it says"),
        (("Ash County", "Elm County"), "name"),
        (("Ortiz", "Kowalski"), "name"),
        (("51", "53"), "number"),
    ],
)
def test_a_changed_fact_is_a_correction(edit: tuple[str, str], what: str) -> None:
    assert [change.what for change in changes(TEXT.replace(*edit))] == [what]


def test_a_name_that_is_spelled_otherwise_everywhere_is_told_and_a_slip_is_not() -> None:
    assert changes(TEXT.replace("Moss", "Mosse"), TITLE.replace("Moss", "Mosse"))
    assert changes(TEXT.replace("Moss, 51", "Mosse, 51")) == ()


def test_a_note_is_told_once_and_what_it_repeats_is_no_second_change() -> None:
    note = "Correction: An earlier version of this story said that Moss was convicted in 1998."
    [change] = changes(f"{TEXT}\n\n{note}")
    assert change.words == f"correction: {note}"


def test_a_newsrooms_standing_offer_to_correct_is_no_note() -> None:
    assert changes(f"{TEXT}\n\nTo report a correction, write to the newsroom at any time.") == ()


def test_a_page_that_takes_its_story_back_is_told() -> None:
    text = "This page is about something else now, and it has nothing to say about any court."
    [change] = changes(text, title="Something else", new=verdict(score=0))
    assert change.words == f"no longer said: {FIRST}"


def test_of_a_page_that_asks_for_no_snippets_no_sentence_is_quoted() -> None:
    found = changes(TEXT.replace("1999", "1997"))
    assert [change.sentence for change in correct.quotable(found)] == [""]
