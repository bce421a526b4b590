"""A case on a terminal: short where much is alike, and nobody is said to know who does not."""

import pytest

from monitor.cli import told
from monitor.cli.words import fact_lines, people, short


def article(number: int, *, copy: bool) -> dict[str, object]:
    words = {"outlet": "Courier", "title": "Freed", "sentence": "He is free.", "why": "alike"}
    return {"url": f"https://a.example/{number}", "copy": copy, **words}


def test_forty_copies_are_counted_and_five_are_shown() -> None:
    case = {"articles": [article(0, copy=False), *(article(n, copy=True) for n in range(1, 41))]}
    lines = list(told.articles(case))
    assert lines[:2] == ["Courier: Freed", "  https://a.example/0"]
    assert lines[4] == "Courier (a copy): https://a.example/1"
    assert lines[-1] == "and 35 more copies: see --json"
    assert len(lines) == 4 + 5 + 1


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ("sent", "told desk: opened"),
        ("pending", "not yet told desk: opened"),
        ("dead", "could not tell desk: opened"),
        ("dropped", "gave up telling desk: opened"),
    ],
)
def test_only_who_heard_of_it_is_said_to_be_told(state: str, begins: str) -> None:
    delivery = {"channel": "desk", "recipient": "", "kind": "opened", "reason": "a new case"}
    delivery |= {"state": state, "sent_at": None, "acked_at": None, "acked_by": ""}
    (line,) = told.tellings({"told": [delivery]})
    assert line.startswith(begins)


def test_causes_are_named_in_words_and_once() -> None:
    facts = {
        "factors": {"value": ["P/FA", "FC"], "basis": "stated"},
        "factor_P/FA": {"value": ["P/FA"], "basis": "stated"},
        "factor_FC": {"value": ["FC"], "basis": "stated"},
    }
    (line,) = fact_lines(facts, "exonerated")
    assert line.split(maxsplit=1)[1] == "perjury or false accusation, false confession"


def test_who_can_be_tried_again_is_not_called_exonerated() -> None:
    facts = {"exonerated_on": {"value": "2026-12-01", "basis": "stated"}}
    assert fact_lines(facts, "vacated") == ["  ruled on                 2026-12-01"]
    assert fact_lines(facts, "exonerated") == ["  exonerated on            2026-12-01"]


def test_a_long_headline_and_thirty_names_leave_a_table_readable() -> None:
    assert len(short("very " * 2000)) <= 80
    assert people([f"Name {n}" for n in range(30)]) == "Name 0 and 29 others"
    assert people(["Ada Oak", "Ben Elm"]) == "Ada Oak, Ben Elm"
    assert people(None) is None
