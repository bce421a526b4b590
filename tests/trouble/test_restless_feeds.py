"""Feeds that change what they should keep: guids, dates and order; nobody is told twice."""

from typing import Any

import pytest

from tests.cli.desk import CASE, OTHER, SENTENCES, page
from tests.collect.documents import item, rss


def story(post: Any, number: int, **other: str) -> str:
    """The case as one poll shows it, with another guid each time."""
    post.site.serve("/case", page(CASE, SENTENCES))
    link = post.site.url("/case")
    return rss(item(number, link=link, title=CASE, pubDate="", **other))


def test_guids_that_change_with_every_poll_make_one_entry_and_one_alert(
    post: Any, monitor: Any
) -> None:
    for number in range(3):
        post.site.serve("/feed.xml", story(post, number))
        said = monitor("run-once", "--all", "--json")
        assert said.code == 0, said.err
        assert said.json["entries"]["new"] == (1 if number == 0 else 0)
    assert len(post.posts()) == 1


def test_a_story_without_link_under_changing_guids_alerts_once(post: Any, monitor: Any) -> None:
    text = "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in SENTENCES)
    for number in range(3):
        document = rss(item(number, link="", title=CASE, description=text, pubDate=""))
        post.site.serve("/feed.xml", document)
        assert monitor("run-once", "--all").code == 0
    assert [told["type"] for told in post.posts()] == ["case.opened"]


@pytest.mark.parametrize("when", ["Mon, 01 Jan 2199 00:00:00 GMT", "yesterday", "99/99/9999"])
def test_a_date_that_cannot_be_keeps_no_story_back(post: Any, monitor: Any, when: str) -> None:
    post.site.serve(
        "/feed.xml", story(post, 1).replace("</item>", f"<pubDate>{when}</pubDate></item>")
    )
    monitor("run-once")
    (told,) = post.posts()
    assert told["data"]["hit"]["published"] in (None, told["data"]["hit"]["first_seen"])


def test_a_feed_of_which_nothing_was_known_is_told_as_a_gap(post: Any, monitor: Any) -> None:
    told: dict[str, Any] = {}
    for first in (0, 100):
        items = (
            item(n, title=f"{OTHER} {n}", link="", pubDate="") for n in range(first, first + 5)
        )
        post.site.serve("/feed.xml", rss(*items))
        told = monitor("run-once", "--all", "--json").json
    (gap,) = told["gaps"]
    assert gap["feed"] == "a"
