"""`monitor run-once`: what each flag does, and the object that scripts read."""

import signal

from tests.cli.desk import CASE, SENTENCES, begun, ended
from tests.world import Reply

KEYS = {
    "schema", "started", "finished", "seconds", "feeds", "failed_feeds", "entries", "articles",
    "judged", "hits", "cases", "alerts", "gaps", "exit_code",
}  # fmt: skip


def test_the_summary_has_exactly_the_documented_keys(post, monitor):
    post.story("/a", CASE, SENTENCES)
    post.story("/b")
    said = monitor("run-once", "--json")
    assert said.code == 0, said.err
    told = said.json
    assert set(told) >= KEYS
    assert told["schema"] == 1
    assert set(told["feeds"]) == {
        "total", "due", "polled", "not_modified", "unchanged", "failed",
    }  # fmt: skip
    assert told["feeds"]["polled"] == told["feeds"]["due"] == told["feeds"]["total"] == 1
    assert told["entries"] == {"seen": 2, "new": 2}
    assert set(told["articles"]) == {"read", "headline_only", "blocked", "retrying", "duplicate"}
    assert (told["articles"]["read"], told["judged"], told["hits"]) == (2, 2, 1)
    assert told["cases"] == {"opened": 1, "updated": 0}
    assert told["alerts"] == {"sent": 1, "pending": 0, "dead": 0}
    assert (told["failed_feeds"], told["gaps"], told["exit_code"]) == ([], [], 0)


def test_nothing_is_due_right_after_a_run_unless_all_is_asked_for(post, monitor):
    monitor("run-once")
    assert monitor("run-once", "--json").json["feeds"]["polled"] == 0
    assert monitor("run-once", "--all", "--json").json["feeds"]["polled"] == 1
    assert len(post.site.asked("/feed.xml")) == 2


def test_only_the_named_feed_is_polled(post, monitor):
    post.feeds(post.site.url("/feed.xml"), post.site.serve("/b.xml", post.feed()))
    assert monitor("run-once", "--feed", "b").code == 0
    assert post.site.asked("/feed.xml") == []
    assert len(post.site.asked("/b.xml")) == 1


def test_a_feed_that_no_one_knows_is_named_with_the_one_that_was_meant(post, monitor):
    post.feeds(post.site.url("/feed.xml"))
    row = f"feeds:\n  - {{url: '{post.site.url('/feed.xml')}', name: harbour}}\n"
    (post.folder / "feeds.yaml").write_text(row)
    said = monitor("run-once", "--feed", "harbor")
    assert said.code == 2
    assert said.err == "error: no feed is called 'harbor'; did you mean 'harbour'?\n"
    said = monitor("run-once", "--feed", "x")
    assert said.err == "error: no feed is called 'x'; see `monitor feeds list`\n"


def test_a_paused_feed_is_left_alone_and_the_run_says_so(post, monitor):
    monitor("db", "upgrade")
    monitor("feeds", "pause", "a")
    said = monitor("run-once", "--feed", "a")
    assert said.code == 2
    assert "feed a is paused and was left alone; `monitor feeds resume a` polls it" in said.err
    assert post.site.asked("/feed.xml") == []


def test_a_run_tells_of_one_that_was_killed_before_it(post, monitor):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>"
    post.feeds(post.site.serve("/slow.xml", Reply(raw=head, hang=True)))
    with begun("-c", str(post.folder), "run-once") as first:
        post.site.until("/slow.xml")
        ended(first, signal.SIGKILL)
    said = monitor("run-once", "-v")
    assert "a run never came to its end" in said.err
    assert f"process {first.pid}, since " in said.err
    assert "is taken up again within 5 minutes" in said.err
    assert "never came" not in monitor("run-once", "-v").err


def test_no_time_claims_nothing(post, monitor):
    told = monitor("run-once", "--max-seconds", "0", "--json").json
    assert told["feeds"]["due"] == 1
    assert told["feeds"]["polled"] == 0


def test_no_send_leaves_the_alert_for_the_next_run(post, monitor):
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once", "--no-send", "--json").json["alerts"]["pending"] == 1
    assert post.posts() == []
    assert monitor("run-once", "--json").json["alerts"] == {"sent": 1, "pending": 0, "dead": 0}
    assert len(post.posts()) == 1


def test_learn_tells_nobody_now_or_later(post, monitor):
    post.story("/a", CASE, SENTENCES)
    assert monitor("run-once", "--learn", "--json").json["alerts"]["sent"] == 0
    monitor("run-once", "--all")
    assert post.posts() == []


def test_dry_run_says_what_would_be_polled_and_asks_nobody(post, monitor):
    said = monitor("run-once", "--dry-run")
    assert said.out == f"would poll {post.site.url('/feed.xml')}\n"
    assert post.site.requests == []


def test_options_may_stand_before_or_after_the_command(post, monitor):
    folder = str(post.folder)
    assert monitor("--json", "-c", folder, "run-once", bare=True).json["schema"] == 1
    assert monitor("run-once", "--json", "-c", folder, bare=True).json["schema"] == 1


def test_verbose_logs_each_piece_of_work_and_quiet_says_nothing(post, monitor):
    post.story("/a", CASE, SENTENCES)
    said = monitor("run-once", "-v", "--log-format", "json")
    assert '"event": "polled"' in said.err
    assert '"event": "judged"' in said.err
    assert said.out == ""
    post.feeds(post.site.url("/feed.xml"), post.site.url("/missing.xml"))
    assert '"polled"' not in monitor("run-once", "--fail-on", "never", "-q").err


def test_a_run_in_which_everything_failed_says_that_the_line_is_down(post, monitor):
    post.feeds(*(f"http://127.0.0.{number}:9/feed.xml" for number in range(2, 6)))
    said = monitor("run-once", "--json")
    assert said.code == 6
    assert said.json["outage"] is True
    assert {failed["reason"] for failed in said.json["failed_feeds"]} == {"connect"}
    assert len(said.json["failed_feeds"]) == 4
