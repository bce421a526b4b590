"""Whatever is asked of whatever text has a defined answer, and never a crash."""

import pytest

from monitor.judge.query import QueryError, compile_queries, lint, parse, read
from monitor.judge.query.compiler import Compiler
from monitor.judge.query.lists import Resolver
from monitor.judge.query.tree import MAX_TERMS

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "freed OR " * MILLION + "freed",
            "the query has 9,000,005 characters; the most is 100,000",
        ),
        ("a " * 40_000, "the query has 40,000 terms; the most is 10,000: split it"),
        ("(" * 10_000 + "a" + ")" * 10_000, "brackets nest deeper than 32: use a named list"),
        ("(" * 10_000, "brackets nest deeper than 32"),
        (")" * 10_000, "this bracket closes nothing"),
        ("SENTENCE(" * 5_000, "brackets nest deeper than 32"),
        ("title:" * 10_000 + "a", "a word is missing before title:"),
        ("a NEAR/5 " * 10_000 + "a", "more than 8 NEAR or THEN in a row"),
        ("AND " * 20_000, "a word is missing before AND"),
        ('"' * 9_999, "there is no letter or digit to look for here"),
        ('"' + "a " * 40_000 + '"', "the phrase has 40,000 words; the most is 50"),
        ("*" * 50_000, "a wildcard alone matches everything"),
        ("\udcff\udcfe", "there is no letter or digit to look for here"),
        ("\x00" * 1_000, "there is no letter or digit to look for here"),
        ("🎉" * 1_000, "there is no letter or digit to look for here"),
        ("\ufeff", "there is no letter or digit to look for here"),
    ],
    ids=lambda value: value[:20].encode("ascii", "backslashreplace").decode(),
)
def test_a_hostile_query_is_refused_with_its_reason(query: str, problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert problem in caught.value.problem
    assert len(str(caught.value)) < 1_000


def test_the_largest_and_deepest_allowed_queries_run() -> None:
    wide = " OR ".join(f"w{number}" for number in range(MAX_TERMS))[:99_000].rpartition(" OR ")[0]
    deep = "NOT (a OR (" * 13 + "title:a NEAR/1 b NEAR/1 c" + ") b)" * 13
    many = "NOT " * 24_000 + "b"
    matcher = compile_queries({"wide": wide, "deep": deep, "many": many})
    assert set(matcher.true(read("", "w77 a b c"))) == {"wide", "many"}


def test_long_words_in_queries_and_texts_are_words() -> None:
    word = "x" * 99_990
    matcher = compile_queries({"whole": word, "begin": word[:50_000] + "*", "less": word[:-1]})
    assert matcher.true(read("", f"a {word.upper()} b")) == ["whole", "begin"]


def test_lists_that_multiply_are_refused() -> None:
    lists = {"a": ["x"] * 30, "b": ["@a"] * 30, "c": ["@b"] * 30, "d": ["(@c NOT y)"] * 30}
    with pytest.raises(QueryError, match="with its lists the query has 27,000 terms"):
        compile_queries({"q": "@c"}, lists)
    with pytest.raises(QueryError, match="with its lists the query has"):
        compile_queries({"q": "@d"}, lists)
    chain = {f"l{n}": [f"@l{n + 1}"] for n in range(40)}
    with pytest.raises(QueryError, match="lists nest deeper than 5"):
        compile_queries({"q": "@l0"}, chain)


def test_a_list_inside_near_may_hold_only_places() -> None:
    with pytest.raises(QueryError, match="NEAR and THEN need lists of words and phrases only"):
        compile_queries({"q": "a NEAR/3 @l"}, {"l": ["(a b)"]})


def test_an_empty_list_is_never_found() -> None:
    matcher = compile_queries({"q": "@none", "not": "b NOT @none"}, {"none": []})
    assert matcher.true(read("", "a b")) == ["not"]


QUERIES = {
    query: query
    for query in (
        "freed",
        "SENTENCE(man NOT freed)",
        "PARAGRAPH(fr* judge)",
        "a NEAR/1000 b",
        '"a a a"',
        "(a NEAR/3 b) NEAR/3 a",
        "lead:a",
        "=A",
        "SENTENCE(NOT a)",
        "عنه",
    )
}
TEXT = 5_000_000 // 20


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("x" * TEXT, {"SENTENCE(NOT a)"}),
        ("." * TEXT, set()),
        ("!?" * TEXT, set()),
        (".' " * TEXT, set()),
        ("-" * TEXT, set()),
        ("re-" * TEXT, {"SENTENCE(NOT a)"}),
        ("a'" * TEXT, {"SENTENCE(NOT a)"}),
        ("a\u00ad" * TEXT, {"SENTENCE(NOT a)"}),
        ("\n " * TEXT, set()),
        ("\x00" * TEXT, set()),
        ("🎉👩‍⚖️" * TEXT, set()),
        ("\udcff" * TEXT, set()),
        ("أُفرج عنه. " * (TEXT // 10), {"عنه", "SENTENCE(NOT a)"}),
        ("a " * (TEXT // 5), {'"a a a"', "lead:a"}),
        ("A. " * (TEXT // 10), {'"a a a"', "lead:a", "=A"}),
    ],
    ids=lambda value: (
        str(sorted(value) if isinstance(value, set) else value)[:8]
        .encode("ascii", "backslashreplace")
        .decode()
    ),
)
def test_a_hostile_text_is_judged_like_any_other(text: str, true: set[str]) -> None:
    document = read(text[:1000], text, text[:100], text[:100])
    matcher = compile_queries(QUERIES)
    found = matcher.hits(document)
    assert set(found) == true
    for hits in found.values():
        assert len(hits.matches) <= 20
        assert all(m.text == document.part(m.zone)[m.start : m.end] for m in hits.matches)


def test_five_megabytes_of_news_are_read_once() -> None:
    body = "The man was freed by a judge on Jan. 5.\n\n" * (5_000_000 // 42)
    matches = compile_queries({"q": "SENTENCE(freed judge)"}).match(read("", body))["q"]
    assert len(matches) == 20


def test_compiling_twice_gives_the_same_answers() -> None:
    node = Resolver({}).resolve(parse("a NOT b"))
    assert Compiler().compile(node).keys() == Compiler().compile(node).keys()


def test_lint_takes_whatever_there_is() -> None:
    assert len(lint("@x " * 30_000, {})) == 1
    assert len(lint("@x OR " * 5_000 + "@x", {})) == 100
    assert len(lint("* " * 5_000, {})) == 5_000
