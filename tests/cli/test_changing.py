"""A beat is changed safely: seen first, refused if it loses what was confirmed, run in shadow."""

import json

import pytest

from tests.cli.desk import BEAT, CASE, OTHER, PLAIN, SENTENCES

OLD = "Court quashed the conviction of Bert Hollow after a year in prison"


@pytest.fixture
def told(post, monitor):
    """An outlet with one confirmed story, one rejected one, and one that nobody was told."""
    post.story("/a", CASE, SENTENCES)
    post.story("/b", OLD, PLAIN)
    post.story("/c", OTHER, PLAIN)
    assert monitor("run-once").code == 0
    for hit in monitor("hits", "list", "--json").lines:
        label = "confirmed" if hit["title"] == CASE else "rejected"
        assert monitor("hits", "label", str(hit["id"]), label).code == 0
    return post


def beat_of(post, *, name="cleared.yaml"):
    return post.folder / "beats" / name


def lax(text=BEAT):
    """A beat that no longer wants quashed convictions, but ferries."""
    text = text.replace("undo: [overturned, quashed]", "undo: [overturned]")
    return text + "  - {id: ferry, query: harbour ferry timetable, weight: 7, proves: vacated}\n"


def test_backtest_says_story_by_story_what_a_changed_beat_gains_and_loses(told, monitor, tmp_path):
    (tmp_path / "new.yaml").write_text(lax())
    said = monitor("backtest", "--beat", str(tmp_path / "new.yaml"))
    assert said.code == 8
    assert (
        "3 stored articles: 2 stories would alert (live: 2), 2.00 a day over 1.0 days" in said.out
    )
    assert "labels, live: precision 0.500, recall 1.000" in said.out
    assert "labels, now: precision 1.000, recall 1.000" in said.out
    (gained,) = [line for line in said.out.splitlines() if line.startswith("+")]
    (lost,) = [line for line in said.out.splitlines() if line.startswith("-")]
    assert ("0.00 →   7.00" in gained, told.site.url("/c") in gained) == (True, True)
    assert ("7.00 →   1.00" in lost, "[rejected]" in lost, OLD in lost) == (True, True, True)


def test_backtest_of_the_live_beat_finds_no_difference(told, monitor):
    said = monitor("backtest", "--json")
    assert said.code == 0
    assert (said.json["articles"], said.json["alerts"]) == (3, 2)
    assert (said.json["added"], said.json["dropped"]) == ([], [])
    assert said.json["beats"][0]["labels"]["precision"] == 0.5


def test_backtest_replays_a_labelled_file_too(told, monitor, tmp_path):
    rows = [
        {"title": OLD, "text": PLAIN[0], "label": "freed"},
        {"title": CASE, "text": SENTENCES[0], "label": "freed"},
        {"title": OTHER, "text": PLAIN[0], "label": "other"},
    ]
    corpus, new = tmp_path / "corpus.jsonl", tmp_path / "new.yaml"
    corpus.write_text("\n".join(map(json.dumps, rows)))
    new.write_text(lax())
    arguments = ("backtest", "--beat", str(new), "--corpus", str(corpus), "--json")
    said = monitor(*arguments, "--positive", "freed")
    _, found = said.json["beats"]
    assert (found["over"], found["articles"], said.code) == (f"texts of {corpus}", 3, 8)
    assert (found["labels_before"]["recall"], found["labels"]["recall"]) == (1, 0.5)
    assert [row["title"] for row in found["dropped"]] == [OLD]
    assert [row["title"] for row in found["added"]] == [OTHER]
    assert monitor(*arguments, "--positive", "x").code == 2


def test_a_labelled_file_can_be_replayed_before_anything_is_stored(post, monitor, tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps({"title": CASE, "text": SENTENCES[0], "label": "exoneration"}))
    post.configure(database="sqlite:////proc/nowhere/x.db")
    assert monitor("backtest").code == 4
    said = monitor("backtest", "--corpus", str(corpus), "--json")
    assert (said.code, said.json["articles"], said.json["alerts"]) == (0, 1, 1)
    assert "without stored articles: " in said.err


def test_backtest_names_what_is_wrong_with_the_file(told, monitor, tmp_path):
    path = tmp_path / "new.yaml"
    assert monitor("backtest", "--beat", str(path)).code == 2
    path.write_bytes(b"name: \xff")
    said = monitor("backtest", "--beat", str(path))
    assert (said.code, "not UTF-8" in said.err) == (3, True)
    path.write_text("name: cleared\n")
    assert monitor("backtest", "--beat", str(path)).code == 3


def test_a_beat_that_loses_a_confirmed_story_is_refused_until_it_says_so(told, monitor):
    (hit,) = [h for h in monitor("hits", "list", "--json").lines if h["label"] == "confirmed"]
    strict = BEAT.replace("threshold: 5", "threshold: 50")
    beat_of(told).write_text(strict)
    for command in (("run-once",), ("check",), ("rejudge", "--since", "1d"), ("run",)):
        said = monitor(*command)
        assert said.code == 3
        words = said.out + said.err
        assert f"cleared.yaml: would lose a story that was confirmed: '{CASE}'" in words
        assert "score 7.00 of 5, stage vacated → 7.00 of 50" in words
        assert f"accept_drops: [{hit['id']}]" in words
        assert OLD not in words
    beat_of(told).write_text(BEAT.replace("[overturned, quashed]", "[overturned]"))
    assert monitor("check").code == 0
    for name in (hit["id"], hit["url"]):
        beat_of(told).write_text(f"{strict}accept_drops: [{name}]\n")
        assert monitor("check").code == 0
    assert monitor("run-once").code == 0


def test_a_story_that_people_changed_their_mind_about_may_go(told, monitor):
    for hit in monitor("hits", "list", "--json").lines:
        assert monitor("hits", "label", str(hit["id"]), "related").code == 0
    beat_of(told).write_text(BEAT.replace("threshold: 5", "threshold: 50"))
    assert monitor("run-once").code == 0


def test_a_shadow_beat_runs_along_tells_nobody_and_is_reported(post, monitor):
    text = lax().replace("name: cleared", "name: cleared-next\nshadow: true")
    beat_of(post, name="next.yaml").write_text(text)
    post.story("/a", CASE, SENTENCES)
    post.story("/b", OLD, PLAIN)
    post.story("/c", OTHER, PLAIN)
    assert monitor("run-once", "--json").json["hits"] == 2
    assert {told["data"]["case"]["title"] for told in post.posts()} == {CASE, OLD}
    assert "because: cleared: 0.00 of 5" in monitor("explain", post.site.url("/c")).out
    assert {hit["beat"] for hit in monitor("hits", "list", "--json").lines} == {"cleared"}
    assert len(monitor("hits", "list", "--beat", "cleared-next", "--json").lines) == 2
    said = monitor("beats", "report", "--since", "1d")
    assert said.code == 0
    assert "beat cleared-next, against the live beat cleared" in said.out
    assert "3 articles judged: 2 stories would alert (live: 2), 2.00 a day" in said.out
    signs = [(line[0], OLD in line) for line in said.out.splitlines() if line[0] in "+-"]
    assert signs == [("+", False), ("-", True)]
    found = monitor("beats", "report", "--beat", "cleared-next", "--json").json["beats"][0]
    assert [row["title"] for row in found["added"]] == [OTHER]


def test_a_report_without_a_shadow_beat_says_how_to_have_one(post, monitor):
    assert "`shadow: true`" in monitor("beats", "report").out
    said = monitor("beats", "report", "--beat", "cleared")
    assert (said.code, "shadow beats: none" in said.err) == (2, True)
