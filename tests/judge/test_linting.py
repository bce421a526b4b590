"""Every mistake in the file of a beat is shown at its own place, however the text is written."""

import pytest

from monitor.judge import linting
from tests.judge.conftest import SMALL

QUERIES = {
    "plain": "query: freed AND titel:x OR man",
    "plain over two lines": "query: freed AND\n      titel:x OR man",
    "single quotes": "query: 'it''s \"a phrase\" titel:x'",
    "double quotes": 'query: "\\"a \\\\ phrase\\" AND\n      titel:x"',
    "folded": "query: >-\n      freed\n      AND\n\n      titel:x\n      OR man",
    "literal": "query: |\n      freed\n        AND titel:x",
    "folded, indented by a number": "query: >2-\n      freed\n      titel:x",
    "after other letters": "query: 'Zoë’s été AND titel:x'",
}


def shown(text: str, *gazetteers: str) -> list[str]:
    """The mistakes of a beat, each as `line: problem` if its caret points at what it speaks of."""
    found = linting.lint(text, "b.yaml", gazetteers)
    for mistake in found.mistakes:
        line = text.splitlines()[mistake.line - 1]
        excerpt, caret = mistake.excerpt.splitlines()
        assert excerpt.strip() in line
        assert excerpt[len(caret) - 1] == line[mistake.column - 1]
    return [f"{mistake.line}: {mistake.problem}" for mistake in found.mistakes]


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_mistake_in_a_query_is_shown_where_it_stands_in_the_file(query: str) -> None:
    text = f"name: b\nthreshold: 1\nsignals:\n  - id: one\n    {query}\n    weight: 1\n"
    (found,) = linting.lint(text, "b.yaml").mistakes
    assert "one: there is no field titel: (did you mean title:?)" in found.problem
    line = text.splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith("titel:x")
    excerpt, caret = found.excerpt.splitlines()
    assert excerpt[caret.index("^") :].startswith("titel:x")


def test_a_query_written_once_and_used_twice_is_shown_where_it_is_written() -> None:
    text = (
        "name: b\nthreshold: 1\nsignals:\n  - {id: one, query: &q 'titel:x', weight: 1}\n"
        "  - {id: two, query: *q, weight: 1}\n"
    )
    found = linting.lint(text, "b.yaml").mistakes
    assert [(one.line, one.column) for one in found] == [(4, 23), (4, 23)]


FAULTY = """\
name: harbour
threshold: high
shadow: maybe
lead_words: 1.5
lists:
  boats: [ferry, "fer*y", no, {a: b}]
  boats2: [@boats3 ]
signals:
  - id: one
    query: (ferry AND OR boat) AND @bots NEAR/0 titel:x entity:portz
    weight: heavy
    proves: sunk
    anchor: [boats, bots]
    needs: [too]
    reads: [negatd]
    headline: 'yes'
  - id: one
    query: [a, b]
    weight: {title: 1, boddy: 2}
  - just text
stages:
  - {stage: sunk, zones: [heading], over: [sank]}
readings:
  negated: {reach: many, words: not}
  sought: [ask]
fresh: {a: b}
"""


def test_mistakes_of_form_and_of_queries_come_together() -> None:
    assert shown(FAULTY.replace("@boats3 ", "'@boats3'"), "ports") == [
        "2: threshold is missing or not a number; write threshold: 5",
        "3: shadow is true or false; write one of them, without quotes",
        "4: lead_words is a whole number of words; write 160",
        "6: in list boats, item 'fer*y': a wildcard can only end a word, such as exonerat*",
        "6: boats is a list of words, such as [freed, released]",
        ("7: in list boats2, item '@boats3': there is no list @boats3 (did you mean @boats?)"),
        "10: one: a word is missing before OR",
        "10: one: there is no list @bots (did you mean @boats?)",
        "10: one: the distance must be 1 (neighbours) to 1,000 words",
        "10: one: there is no field titel: (did you mean title:?)",
        "10: one: there is no gazetteer portz (did you mean ports?)",
        "11: weight is a number, or {title: 2, lead: 1, body: 0.5}",
        (
            "12: no such stage: 'sunk'; one of claim, hearing, vacated, retrial_ordered, "
            "exonerated, compensation, reversed, unknown"
        ),
        "13: no list is called 'bots'; did you mean 'boats'?",
        "14: no signal is called 'too'; known here: one",
        "15: no reading is called 'negatd'; did you mean 'negated'?",
        "16: headline is true or false; write one of them, without quotes",
        "17: two signals are called 'one'; give each its own id",
        "18: query is not a text; put it in quotes",
        "19: unknown key 'boddy'; did you mean 'body'?",
        "20: an item of signals has keys of its own; found 'just text'",
        "22: query is missing; write query: and a text",
        (
            "22: no such stage: 'sunk'; one of claim, hearing, vacated, retrial_ordered, "
            "exonerated, compensation, reversed, unknown"
        ),
        "22: no zone is called 'heading'; known here: body, lead, opening, title",
        (
            "22: no such stage: 'sank'; one of claim, hearing, vacated, retrial_ordered, "
            "exonerated, compensation, reversed, unknown"
        ),
        "24: reach is a whole number of words; write 8",
        "24: a list of words or phrases is expected, such as [not, never]",
        "25: a reading is a group: write {reach: 4, words: [not, never]}",
        "26: a list of words or phrases is expected, such as [not, never]",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lists: [a]", "lists is a group: write names and lists of words"),
        ("readings: 5", "readings is a group: write negated:"),
        ("signals: {a: b}", "signals is a list; begin each with a dash"),
        ("5: x", "unknown key '5'; known here:"),
        ("? [a, b]\n: c", "unknown key '?'"),
        ("title: &t x\n<<: *t", "other keys cannot be merged in; write them out"),
        ("threshold: 5\nheadline_threshold: x", "headline_threshold is missing or not a number"),
        ("fresh_weight: .nan", "fresh_weight is missing or not a number"),
        ("name: 5", "name is not a text; put it in quotes"),
        ("lists: {a: [x, ~]}", "an item of a is empty; write a word or take it out"),
        ("name: !!python/object:os.system x", "means nothing here; remove it"),
    ],
)
def test_whatever_form_a_beat_has_there_is_an_answer(text: str, said: str) -> None:
    assert any(said in line for line in shown(text)), shown(text)


def test_words_are_taken_as_written_whatever_yaml_takes_them_for() -> None:
    text = SMALL.replace("[freed, released]", "[no, yes, on, 1.50, 2020-01-01, false]")
    read = linting.lint(text, "b.yaml").beat
    assert read is not None
    assert read.lists["freed"] == ("no", "yes", "on", "1.50", "2020-01-01", "false")


def test_a_mistake_in_a_list_is_told_once_and_not_for_each_query() -> None:
    text = SMALL.replace("[overturned, overturn, quashed]", "[overturned, '*']")
    (said,) = shown(text)
    assert "in list undo, item '*': a wildcard alone matches everything" in said


def test_a_query_of_many_mistakes_names_the_first_of_them() -> None:
    text = SMALL.replace("query: film OR novel", f"query: '{'@x ' * 99}'")
    assert len(shown(text)) == linting.MOST_OF_ONE_QUERY
