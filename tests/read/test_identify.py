import pytest

from monitor.read.identify import believable, canonical, canonical_url

HERE = "https://www.post.example/news/2026/judge-clears-man"


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


BROKEN = ("", "not an address", "mailto:x@y.example", "http://[::1", "http://a:b:c/")


@pytest.mark.parametrize("url", BROKEN)
def test_what_is_no_address_is_left_alone(url: str) -> None:
    assert isinstance(canonical(url), str)
    assert not believable(url, HERE)


@pytest.mark.parametrize(
    "claim",
    [
        "https://post.example/news/2026/judge-clears-man",
        "https://www.post.example/a/other-address-of-the-story",
        "https://news.post.example/2026/judge-clears-man",
    ],
)
def test_a_claim_of_the_same_site_is_believed(claim: str) -> None:
    assert canonical_url(claim, HERE) == canonical(claim)


@pytest.mark.parametrize(
    "claim",
    [
        "",
        "https://post.example/",
        "https://post.example/news",
        "https://post.example/news/2026/",
        "https://other.example/news/2026/judge-clears-man",
        "https://evil.co.uk/x",
    ],
    ids=["none", "home", "section", "month", "another site", "another site still"],
)
def test_a_claim_that_cannot_be_true_is_ignored(claim: str) -> None:
    assert canonical_url(claim, HERE) == canonical(HERE)


def test_two_sites_under_one_public_suffix_are_two() -> None:
    assert not believable("https://one.co.uk/story-of-a-day", "https://two.co.uk/story-of-a-day")


def test_a_later_page_of_an_article_is_the_article() -> None:
    whole = "https://post.example/news/2026/judge-clears-man"
    assert canonical_url(whole, whole + "/2") == whole
