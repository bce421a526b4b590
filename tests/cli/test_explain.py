"""`monitor explain URL`: every fate is told, with its reason, however the address is written."""

import pytest

from tests.cli.desk import CASE, OTHER, SENTENCES
from tests.world import Reply


def test_an_address_no_feed_ever_gave_says_where_to_look(monitor):
    monitor("db", "upgrade")
    said = monitor("explain", "https://nowhere.example.org/x")
    assert said.code == 8
    assert "never seen in any feed" in said.out
    assert "monitor feeds list" in said.out


def test_alerted_names_the_sentence_the_case_and_who_was_told(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    assert monitor("run-once").code == 0
    said = monitor("explain", url)
    assert said.code == 0
    assert said.out.startswith(f"alerted: {CASE}")
    assert "threshold 5 (reached by 2.00), stage vacated" in said.out
    assert "undone: “overturned” · “conviction”" in said.out
    assert "in case 1 because: " in said.out
    assert "told hook (opened) at " in said.out


@pytest.mark.parametrize(
    "written",
    ["{}?utm_source=rss&fbclid=x", "{}/", "{}#comments-3", "{}#top", "  {}"],
    ids=["tracking", "slash", "noise", "fragment", "blank"],
)
def test_an_address_is_found_however_it_is_written(post, monitor, written):
    url = post.story("/a", CASE, SENTENCES)
    monitor("run-once", "--no-send")
    assert monitor("explain", written.format(url)).out.startswith("alerted: ")
    https = url.replace("http:", "https:")
    assert monitor("explain", https).out.startswith("alerted: ")


def test_judged_no_says_what_was_missing_and_by_how_much(post, monitor):
    url = post.story("/b")
    monitor("run-once")
    said = monitor("explain", url)
    assert said.out.startswith("judged_no: ")
    assert "(missed by 5.00)" in said.out


def test_waiting_before_it_was_read(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    monitor("run-once", "--max-seconds", "0")
    assert "never seen" in monitor("explain", url).out
    assert monitor("run-once").code == 0
    assert "alerted" in monitor("explain", url).out


@pytest.mark.parametrize(
    ("status", "fate"), [(503, "retrying"), (403, "blocked"), (404, "retrying"), (410, "retrying")]
)
def test_a_page_that_cannot_be_read_says_why_and_when_it_is_tried_again(
    post, monitor, status, fate
):
    post.site.serve("/a", Reply(status=status))
    url = post.listed("/a")
    monitor("run-once")
    said = monitor("explain", url)
    assert said.out.startswith((f"{fate}: ", "headline_only: "))
    assert str(status) in said.out


def test_a_headline_that_alerted_tells_of_the_page_and_of_the_next_try(post, monitor):
    post.site.serve("/a", Reply(status=403))
    url = post.listed("/a", CASE)
    monitor("run-once")
    said = monitor("explain", url).out
    assert said.startswith(f"alerted: {CASE}")
    assert "\n  page: 1 attempt so far; the next at " in said
    assert (
        "\nread as headline: its page could not be read, so the headline alone was judged\n"
        f"  its page: {url}: the server forbids us to read it (HTTP 403); "
        "ask the outlet to let monitor in, with http.contact set\n"
    ) in said


def test_a_headline_that_alerted_says_so_too_when_it_is_judged_again(post, monitor):
    post.site.serve("/a", Reply(status=403))
    url = post.listed("/a", CASE)
    monitor("run-once")
    assert monitor("rejudge", "--since", "1d").out == "judged 1 article again: 1 hit\n"
    assert f"\n  its page: {url}: the server forbids us" in monitor("explain", url).out
    assert monitor("explain", url, "--json").json["article"]["reason"] == "http_403"


@pytest.mark.parametrize(("title", "fate"), [(CASE, "alerted"), (OTHER, "headline_only")])
def test_a_page_that_is_none_is_told_once_with_what_is_judged_instead(post, monitor, title, fate):
    post.site.serve("/a", Reply(body=b"%PDF-1.7", headers={"content-type": "application/pdf"}))
    url = post.listed("/a", title)
    monitor("run-once")
    said = monitor("explain", url).out
    assert said.startswith(f"{fate}: {title}\n")
    why = f"{url}: not a page but application/pdf; only what its feed says of it is judged\n"
    assert said.count(why) == 1
    assert "\n  no try is left to read its page\n" in said


def test_undeliverable_says_what_the_channel_answered(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    post.site.serve("/hook", Reply(status=400))
    assert monitor("run-once").code == 7
    said = monitor("explain", url)
    assert said.out.startswith("undeliverable: ")
    assert "dead for hook (opened): " in said.out
    assert "400" in said.out


def test_muted_when_it_was_only_learnt(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    monitor("run-once", "--learn")
    assert monitor("explain", url).out.startswith("muted: ")
    assert post.posts() == []


def test_a_second_sighting_is_told_beside_the_first(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    other = post.site.serve("/other.xml", post.feed().replace("/a</guid>", "/z</guid>"))
    post.feeds(post.site.url("/feed.xml"), other)
    monitor("run-once")
    fates = [line.split(":")[0] for line in monitor("explain", url).out.splitlines()]
    assert {"alerted", "duplicate"} <= set(fates)


def test_the_json_form_holds_entries_article_and_verdicts(post, monitor):
    url = post.story("/a", CASE, SENTENCES)
    monitor("run-once")
    found = monitor("explain", url, "--json").json
    assert [entry["fate"] for entry in found["entries"]] == ["alerted"]
    assert found["article"]["read_as"] == "page"
    assert found["verdicts"][0]["hit"] is True
    assert monitor("explain", "https://x.example", "--json").json["entries"] == []
