"""What people ask of alerts: the exact message, who would hear, the log, dead letters."""

import json

import pytest
import yaml

from tests.cli.desk import CASE, SENTENCES
from tests.world import Reply


@pytest.fixture
def told(post, monitor):
    """One case that was told to the webhook."""
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0


def test_render_prints_exactly_what_was_sent(post, monitor, told):
    sent = post.posts()[0]
    said = monitor("alerts", "render", "1")
    assert json.loads(said.out) == sent


@pytest.mark.parametrize("form", ["text", "html", "slack", "discord", "teams"])
def test_render_shows_a_hit_in_every_form(monitor, told, form):
    said = monitor("alerts", "render", "--hit", "1", "--form", form)
    assert said.code == 0
    assert "Ada Quillfeather" in said.out


def test_render_wants_one_message(monitor, told):
    assert monitor("alerts", "render").code == 2
    assert "alerts list" in monitor("alerts", "render", "99").err
    assert "hits list" in monitor("alerts", "render", "--hit", "99").err


def test_route_test_says_who_would_hear_and_why_not(post, monitor, told):
    routes = [
        {"beat": "cleared", "stages": ["vacated"], "to": ["hook"]},
        {"beat": "cleared", "stages": ["vacated"], "to": ["hook"], "outlets": ["Elsewhere"]},
        {"beat": "cleared", "stages": ["vacated"], "to": ["hook"], "digest": "daily 08:30 UTC"},
    ]
    known = yaml.safe_load((post.folder / "monitor.yaml").read_text())
    post.configure(alerts={**known["alerts"], "routes": routes})
    lines = monitor("alerts", "route-test", "1").out.splitlines()
    assert lines[0] == "route 0 to hook: yes, it wants beat cleared, stage vacated; at once"
    assert "route 1 to hook: no, outlet" in lines[1]
    assert "goes into the digest until" in lines[2]
    assert [
        row["wanted"] for row in monitor("--json", "alerts", "route-test", "1").json["routes"]
    ] == [
        True,
        False,
        True,
    ]


def test_the_log_of_a_delivery_shows_every_attempt(post, monitor):
    post.site.serve("/hook", Reply(status=503), Reply(body=b"taken, thanks"))
    post.story("/a", CASE, SENTENCES)
    monitor("run-once")
    monitor("alerts", "retry", "1")
    monitor("run-once")
    shown = monitor("alerts", "show", "1").out
    assert "answered 503" in shown
    assert shown.rstrip().endswith("sent: 200 taken, thanks")
    assert "answered 503" in monitor("alerts", "list", "-v").out
    assert [one["ok"] for one in monitor("--json", "alerts", "show", "1").json["log"]] == [
        False,
        True,
    ]


def test_a_log_of_nothing_says_so(monitor):
    monitor("db", "upgrade")
    assert "nobody was to be told yet" in (said := monitor("alerts", "list", "-v")).err + said.out


def test_dead_letters_are_listed_retried_and_dropped(post, monitor):
    post.site.serve("/hook", Reply(status=404), Reply(status=404), Reply())
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 7
    assert "answered 404" in monitor("alerts", "dead", "list").out
    assert "would retry 1" in monitor("alerts", "dead", "retry", "--dry-run").out
    assert "1 dead letter: tried again by the next run" in monitor("alerts", "dead", "retry").out
    assert monitor("run-once").code == 7
    assert monitor("alerts", "dead", "drop").code == 2
    assert "1 dead letter: given up" in monitor("alerts", "dead", "drop", "1").out
    assert "no dead letters" in monitor("alerts", "dead", "list").err
    assert "nothing to retry" in monitor("alerts", "dead", "retry").err


def test_an_alert_is_acknowledged_once(monitor, told):
    assert "1 alert acknowledged" in monitor("alerts", "ack", "1", "--who", "ann").out
    assert "0 alerts" in monitor("alerts", "ack", "1", "--who", "ben").out


def test_a_silence_hides_reports_what_it_hid_and_ends(post, monitor):
    monitor("db", "upgrade")
    asked = (
        "silence",
        "add",
        "stage=vacated",
        "outlet=Elsewhere",
        "--for",
        "7d",
        "--reason",
        "known",
    )
    assert monitor(*asked, "--who", "ann").code == 0
    narrow = (
        "silence",
        "add",
        "exonerees=Ada Quillfeather",
        "--for",
        "7d",
        "--reason",
        "told by phone",
    )
    assert "0 of the 0 hits" in monitor(*narrow, "--dry-run").out
    assert monitor("silence", "expire", "1").out == "silence 1 ended\n"
    assert monitor("silence", "expire", "1").code == 2
    assert monitor(*narrow, "--who", "ann").code == 0
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    assert post.posts() == []
    assert "silence 2 of ann hides it: told by phone" in monitor("explain", post.site.url("/a")).out
    listed = monitor("silence", "list").out
    assert "exonerees=Ada Quillfeather: until" in listed
    assert "by ann: told by phone; hid 1 hit" in listed
    assert "case 1: Judge overturned" in listed
    assert len(monitor("--json", "silence", "list", "--all").lines) == 2

    assert monitor("silence", "expire", "2").code == 0
    for _ in range(2):
        assert monitor("run-once", "--all").code == 0
    (told,) = post.posts()
    assert told["type"] == "silence.ended"
    assert told["data"]["reason"] == (
        "silence 2 of ann is over (told by phone): it hid 1 hit of 1 case"
    )
    [case] = told["data"]["cases"]
    assert (case["id"], case["title"], case["told"]) == (1, CASE, False)
    shown = monitor("alerts", "render", "1", "--form", "text").out
    assert shown.startswith(f"Subject: [silence over] 1 case hidden: {CASE}")
    assert f"case 1: {CASE} (vacated, 1 hit, nobody has been told)" in shown


@pytest.mark.parametrize(
    ("conditions", "remedy"),
    [
        ((), "add a condition such as"),
        (("beat=cleared",), "add a condition such as"),
        (("colour=red",), "case=12"),
        (("state=",), "case=12"),
    ],
)
def test_a_silence_that_hides_everything_or_nothing_known_is_refused(monitor, conditions, remedy):
    monitor("db", "upgrade")
    said = monitor("silence", "add", *conditions, "--for", "7d", "--reason", "r")
    assert said.code == 2
    assert remedy in said.err


def test_a_digest_goes_out_at_its_hour_as_one_message(post, monitor):
    known = yaml.safe_load((post.folder / "monitor.yaml").read_text())
    routes = [
        {"beat": "cleared", "stages": ["vacated"], "to": ["hook"], "digest": "daily 08:30 UTC"}
    ]
    post.configure(alerts={**known["alerts"], "routes": routes})
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    assert post.posts() == []
    (row,) = monitor("--json", "alerts", "list").lines
    assert row["state"] == "pending"
    assert row["due_at"][11:16] == "08:30"


def test_an_alert_waits_for_a_second_source_and_then_goes_out_at_once(post, monitor):
    known = yaml.safe_load((post.folder / "monitor.yaml").read_text())
    wait = {"wait_for": "2 sources or 6h"}
    routes = [{"beat": "cleared", "stages": ["vacated"], "to": ["hook"], **wait}]
    post.configure(alerts={**known["alerts"], "routes": routes})
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    (row,) = monitor("--json", "alerts", "list").lines
    assert (row["state"], post.posts()) == ("pending", [])
    assert "waits for 2 sources until" in monitor("alerts", "route-test", "1").out


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("beat=cleard", "no beat is called 'cleard'; did you mean 'cleared'?"),
        ("stage=exonorated", "no stage is called 'exonorated'; did you mean 'exonerated'?"),
        ("case=99", "there is no case 99; see `monitor cases list`"),
        ("case=Quillfeather", "there is no case Quillfeather; see `monitor cases list`"),
    ],
)
def test_a_silence_of_what_there_is_not_is_refused(monitor, told, condition, problem):
    said = monitor("silence", "add", condition, "--for", "7d", "--reason", "r")
    assert said.code == 2
    assert problem in said.err
    assert monitor("silence", "list", "--all").out == ""
