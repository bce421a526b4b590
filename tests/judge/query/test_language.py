"""What each piece of the query language finds, and the words it shows for it."""

import pickle

import pytest

from monitor.judge.query import Document, compile_queries, parse, read
from monitor.records import Entity

TITLE = "Wrongly-convicted man is freed"
BODY = (
    "Mr. Smith walked free after 20 years. Hope was lost once. A judge re-tried nobody.\n\n"
    "The Innocence Project hopes for more. The judge exonerated him. He was not paid.\n\n"
    + "Filler. " * 80
    + "\n\nThe end came at home."
)
LISTS = {"freed": ["freed", "walk* free", "@cleared"], "cleared": ["exonerat*", '"name cleared"']}


@pytest.fixture(scope="module")
def document() -> Document:
    return read(TITLE, BODY, "The Daily Post", "https://post.example/2022/man-freed")


@pytest.fixture(scope="module")
def project() -> Entity:
    start = BODY.index("Innocence")
    return Entity(
        type="org", name="x", canonical="x", source="innocence-organisations",
        start=start, end=start + len("Innocence Project"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("freed", ["freed"]),
        ("FREED", ["freed"]),
        ("hope", ["Hope"]),
        ("hope*", ["Hope", "hopes"]),
        ("=hope*", ["hopes"]),
        ("=Hope", ["Hope"]),
        ('="Innocence Project"', ["Innocence Project"]),
        ('"innocence project"', ["Innocence Project"]),
        ('"wrongly convict*"', ["Wrongly-convicted"]),
        ("“wrongly convicted”", ["Wrongly-convicted"]),
        ("retried", ["re-tried"]),
        ("re-tri*", ["re-tried"]),
        ("smith hope", ["Smith", "Hope"]),
        ("smith AND NOT dog", ["Smith"]),
        ("dog OR smith", ["Smith"]),
        ("dog OR smith judge", ["Smith", "judge", "judge"]),
        ("@freed", ["freed", "walked free", "exonerated"]),
        ("judge NEAR/1 exonerat*", ["judge", "exonerated"]),
        ("him NEAR/2 judge", ["judge", "him"]),
        ("judge THEN/2 him", ["judge", "him"]),
        ("(judge OR nobody) NEAR/1 re-tried", ["judge", "re-tried", "nobody"]),
        ("judge THEN/1 exonerated THEN/1 him", ["judge exonerated", "him"]),
        ("SENTENCE(judge exonerat*)", ["judge", "exonerated"]),
        ("SENTENCE(judge NOT exonerat*)", ["judge"]),
        ("PARAGRAPH(judge smith)", ["Smith", "judge"]),
        ("PARAGRAPH(project SENTENCE(judge him))", ["Project", "judge", "him"]),
        ("title:freed", ["freed"]),
        ("title:(man freed)", ["man", "freed"]),
        ("lead:hope", ["Hope"]),
        ("body:home", ["home"]),
        ("outlet:daily", ["Daily"]),
        ('url:"man freed"', ["man-freed"]),
        ("entity:innocence-organisations", ["Innocence Project"]),
        ("entity:innocence-organisations NEAR/2 the", ["The", "Innocence Project"]),
        ("NOT dog", []),
        ("freed # and so on\n AND man # twice", ["man", "freed"]),
        ('"not"', ["not"]),
    ],
)
def test_it_finds(document: Document, project: Entity, query: str, shown: list[str]) -> None:
    found = compile_queries({"q": query}, LISTS).match(document, [project])
    assert [match.text for match in found["q"]] == shown
    for match in found["q"]:
        assert document.part(match.zone)[match.start : match.end] == match.text


@pytest.mark.parametrize(
    "query",
    [
        "dog",
        "=FREED",
        '="innocence project"',
        '"project innocence"',
        "fre",
        "freed NOT man",
        "judge NEAR/1 him",
        "him THEN/9 judge",
        '"freed mr"',
        "freed NEAR/3 smith",
        "SENTENCE(smith hope)",
        "SENTENCE(exonerated NOT judge)",
        "PARAGRAPH(smith him)",
        "PARAGRAPH(smith SENTENCE(judge him))",
        "title:smith",
        "lead:home",
        "body:freed",
        "daily",
        "example",
        "entity:counties",
        "title:entity:innocence-organisations",
    ],
)
def test_it_does_not_find(document: Document, project: Entity, query: str) -> None:
    assert compile_queries({"q": query}, LISTS).match(document, [project]) == {}


def test_and_binds_closer_than_or_and_not_closest() -> None:
    assert parse("a OR b c").root == parse("a OR (b AND c)").root
    assert parse("a NOT b OR c").root == parse("(a AND (NOT b)) OR c").root
    assert parse("a NOT NOT b").root == parse("a b").root
    assert parse("ORANGE").root == parse("orange").root


def test_hits_name_their_sentences(document: Document) -> None:
    hits = compile_queries({"q": "SENTENCE(judge exonerat*)"}).hits(document)["q"]
    assert [document.quote(document.sentences[n]) for n in hits.sentences] == [
        "The judge exonerated him."
    ]


def test_a_term_shows_about_twenty_of_its_words_and_and_a_share_of_each() -> None:
    document = read("", "free man " * 100)
    matcher = compile_queries({"or": "free", "and": "free man"})
    assert {key: len(found) for key, found in matcher.match(document).items()} == {
        "or": 20,
        "and": 20,
    }
    generous = compile_queries({"or": "free"}, most=1000)
    assert len(generous.match(document)["or"]) == 100


def test_a_matcher_survives_the_trip_to_a_worker(document: Document) -> None:
    matcher = compile_queries({"q": "SENTENCE(@freed AND man) OR judge NEAR/3 him"}, LISTS)
    assert pickle.loads(pickle.dumps(matcher)).match(document) == matcher.match(document)  # noqa: S301


def test_queries_that_no_word_makes_skippable_are_named() -> None:
    matcher = compile_queries({1: "freed", 2: "NOT freed", 3: "freed OR NOT man", 4: "a NOT b"})
    assert matcher.always == (2, 3)
    assert matcher.true(read("", "man a")) == [2, 4]
