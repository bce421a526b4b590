"""Weights are learnt from labels, shown first, and written only when asked to."""

import json

import pytest

from tests.cli.desk import BEAT, CASE, OTHER, PLAIN, SENTENCES

WEAK = BEAT.replace("{title: 6, lead: 6, body: 6}", "{title: 3, lead: 3, body: 3}  # the news")
WEAK = WEAK.replace("name: cleared", "name: cleared   # kept: é") + (
    "senses:\n  - {id: sport, query: referee, weight: -0.5}\n"
)
BAD = "The referee overturned the conviction that no one in prison plays football."


@pytest.fixture
def beat(post):
    path = post.folder / "beats" / "cleared.yaml"
    path.write_text(WEAK)
    path.chmod(0o640)
    return path


def texts(path, *, good="exoneration", bad="other", count=10):
    rows = [
        {"id": f"{label}{n}", "title": f"{title} {n}", "text": text, "label": label}
        for n in range(count)
        for label, title, text in (
            (good, CASE, SENTENCES[0]),
            (bad, "Football", BAD),
            (bad, OTHER, PLAIN[0]),
        )
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_fit_shows_what_it_would_change_and_changes_nothing(beat, monitor, tmp_path):
    labels = texts(tmp_path / "a.jsonl")
    for more in ((), ("--write", "--dry-run")):
        said = monitor("beats", "fit", "--labels", labels, *more)
        assert said.code == 0
        assert "30 texts; 20 of them at a stage that alerts" in said.out
        assert "undone lead: 3 → " in said.out
        assert "would change" in said.out
        assert beat.read_text() == WEAK


def test_fit_writes_better_weights_into_the_file_and_nothing_else(beat, monitor, tmp_path):
    labels = texts(tmp_path / "a.jsonl")
    assert monitor("evaluate", labels, "--min-recall", "1").code == 8
    found = monitor("beats", "fit", "--labels", labels, "--hold", "0.1", "--write", "--json").json
    assert (found["written"], found["path"]) == (True, str(beat))
    assert (found["present"]["recall"], found["fitted"]["recall"]) == (0, 1)
    assert found["crossed"]["n"] == found["texts"] == 30
    assert monitor("evaluate", labels, "--min-recall", "1", "--min-precision", "1").code == 0
    new = beat.read_text()
    kept = [line for line in WEAK.splitlines() if "weight" not in line]
    assert [line for line in new.splitlines() if "weight" not in line] == kept
    assert "# the news" in new
    assert beat.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in beat.parent.iterdir()] == [beat.name]


def test_a_file_that_cannot_be_written_stays_as_it_is(beat, monitor, tmp_path):
    beat.with_name(f".{beat.name}.new").mkdir()
    said = monitor("beats", "fit", "--labels", texts(tmp_path / "a.jsonl"), "--write")
    assert (said.code, "nothing changed" in said.err) == (2, True)
    assert beat.read_text() == WEAK


def test_fit_learns_from_headlines_and_several_files(beat, monitor, tmp_path):
    first, second = texts(tmp_path / "a.jsonl"), texts(tmp_path / "b.jsonl", good="freed")
    said = monitor(
        "beats", "fit", "--labels", first, "--labels", second, "--headline", "--json",
        "--positive", "freed", "--positive", "exoneration",
    )  # fmt: skip
    assert (said.code, said.json["texts"], said.json["written"]) == (0, 120, False)


@pytest.mark.parametrize("command", [("evaluate",), ("beats", "fit", "--labels")])
def test_labels_that_cannot_be_used_are_named(beat, monitor, tmp_path, command):
    path = tmp_path / "x.jsonl"
    for content, words in (
        (b"", "no text in it"),
        (b"\n\n", "no text in it"),
        (b"[]\n", "x.jsonl:1: is not a JSON object"),
        (b'{"title": "x", "text": "y", "label": 3}\n', "x.jsonl:1"),
        (b'{"label": "other"}\n', "neither title nor text"),
        (b'{"title": "x", "label": "other"}\n{"tit\n', "x.jsonl:2: is not JSON"),
        (b'{"title": "x", "label": "other"}\n', "no text is labelled 'freed'"),
        (b"\xff\xfe\n", "not UTF-8"),
        (b"[" * 100_000, "x.jsonl:1: is not"),
    ):
        path.write_bytes(content)
        said = monitor(*command, str(path), "--positive", "freed")
        assert (said.code, said.out) == (2, "")
        assert words in said.err
        assert "Errno" not in said.err
    assert (
        "labels there are 'exoneration', 'other'"
        in monitor(*command, texts(path), "--positive", "x").err
    )
    path.rename(tmp_path / "x.gz")
    assert "x.gz: cannot be read" in monitor(*command, str(tmp_path / "x.gz")).err
    said = monitor(*command, str(path))
    assert said.err == f"error: {path}: cannot be read: No such file or directory\n"


def test_other_news_alone_is_a_fair_sample_to_measure_but_not_to_learn_from(
    beat, monitor, tmp_path
):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": OTHER, "text": PLAIN[0], "label": "other"}))
    assert monitor("evaluate", str(path), "--max-false-per-10k", "1").code == 0
    assert "'exoneration'" in monitor("beats", "fit", "--labels", str(path)).err
    path.write_text(path.read_text().replace('"other"', '"exoneration"'))
    said = monitor("beats", "fit", "--labels", str(path))
    assert (said.code, "label more" in said.err) == (2, True)
