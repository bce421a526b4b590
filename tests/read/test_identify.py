import pytest

from monitor.addresses import canonical
from monitor.read.identify import believable, canonical_url

HERE = "https://www.post.example/news/2026/judge-clears-man"

BROKEN = ("", "not an address", "mailto:x@y.example", "http://[::1", "http://a:b:c/")


@pytest.mark.parametrize("url", BROKEN)
def test_what_is_no_address_claims_nothing(url: str) -> None:
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
