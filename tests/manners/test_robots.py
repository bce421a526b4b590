"""robots.txt as RFC 9309 means it, and what it says of the use of words."""

from datetime import timedelta

import pytest

from monitor.manners.robots import TOKEN, parse

AT = "https://paper.example"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /private", "/private/a", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a/b\nAllow: /a", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a", True),
        (f"User-agent: *\nDisallow: /\n\nUser-agent: {TOKEN}\nDisallow: /x", "/y", True),
        (f"User-agent: {TOKEN.upper()}\nDisallow: /", "/y", False),
        ("User-agent: OtherBot\nDisallow: /", "/y", True),
        ("User-agent: *\nDisallow:", "/y", True),
        ("<html>no robots here</html>", "/y", True),
        ("", "/y", True),
        (None, "/y", False),
    ],
)
def test_b37_the_longest_match_wins_and_a_tie_allows(
    text: str | None,
    path: str,
    allowed: bool,  # noqa: FBT001
) -> None:
    assert parse(text).allows(AT + path) is allowed


def test_b37_a_rule_at_the_end_of_500_kib_is_heard() -> None:
    text = "User-agent: *\n" + "# filling\n" * 52_000 + "Disallow: /private\n"
    assert len(text) > 500 * 1024
    assert not parse(text).allows(AT + "/private")


def test_b38_the_crawl_delay_is_read() -> None:
    assert parse("User-agent: *\nCrawl-delay: 7").delay == timedelta(seconds=7)
    assert parse("User-agent: *\nDisallow:").delay == timedelta()


def test_the_sitemaps_are_read() -> None:
    text = f"User-agent: *\nDisallow:\nSitemap: {AT}/news.xml\nsitemap: {AT}/b.xml"
    assert parse(text).sitemaps == (f"{AT}/news.xml", f"{AT}/b.xml")


def test_b40_b41_what_it_says_of_the_use_of_words_is_read() -> None:
    text = (
        "User-agent: *\nContent-Signal: search=yes, ai-train=no\nContent-Usage: train-ai=n\n"
        "License: https://paper.example/license.xml\nDisallow:"
    )
    assert parse(text).said == {
        "content-signal": "search=yes, ai-train=no",
        "content-usage": "train-ai=n",
        "license": "https://paper.example/license.xml",
    }
