"""Which addresses are one article's, and which are not."""

import pytest

from monitor.addresses import canonical

STORY = "https://paper.example/2026/story"


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
def test_one_article_has_one_canonical(variant: str) -> None:
    assert canonical(variant) == STORY


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
    assert [canonical(one) for one in others].count(canonical(other)) == 1


def test_parameters_are_sorted_and_the_rest_is_kept() -> None:
    one = canonical("https://paper.example/view?b=2&a=1&utm_id=3")
    assert one == canonical("http://paper.example/view?a=1&b=2")
    assert one == "https://paper.example/view?a=1&b=2"


def test_a_canonical_is_its_own_canonical() -> None:
    for link in (
        STORY,
        "http://www.paper.example/%C3%A9t%C3%A9/?q=a+b&c=%26#frag",
        "https://x.example",
    ):
        assert canonical(canonical(link)) == canonical(link)


@pytest.mark.parametrize(
    "url",
    [
        "http://post.example/news/2026/judge-clears-man",
        "https://m.post.example/news/2026/judge-clears-man/",
        "https://amp.post.example/news/2026/judge-clears-man/amp",
        "https://WWW.Post.Example:443/news/2026/judge-clears-man?utm_source=rss&utm_medium=feed",
        "https://post.example/news/2026/judge-clears-man?fbclid=abc&ref=rss#comments",
        "https://post.example./news/2026/judge-clears-man?at_campaign=KARANGA#xtor=RSS-1",
    ],
)
def test_the_same_article_has_one_address(url: str) -> None:
    assert canonical(url) == "https://post.example/news/2026/judge-clears-man"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/story?id=1", "https://post.example/story?id=2"),
        ("https://post.example/?p=7", "https://post.example/?p=8"),
        ("https://post.example/story_id/1", "https://post.example/story_id/2"),
        ("https://post.example/a#/video/1", "https://post.example/a#/video/2"),
        ("https://post.example/Story", "https://post.example/story"),
        ("https://uk.post.example/a", "https://post.example/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical("https://a.example/x?b=2&a=1") == canonical("https://a.example/x?a=1&b=2")


def test_letters_beyond_ascii_are_written_one_way() -> None:
    assert canonical("https://a.example/café") == canonical("https://a.example/caf%C3%A9")


@pytest.mark.parametrize(
    "url", ["", "not an address", "mailto:x@y.example", "http://[::1", "http://a:b:c/"]
)
def test_what_is_no_address_is_left_alone(url: str) -> None:
    assert canonical(url) == url


@pytest.mark.parametrize(
    "variant",
    [
        "https://paper.example/2026/story#:~:text=was%20cleared",
        "https://paper.example/2026/story#main-content",
        "https://paper.example/2026/story?utm_source=a&amp=1&outputType=amp",
        "https://paper.example/amp/2026/story",
        "https://paper.example/2026/story?srsltid=x&_ga=y&mod=rss",
    ],
)
def test_what_readers_and_machines_add_is_taken_away(variant: str) -> None:
    assert canonical(variant) == STORY
