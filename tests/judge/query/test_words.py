"""What counts as the same word, and where words, sentences and the lead are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.judge.query.folding import canonical
from monitor.judge.query.terms import fold, read, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Exonerated", "exonerated"),
        ("the man’s name", "the man name"),
        ("the men's names", "the men names"),
        ("She wasn’t freed", "she wasn't freed"),
        ("O’Brien's", "o'brien"),
        ("wrongly-convicted", "wrongly convicted"),
        ("wrongly‑convicted", "wrongly convicted"),
        ("re-tried, co-defendants, pre-trial", "retried codefendants pretrial"),
        ("post-conviction", "post conviction"),
        ("cut-re-tried", "cut retried"),
        ("exo\u00adner\u200bated", "exonerated"),
        ("two\u00a0words", "two words"),
        ("cafe\u0301 CAFÉ", "café café"),
        ("STRASSE Straße", "strasse strasse"),
        ("İstanbul", "i̇stanbul"),
        ("U.S. 1,500", "u s 1 500"),
        ("snake_case", "snake case"),
        ("無罪 free", "無 罪 free"),
        ("أُفرج عنه", "أُفرج عنه"),
        ("दोषमुक्त", "दोषमुक्त"),
        ("freed 🎉 today", "freed today"),
        ("nul\x00byte", "nul byte"),
        ("…— “”", ""),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text("'’sab1-_. \x1f\u00ad\u0301é無", max_size=14))
def test_each_word_is_what_stands_at_its_offsets(text: str) -> None:
    assert [fold(text[start:end]) for _, start, end in words(text)] == [w for w, *_ in words(text)]


@pytest.mark.parametrize("text", ["İİ re-tried’s", "Straße ﬁne", "a\u00adb", "ǅ ΣΑΣ", "\x1f-re-x"])
def test_the_canonical_text_is_as_long_as_the_original(text: str) -> None:
    assert len(canonical(text)) == len(text)


def test_offsets_point_into_the_original_text() -> None:
    text = "The İ man’s “re-tried”, exo\u00adnerated é."
    assert [text[start:end] for _, start, end in words(text)] == [
        *("The", "İ", "man", "re-tried", "exo\u00adnerated", "é")
    ]


def test_positions_count_through_title_body_outlet_and_url() -> None:
    document = read("Man freed", "He left.\n\nHome.", "The Post", "https://post.example/a-b")
    assert document.tokens[:7] == ["man", "freed", "he", "left", "home", "the", "post"]
    assert document.ends_of_zones == (2, 5, 7, 12)
    assert [document.zone_of(place) for place in (0, 2, 5, 7)] == ["title", "body", "outlet", "url"]
    assert document.keys[5:7] == ["outlet:the", "outlet:post"]


BODY = (
    "Mr. J. Q. Smith sued in U.S. v. Smith on Jan. 5, 1994. He won $3.5 million at 5 p.m. that "
    "day. “Am I free?” he asked. She said, “No.” Then St. Louis County Judge Ann B. Cole of "
    "Calif. ruled. It happened in the U.S. The D.A. agreed! Was it No. 4? Yes… maybe. The firm, "
    "Acme Inc., paid. So did I. We left (at last.) They stayed in Washington, D.C. and slept."
)


def test_sentences_end_where_they_end() -> None:
    document = read("Who? Me. A title", BODY)
    assert [document.quote(sentence) for sentence in document.sentences] == [
        "Who? Me. A title",
        "Mr. J. Q. Smith sued in U.S. v. Smith on Jan. 5, 1994.",
        "He won $3.5 million at 5 p.m. that day.",
        "“Am I free?” he asked.",
        "She said, “No.”",
        "Then St. Louis County Judge Ann B. Cole of Calif. ruled.",
        "It happened in the U.S.",
        "The D.A. agreed!",
        "Was it No. 4?",
        "Yes… maybe.",
        "The firm, Acme Inc., paid.",
        "So did I.",
        "We left (at last.)",
        "They stayed in Washington, D.C. and slept.",
    ]


def test_paragraphs_are_between_blank_lines_or_else_lines() -> None:
    blank = read("t", "One\nstill one.\n \n\nTwo.\n")
    assert [blank.quote(p) for p in blank.paragraphs] == ["t", "One\nstill one.", "Two."]
    lines = read("t", "One.\nTwo.\n")
    assert [lines.quote(p) for p in lines.paragraphs] == ["t", "One.", "Two."]


def test_every_word_knows_its_sentence_and_paragraph() -> None:
    document = read("A title", "One two. Three.\n\n***\n\nFour.", "Post")
    assert document.numbers("sentence") == [0, 0, 1, 1, 2, 4, 5]
    assert document.numbers("paragraph") == [0, 0, 1, 1, 1, 3, 4]
    assert document.sentence_number("body", document.body.index("Three")) == 2
    assert document.quote(document.sentence_at("body", 1)) == "One two."
    assert document.quote(document.sentence_at("title", 1)) == "A title"


@pytest.mark.parametrize(
    ("paragraphs", "words_in_lead"),
    [((10, 10, 70, 10), 90), ((60, 60, 10), 120), ((300,), 160), ((5,), 5), ((10, 10, 170), 160)],
)
def test_the_lead_is_two_paragraphs_or_eighty_words(
    paragraphs: tuple[int, ...], words_in_lead: int
) -> None:
    document = read("A title", "\n\n".join(" ".join(["word"] * n) for n in paragraphs))
    low, high = document.field("lead")
    assert high - low == words_in_lead


def test_nothing_is_a_document_too() -> None:
    document = read("", "")
    assert document.tokens == []
    assert document.field("lead") == (0, 0)
    assert document.locate("body", 0, 5) is None
    assert [s.zone for s in document.sentences] == ["title"]
