"""Every way to write a query wrongly has a message with its line, column and a caret."""

import pytest

from monitor.judge.query import (
    Checker,
    Position,
    QueryError,
    check,
    compile_queries,
    lint,
    lint_lists,
    parse,
)
from monitor.judge.query.mistakes import NO_NECESSARY_WORD

FIELDS = "the fields are title, lead, body, outlet, url, entity"
ALONE = "a wildcard alone matches everything: put letters before it, such as exonerat*"


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("", (1, 1), "the query is empty"),
        ("# only this", (1, 12), "the query is empty"),
        ("freed\n(man", (2, 1), "this bracket is not closed"),
        ("freed)", (1, 6), "this bracket closes nothing"),
        ("freed ()", (1, 8), "there is nothing between these brackets"),
        ("(freed AND)", (1, 11), "a word is missing between AND and the bracket"),
        ("freed AND", (1, 10), "a word is missing after AND"),
        ("AND freed", (1, 1), "a word is missing before AND"),
        ("freed AND OR man", (1, 11), "a word is missing before OR"),
        ("NEAR/3 man", (1, 1), "a word is missing before NEAR/3"),
        ("man NEAR/3", (1, 11), "a word is missing after NEAR/3"),
        ("man NEAR/3 NOT dog", (1, 12), "NOT cannot follow NEAR/3"),
        ("man NEAR dog", (1, 5), "NEAR needs a distance in words, such as NEAR/5"),
        ("man THEN/x dog", (1, 5), "THEN needs a distance in words, such as THEN/5"),
        ("man NEAR/0 dog", (1, 5), "the distance must be 1 (neighbours) to 1,000 words"),
        ("man NEAR/9999 dog", (1, 5), "the distance must be"),
        (
            "(man dog) NEAR/2 cat",
            (1, 2),
            "NEAR and THEN join words, phrases and OR groups, not AND",
        ),
        ("cat NEAR/2 (man OR SENTENCE(dog))", (1, 20), "not SENTENCE"),
        ("a NEAR/1 " * 9 + "a", (1, 1), "more than 8 NEAR or THEN in a row"),
        ("freed or man", (1, 7), "write OR in capitals"),
        ("*", (1, 1), "a wildcard alone matches everything"),
        ("*erated", (1, 1), "a wildcard can only end a word"),
        ("ex*ted", (1, 3), "a wildcard can only end a word"),
        ("e*", (1, 1), "at least 2 letters must stand before a wildcard"),
        ('"man', (1, 1), "this quotation is not closed"),
        ('""', (1, 1), "there is no letter or digit to look for here"),
        ("🎉", (1, 1), "there is no letter or digit to look for here"),
        ("man \x00", (1, 5), "there is no letter or digit to look for here"),
        ("titel:man", (1, 1), "there is no field titel: (did you mean title:?)"),
        ("zone:man", (1, 1), "there is no field zone: (the fields are title,"),
        ("title:", (1, 7), "a word is missing after title:"),
        ("title:(man lead:dog)", (1, 12), "lead: inside title: has no meaning"),
        ("SENTENCE(man SENTENCE(dog))", (1, 14), "SENTENCE inside SENTENCE has no meaning"),
        ("SENTENCE(PARAGRAPH(dog))", (1, 10), "PARAGRAPH inside SENTENCE has no meaning"),
        ("outlet:entity:counties", (1, 8), "entities are not looked for in outlet:"),
        ("entity:", (1, 1), "after entity: comes the name of a gazetteer"),
        ("@", (1, 1), "after @ comes the name of a list"),
        ("man @fred", (1, 5), "there is no list @fred (did you mean @freed?)"),
        ("man @unknown", (1, 5), "there is no list @unknown (define it under lists:)"),
        ("@ring", (1, 1), "a list cannot hold itself: @ring → @round → @ring"),
        ("@broken", (1, 1), "in list broken, item '*': a wildcard alone"),
    ],
)
def test_a_mistake_is_shown_where_it_is(query: str, place: tuple[int, int], problem: str) -> None:
    lists = {"freed": ["freed"], "ring": ["@round"], "round": ["@ring"], "broken": ["*"]}
    with pytest.raises(QueryError) as caught:
        compile_queries({"q": query}, lists)
    error = caught.value
    assert problem in error.problem
    assert (error.line, error.column) == place
    if query:
        line, caret = error.excerpt.split("\n")
        assert caret == " " * (error.column - 1) + "^" or "in list" in problem
        assert query == "" or line.isprintable()


def test_all_mistakes_of_a_query_are_told_at_their_place_in_the_file() -> None:
    query = "man AND headline:x\n  AND * OR @fred\n  NEAR/0 dog"
    place = Position(path="beats/b.yaml", line=10, column=7, indent=5)
    assert [str(mistake).split("\n")[0] for mistake in check(query, {}, place)] == [
        f"beats/b.yaml:10:15: there is no field headline: ({FIELDS})",
        f"beats/b.yaml:11:11: {ALONE}",
        "beats/b.yaml:11:16: there is no list @fred (define it under lists:)",
        "beats/b.yaml:12:7: the distance must be 1 (neighbours) to 1,000 words",
    ]
    assert check(query, {}, place)[1].excerpt == "  AND * OR @fred\n      ^"


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        (
            "freed AND (man OR ) AND entity:nobody AND @nix",
            {19: "a word is missing between OR", 25: "there is no gazetteer", 43: "no list @nix"},
        ),
        (
            "a OR OR b AND titel:x NEAR/0 y",
            {6: "a word is missing before OR", 15: "no field titel:", 23: "the distance must be"},
        ),
        ("(a AND ( b", {1: "this bracket is not closed", 8: "this bracket is not closed"}),
        ("a ) b ) c*d", {3: "closes nothing", 7: "closes nothing", 10: "only end a word"}),
        ('(a OR *) AND "man', {7: "a wildcard alone", 14: "this quotation is not closed"}),
        ('(a OR "man) AND b', {7: "this quotation is not closed"}),
        ("a NEAR/3 NOT b or @x", {10: "NOT cannot follow", 16: "write OR", 19: "no list @x"}),
        ("* AND", {1: "a wildcard alone", 6: "a word is missing after AND"}),
        ("SENTENCE() OR =", {10: "nothing between these brackets", 15: "no letter or digit"}),
    ],
)
def test_one_mistake_hides_no_other(query: str, problems: dict[int, str]) -> None:
    found = {error.column: error.problem for error in Checker({}, ["courts"]).errors(query)}
    assert found.keys() == problems.keys()
    assert all(problem in found[column] for column, problem in problems.items())


def test_a_broken_list_is_wrong_each_time_it_is_named() -> None:
    lists = {"a": ["@nowhere"]}
    first, second = Checker(lists).errors("@a OR @a")
    assert first.problem == second.problem
    assert "there is no list @nowhere" in first.problem


def test_every_unknown_list_is_told() -> None:
    assert [mistake.column for mistake in check("@one OR man OR @two", {})] == [1, 16]


def test_a_sound_query_has_no_mistakes() -> None:
    assert lint("SENTENCE(@freed man) NOT title:film", {"freed": ["freed", "walk* free"]}) == ()


def test_lint_advises_against_queries_that_need_no_word() -> None:
    (mistake,) = lint(" NOT freed", {}, Position(path="b.yaml", line=3, column=9))
    assert mistake.problem == NO_NECESSARY_WORD
    assert (mistake.line, mistake.column) == (3, 10)
    assert check("NOT freed") == ()


def test_mistakes_in_lists_are_told_item_by_item() -> None:
    lists = {
        "a": ["fine", "*", "@b"],
        "b": ["e*", "@nowhere", "man (dog"],
        "c": ["@c", "@d"],
        "d": ["@c"],
    }
    places = {("a", 1): Position(path="b.yaml", line=4, column=3)}
    problems = [str(mistake).split("\n")[0] for mistake in lint_lists(lists, places)]
    assert problems == [
        f"b.yaml:4:3: in list a, item '*': {ALONE}",
        "1:1: in list b, item 'e*': at least 2 letters must stand before a wildcard",
        "1:1: in list b, item '@nowhere': there is no list @nowhere (define it under lists:)",
        "1:5: in list b, item 'man (dog': this bracket is not closed",
        "1:1: a list cannot hold itself: @c → @c",
        "1:1: a list cannot hold itself: @c → @d → @c",
    ]


def test_the_message_of_an_error_shows_the_line_and_a_caret() -> None:
    with pytest.raises(QueryError, match=r"^2:5: this bracket is not closed\nman \(dog\n    \^$"):
        parse("big\nman (dog")
