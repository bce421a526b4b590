"""Hits, cases, alerts and search: tables for people, JSON and files for programs."""

import csv
import io
import json

import feedparser
import pytest

from monitor.desk.registry import COLUMNS as NRE
from tests.cli.desk import CASE, PLAIN, SENTENCES, page
from tests.world import Reply

HIT = {
    "id", "beat", "url", "canonical_url", "outlet", "feed", "title", "published", "first_seen",
    "score", "threshold", "stage", "case_id", "label", "signals", "entities", "facts", "read_as",
}  # fmt: skip


@pytest.fixture
def told(post, monitor):
    """An outlet whose one case was told."""
    post.story("/a", CASE, SENTENCES)
    post.story("/b")
    assert monitor("run-once").code == 0
    return post


def test_hits_as_json_lines_have_the_documented_keys(told, monitor):
    (hit,) = monitor("hits", "list", "--json").lines
    assert set(hit) >= HIT
    assert set(hit["signals"][0]) == {"id", "weight", "matches"}
    assert set(hit["signals"][0]["matches"][0]) >= {"text", "zone", "start", "end"}
    assert (hit["feed"], hit["read_as"], hit["stage"]) == ("a", "page", "vacated")


def test_judge_prints_the_same_verdict_without_ids(told, monitor, tmp_path):
    (tmp_path / "page.html").write_text(page(CASE, SENTENCES))
    judged = monitor("judge", str(tmp_path / "page.html"), "--json").json
    (hit,) = monitor("hits", "list", "--json").lines
    assert set(judged) >= HIT - {
        "id", "feed", "first_seen", "case_id", "label", "url", "canonical_url", "published",
    }  # fmt: skip
    assert (judged["score"], judged["signals"]) == (hit["score"], hit["signals"])
    assert "id" not in judged
    assert monitor("judge", told.site.url("/a"), "--json").json["score"] == hit["score"]


def test_judge_says_what_it_cannot_read(told, monitor, tmp_path):
    (tmp_path / "empty").write_text("")
    for source in (str(tmp_path / "none"), str(tmp_path / "empty"), told.site.url("/no")):
        said = monitor("judge", source)
        assert said.code == 2
        assert source in said.err


def test_evaluate_prints_the_documented_figures(told, monitor, tmp_path):
    rows = [
        {"id": "x", "title": CASE, "text": SENTENCES[0], "label": "other"},
        {"title": "Ferry", "text": PLAIN[0], "label": "exoneration"},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    found = monitor("evaluate", str(path), "--json").json
    assert {
        "n", "tp", "fp", "fn", "tn", "precision", "recall", "f1", "false_per_10k", "seconds",
        "errors",
    } <= set(found)  # fmt: skip
    assert [found[key] for key in ("n", "tp", "fp", "fn", "tn")] == [2, 0, 1, 1, 0]
    assert {"id", "label", "score", "why"} <= set(found["errors"][0])
    assert monitor("evaluate", str(path), "--max-false-per-10k", "1").code == 8
    path.write_text('{"title": "x"}\n')
    said = monitor("evaluate", str(path))
    assert (said.code, "texts.jsonl:1" in said.err) == (2, True)


def test_a_label_is_kept_with_who_gave_it(told, monitor):
    assert monitor("hits", "label", "9", "confirmed").code == 2
    (hit,) = monitor("hits", "list", "--json").lines
    number = str(hit["id"])
    assert monitor("hits", "label", number, "rejected", "--dry-run").out
    assert monitor("hits", "list", "--json").lines[0]["label"] is None
    said = monitor("hits", "label", number, "confirmed", "--who", "Ann", "--note", "called them")
    assert (said.code, said.out) == (0, "")
    assert monitor("hits", "list", "--json").lines[0]["label"] == "confirmed"
    assert "confirmed by Ann" in monitor("hits", "show", number).out


def test_exports_can_be_read_by_what_they_are_for(told, monitor):
    atom = feedparser.parse(io.BytesIO(monitor("hits", "export", "--format", "atom").out.encode()))
    assert not atom.bozo
    assert atom.entries[0].title == CASE
    (row,) = csv.DictReader(io.StringIO(monitor("hits", "export", "--format", "csv").out))
    assert (row["title"], row["stage"]) == (CASE, "vacated")
    assert monitor("hits", "export").lines[0]["title"] == CASE
    assert monitor("hits", "export", "--format", "json").json[0]["title"] == CASE
    nre = monitor("cases", "export", "--format", "nre").out.splitlines()[0]
    assert tuple(nre.split(",")) == NRE


def test_a_headline_cannot_run_a_formula_or_paint_the_terminal(post, monitor):
    post.story("/a", "=HYPERLINK(1) conviction overturned &#27;[31m", SENTENCES)
    monitor("run-once", "--no-send")
    (row,) = csv.DictReader(io.StringIO(monitor("hits", "export", "--format", "csv").out))
    assert row["title"].startswith("'=")
    for command in (("hits", "show", "1"), ("cases", "show", "1"), ("hits", "list")):
        assert "\x1b" not in monitor(*command).out


def test_cases_show_who_told_it_and_who_was_told(told, monitor):
    (case,) = monitor("cases", "list", "--json").lines
    said = monitor("cases", "show", str(case["id"]))
    assert CASE in said.out
    assert "told hook: opened" in said.out
    assert monitor("cases", "show", "77").code == 2


def test_dead_alerts_are_listed_retried_and_dropped(post, monitor):
    post.story("/a", CASE, SENTENCES)
    post.site.serve("/hook", Reply(status=400))
    assert monitor("run-once").code == 7
    (dead,) = monitor("alerts", "list", "--state", "dead", "--json").lines
    assert "400" in dead["detail"]
    number = str(dead["id"])
    assert monitor("alerts", "retry", number, "--dry-run").out.startswith(f"would retry {number}: ")
    assert monitor("alerts", "retry").code == 2
    assert monitor("alerts", "retry", number).code == 0
    post.site.serve("/hook", b"")
    assert monitor("run-once", "--json").json["alerts"] == {"sent": 1, "pending": 0, "dead": 0}
    assert "nothing to drop" in monitor("alerts", "drop", number).err


def test_a_test_message_says_how_each_channel_answered(post, monitor):
    assert monitor("alerts", "test", "--dry-run").out == "would send a test to hook\n"
    assert post.posts() == []
    said = monitor("alerts", "test")
    host = post.site.url("/")[:-1]
    assert (said.code, said.out) == (0, f"channel hook (webhook): test message sent to {host}\n")
    post.site.serve("/hook", Reply(status=500))
    said = monitor("alerts", "test", "hook")
    assert said.code == 8
    assert said.out.startswith(f"channel hook (webhook): {host}: ")
    (told,) = monitor("alerts", "test", "--json").json
    assert (told["channel"], told["kind"], told["to"], told["ok"]) == (
        "hook",
        "webhook",
        host,
        False,
    )
    assert "500" in told["problem"]
    assert monitor("alerts", "test", "nope").code == 2


@pytest.mark.parametrize(
    "query", [["lakeside inn"], ['"lakeside inn"'], ["LAKESIDE"], ["inn", "lakeside"]]
)
def test_search_finds_every_word_and_phrase(told, monitor, query):
    (found,) = monitor("search", *query, "--json").lines
    assert found["title"] == CASE


@pytest.mark.parametrize(
    "query", ["nothingofit", "a* OR )", "NEAR(lakeside inn)", "x AND y", '"title: inn', "w" * 499]
)
def test_search_takes_any_text_as_words(told, monitor, query):
    said = monitor("search", "--", query)
    assert (said.code, said.err) == (0, "nothing found\n")


@pytest.mark.parametrize("query", ['"', "-", "%", "*", "(", "\N{PARTY POPPER}", "' '"])
def test_search_wants_a_word(told, monitor, query):
    said = monitor("search", "--", query)
    assert (said.code, "has no word to look for; write words" in said.err) == (2, True)


def test_search_takes_no_book_for_a_query(told, monitor):
    said = monitor("search", "inn " * 2500)
    assert (said.code, "characters; 500 are taken at most" in said.err) == (2, True)
