"""Each exit code of the real command, as cron and systemd see it."""

import json
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.cli.desk import CASE, SENTENCES, begun, command, ended
from tests.world import Reply


def hanging(post) -> None:
    """Let the feed answer its head and then nothing more."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>"
    post.feeds(post.site.serve("/slow.xml", Reply(raw=head, hang=True)))


def labelled(tmp_path, *labels: str):
    path = tmp_path / "texts.jsonl"
    rows = [{"title": CASE, "text": SENTENCES[0], "label": label} for label in labels]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_0_and_silence_when_all_went_well(post):
    post.story("/a", CASE, SENTENCES)
    said = post.run("run-once")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert len(post.posts()) == 1


def test_1_and_a_traceback_for_a_bug(post):
    # A stored verdict in a form that this version never writes: no user can cause or mend it.
    post.story("/a", CASE, SENTENCES)
    assert post.run("run-once").code == 0
    with closing(sqlite3.connect(post.folder / "monitor.db")) as file:
        file.execute("UPDATE verdicts SET body = '[]'")
        file.commit()
    said = post.run("hits", "list", "--log-format", "json")
    assert (said.code, said.out) == (1, "")
    logged = json.loads(said.err)
    assert logged["level"] == "error"
    assert "Traceback (most recent call last)" in logged["traceback"]


def test_2_for_usage(post):
    said = post.run("run-once", "--fail-on", "sometimes")
    assert said.code == 2
    assert "threshold=0.5" in said.err
    assert post.run("hit").code == 2
    assert command().code == 2


def test_3_lists_every_mistake_with_file_and_line(post):
    post.configure(databse="x", http={"timeout": "soon"})
    (post.folder / "feeds.yaml").write_text("feeds:\n  - {url: nowhere}\n  - {ulr: x}\n")
    said = post.run("run-once")
    assert said.code == 3
    assert "monitor.yaml:" in said.err
    assert "did you mean 'database'?" in said.err
    assert "feeds.yaml:2" in said.err
    assert "feeds.yaml:3" in said.err
    assert said.out == ""


def test_3_for_a_beat_that_cannot_be_used_before_anything_is_polled(post):
    beat = post.folder / "beats" / "cleared.yaml"
    beat.write_text(beat.read_text().replace("query: prison", "query: (prison"))
    said = post.run("run-once")
    assert said.code == 3
    assert "cleared.yaml:" in said.err
    assert post.site.requests == []


def test_4_for_a_database_that_cannot_be_reached_names_no_password(post):
    post.configure(database="postgresql+psycopg://desk:hunter22@127.0.0.1:9/none")
    said = post.run("run-once")
    assert said.code == 4
    assert "hunter22" not in said.err
    assert "127.0.0.1" in said.err


def test_4_for_another_version_s_schema(post):
    assert post.run("db", "upgrade").code == 0
    with closing(sqlite3.connect(post.folder / "monitor.db")) as file:
        file.execute("UPDATE alembic_version SET version_num = '0001'")
        file.commit()
    said = post.run("run-once")
    assert said.code == 4
    assert "monitor db upgrade" in said.err
    assert post.run("db", "current").code == 4


def test_5_for_a_second_run_while_the_first_is_still_reading(post):
    hanging(post)
    with begun("-c", str(post.folder), "run-once") as first:
        post.site.until("/slow.xml")
        said = post.run("run-once")
        ended(first, signal.SIGTERM)
    assert said.code == 5
    assert f"is still running (process {first.pid}, since 20" in said.err
    assert "this one did nothing" in said.err


def test_6_when_all_feeds_failed_says_which_and_why(post):
    post.feeds(post.site.url("/gone.xml"))
    said = post.run("run-once", "--json")
    assert said.code == said.json["exit_code"] == 6
    assert said.json["failed_feeds"][0]["reason"]
    assert "feed a failed" in said.err


@pytest.mark.parametrize(
    ("fail_on", "code"), [("never", 0), ("any", 6), ("threshold=0.5", 6), ("threshold=0.6", 0)]
)
def test_6_at_the_share_that_was_asked_for(post, monitor, fail_on, code):
    post.feeds(post.site.url("/feed.xml"), post.site.url("/gone.xml"))
    assert monitor("run-once", "--fail-on", fail_on).code == code


def test_7_when_an_alert_can_never_be_delivered(post):
    post.story("/a", CASE, SENTENCES)
    post.site.serve("/hook", Reply(status=400))
    said = post.run("run-once", "--json")
    assert said.code == 7
    assert said.json["alerts"] == {"sent": 0, "pending": 0, "dead": 1}
    assert "monitor alerts list --state dead" in said.err


def test_8_for_what_check_lint_evaluate_and_backtest_look_for(post, tmp_path):
    texts = labelled(tmp_path, "exoneration", "other")
    assert post.run("evaluate", texts).code == 0
    assert post.run("evaluate", texts, "--min-precision", "0.9").code == 8
    post.story("/a", CASE, SENTENCES)
    assert post.run("run-once").code == 0
    beat = post.folder / "beats" / "cleared.yaml"
    beat.write_text(beat.read_text().replace("threshold: 5", "threshold: 50"))
    assert post.run("backtest").code == 8
    beat.write_text("name: cleared\n")
    assert post.run("beats", "lint").code == 8
    assert post.run("check").code == 8


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_130_and_143_when_a_run_is_told_to_stop(post, number):
    hanging(post)
    with begun("-c", str(post.folder), "run-once", "--json") as process:
        post.site.until("/slow.xml")
        said = ended(process, number)
    assert said.code == said.json["exit_code"] == 128 + number
    assert "Traceback" not in said.err
    assert post.run("db", "check").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_130_and_143_when_the_daemon_is_told_to_stop_after_it_alerted(post, number):
    post.story("/a", CASE, SENTENCES)
    with begun("-c", str(post.folder), "run") as process:
        post.site.until("/hook")
        said = ended(process, number)
    assert said.code == 128 + number
    assert "Traceback" not in said.err
    assert post.posts()[0]["type"] == "case.opened"
    assert [row["state"] for row in post.run("alerts", "list", "--json").lines] == ["sent"]
