"""Which guids and links tell stories apart."""

from monitor.collect.parse import parse_feed
from monitor.records import Fetched
from tests.collect.documents import item, rss
from tests.collect.parse.parsing import parse


def test_a_guid_on_unlike_stories_is_ignored() -> None:
    parsed = parse(rss(item(1, guid="same"), item(2, guid="same"), *map(item, range(3, 50))))
    assert [entry.guid for entry in parsed.entries[:3]] == ["", "", "id-3"]
    assert parsed.guid_trusted


def test_a_feed_of_clashing_guids_is_not_trusted() -> None:
    assert not parse(rss(item(1, guid="same"), item(2, guid="same"), item(3))).guid_trusted


def test_one_story_listed_twice_is_no_clash() -> None:
    parsed = parse(rss(item(1), item(1, title="Other headline")))
    assert [entry.guid for entry in parsed.entries] == ["id-1", "id-1"]
    assert parsed.guid_trusted


def test_a_link_on_unlike_stories_tells_nothing_but_is_kept_for_reading() -> None:
    home = "https://paper.example/"
    parsed = parse(rss(item(1, link=home), item(2, link=home)))
    assert [(entry.link, entry.canonical_link) for entry in parsed.entries] == [(home, "")] * 2


def test_guids_of_an_aggregator_name_clusters() -> None:
    fetched = Fetched(url="https://news.google.com/rss", status=200, body=rss(item(1)).encode())
    assert not parse_feed(fetched).guid_trusted
