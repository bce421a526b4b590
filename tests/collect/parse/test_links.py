"""Addresses to fetch, and addresses to compare."""

import pytest

from monitor.collect.parse.links import absolute, canonical_link

BASE = "https://paper.example/feeds/news.xml"
STORY = "https://paper.example/2026/story"


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        (STORY, STORY),
        (f"\n  {STORY}\n ", STORY),
        ("/2026/story", STORY),
        ("../2026/story", STORY),
        ("//paper.example/2026/story", STORY),
        ("https://paper.example/20\n26/story", STORY),
        ("https://paper.example/a b", "https://paper.example/a b"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("mailto:desk@paper.example", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("https://paper.example/" + "x" * 3000, ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_are_kept(link: str | None, meant: str) -> None:
    assert absolute(link, BASE) == meant


@pytest.mark.parametrize(
    "variant",
    [
        "http://paper.example/2026/story",
        "https://www.paper.example/2026/story",
        "https://m.paper.example/2026/story/",
        "https://amp.paper.example/2026/story",
        "https://PAPER.example:443/2026/story",
        "https://paper.example/2026/story/amp/",
        "https://paper.example/2026/story.amp",
        "https://paper.example/2026/story?utm_source=rss&utm_medium=feed",
        "https://paper.example/2026/story?at_medium=RSS&at_campaign=KARANGA",
        "https://paper.example/2026/story?fbclid=a&gclid=b&mc_cid=c&smid=d",
        "https://paper.example/2026/story?ref=rss&source=feedburner",
        "https://paper.example/2026/story#xtor=RSS-3208",
        "https://paper.example/2026/story#comments",
        "https://paper.example/2026/story#commentsContainer",
        "https://www.google.com/url?rct=j&url=https://paper.example/2026/story&ct=ga",
        "https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fpaper.example%2f2026%2fstory",
    ],
)
def test_one_article_has_one_canonical_link(variant: str) -> None:
    assert canonical_link(variant) == STORY


@pytest.mark.parametrize(
    "other",
    [
        "https://paper.example/?p=12",
        "https://paper.example/?p=13",
        "https://paper.example/view?story_id=1",
        "https://paper.example/view?objectid=1&utm_source=x",
        "https://paper.example/news#/video/7",
        "https://paper.example/news#entry-8",
        "https://paper.example/Story",
        "https://paper.example/story",
        "https://paper.example:8080/story",
        "https://other.example/story",
        "https://paper.example/story?source=wire",
    ],
)
def test_what_may_be_another_article_stays_apart(other: str) -> None:
    others = [
        "https://paper.example/?p=12",
        "https://paper.example/?p=13",
        "https://paper.example/view?story_id=1",
        "https://paper.example/view?objectid=1&utm_source=x",
        "https://paper.example/news#/video/7",
        "https://paper.example/news#entry-8",
        "https://paper.example/Story",
        "https://paper.example/story",
        "https://paper.example:8080/story",
        "https://other.example/story",
        "https://paper.example/story?source=wire",
    ]
    assert [canonical_link(one) for one in others].count(canonical_link(other)) == 1


def test_parameters_are_sorted_and_the_rest_is_kept() -> None:
    one = canonical_link("https://paper.example/view?b=2&a=1&utm_id=3")
    assert one == canonical_link("http://paper.example/view?a=1&b=2")
    assert one == "https://paper.example/view?a=1&b=2"


def test_a_canonical_link_is_its_own_canonical_link() -> None:
    for link in (
        STORY,
        "http://www.paper.example/%C3%A9t%C3%A9/?q=a+b&c=%26#frag",
        "https://x.example",
    ):
        assert canonical_link(canonical_link(link)) == canonical_link(link)
