from datetime import timedelta

import pytest

from monitor.errors import FetchFailed, FetchRefused, NoArticle, WorkerLost
from monitor.read import trouble
from monitor.records import Article, Fate, Fetched
from tests.read.pages import PARAGRAPHS, TITLE

ASKED = "https://post.example/2026/judge-clears-man"


def fetched(body: str = "", url: str = ASKED, **headers: str) -> Fetched:
    moved = (ASKED,) if url != ASKED else ()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fetched(url=url, status=200, body=body.encode(), headers=sent, redirects=moved)


@pytest.mark.parametrize(
    ("body", "wall"),
    [
        (
            "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'>",
            "challenge",
        ),
        ("<p>Please verify you are a human to go on.</p>", "challenge"),
        ("<h1>Before you continue</h1><p>We use cookies.</p>", "consent"),
        ("<h1>404</h1><p>Nothing here.</p>", "soft_404"),
        ("<h1>Sorry</h1><p>The page you requested cannot be found.</p>", "soft_404"),
        ("<p>Subscribe to continue reading. Already a subscriber?</p>", "paywall"),
        ("<p>A ferry was late.</p>", None),
    ],
)
def test_the_words_of_a_page_name_the_wall(body: str, wall: str | None) -> None:
    assert trouble.name(fetched(body), "") == wall


@pytest.mark.parametrize(
    ("url", "wall"),
    [
        ("https://post.example/login?next=/2026/judge-clears-man", "login"),
        ("https://consent.post.example/?continue=x", "consent"),
        ("https://post.example/", "soft_404"),
        ("https://post.example/2026/judge-clears-man-2", None),
    ],
)
def test_the_place_one_is_sent_to_names_the_wall(url: str, wall: str | None) -> None:
    assert trouble.name(fetched("<p>Hello.</p>", url), "") == wall


def test_a_header_names_the_wall() -> None:
    assert trouble.name(fetched("<p>Hello.</p>", cf_mitigated="challenge"), "") == "challenge"


def test_a_long_story_about_walls_is_a_story() -> None:
    told = "The judge asked whether the page not found was the page we value. " * 20
    article = Article(url=ASKED, canonical_url=ASKED, title="We value your privacy", text=told)
    trouble.check(fetched(told), article)


def test_a_short_story_is_a_story() -> None:
    text = "\n\n".join(PARAGRAPHS[:2])
    article = Article(url=ASKED, canonical_url=ASKED, title=TITLE, text=text)
    trouble.check(fetched(f"<h1>{TITLE}</h1><p>{text}</p>"), article)


def test_an_empty_page_is_explained_by_its_wall() -> None:
    error = NoArticle("no text", reason="empty")
    found = trouble.explain(fetched("<p>Are you a robot?</p>"), error)
    assert found.reason == "challenge"
    assert "post.example" in str(found)
    assert trouble.explain(fetched("<p>A ferry.</p>"), error) is error


def test_the_ladder_is_climbed_to_its_end() -> None:
    error = FetchFailed("down", reason="timeout")
    waits = [trouble.decide(error, n, told=True).wait for n in range(1, 9)]
    assert waits == [*trouble.LADDER, None, None]
    assert trouble.LADDER[0] == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("reason", "meanwhile", "in_the_end"),
    [
        ("timeout", Fate.RETRYING, Fate.HEADLINE_ONLY),
        ("http_503", Fate.RETRYING, Fate.HEADLINE_ONLY),
        ("http_403", Fate.BLOCKED, Fate.BLOCKED),
        ("paywall", Fate.BLOCKED, Fate.BLOCKED),
        ("http_404", Fate.RETRYING, Fate.GONE),
        ("soft_404", Fate.RETRYING, Fate.GONE),
        ("empty", Fate.RETRYING, Fate.HEADLINE_ONLY),
    ],
)
def test_every_reason_has_its_fate(reason: str, meanwhile: Fate, in_the_end: Fate) -> None:
    error = FetchFailed("x", reason=reason)
    assert trouble.decide(error, 1, told=True).fate is meanwhile
    assert trouble.decide(error, 99, told=True).fate is in_the_end


def test_nothing_was_read_and_nothing_told_is_blocked() -> None:
    assert trouble.decide(FetchFailed("x", reason="timeout"), 99, told=False).fate is Fate.BLOCKED


def test_a_site_that_asks_for_time_is_given_it() -> None:
    error = FetchFailed("busy", reason="http_429", retry_after=1800)
    assert trouble.decide(error, 1, told=True).wait == timedelta(minutes=30)
    assert trouble.decide(error, 4, told=True).wait == timedelta(hours=6)


def test_what_can_never_be_read_is_not_tried_again() -> None:
    error = FetchRefused("private", reason="forbidden_network")
    assert trouble.decide(error, 1, told=True).wait is None


def test_a_lost_worker_is_tried_again() -> None:
    assert trouble.decide(WorkerLost("died", reason="worker_died"), 1, told=True).wait


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (403, "<title>Just a moment...</title>", "challenge"),
        (503, "<p>Checking your browser</p>", "challenge"),
        (401, "<p>Subscribe to continue reading.</p>", "paywall"),
        (403, "<p>Forbidden.</p>", "http_403"),
        (404, "<title>Just a moment...</title>", "http_404"),
        (403, "<p>Page not found</p>", "http_403"),
    ],
)
def test_a_refusal_is_named_by_the_wall_on_its_page(status: int, body: str, reason: str) -> None:
    error = FetchFailed("refused", reason=f"http_{status}", retry_after=60)
    error.answer = Fetched(url=ASKED, status=status, body=body.encode())
    found = trouble.unmask(error)
    assert (found.reason, found.retry_after) == (reason, 60)


def test_a_failure_without_an_answer_stays_as_it_is() -> None:
    error = FetchFailed("no line", reason="connect")
    assert trouble.unmask(error) is error
