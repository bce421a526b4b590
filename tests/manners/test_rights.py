"""What a page reserves."""

from typing import Any

import pytest

from monitor.manners import rights
from monitor.records import Article, Fetched


def read(head: str = "", said: dict[str, str] | None = None, **headers: str) -> dict[str, Any]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"<html><head>{head}</head><body><meta name=robots content=noai></body>".encode()
    page = Fetched(url="https://paper.example/a", status=200, body=body, headers=sent)
    return rights.read(page, said or {})


def test_who_says_nothing_reserves_nothing() -> None:
    assert read() == {}


def test_b39_a_reservation_is_found_in_header_or_page_and_the_header_wins() -> None:
    meta = '<meta name="tdm-reservation" content="1"><meta name=tdm-policy content="/p.json">'
    assert read(meta) == {"tdm_reservation": 1, "tdm_policy": "/p.json"}
    assert read(tdm_reservation="1") == {"tdm_reservation": 1}
    assert read(meta, tdm_reservation="0")["tdm_reservation"] == 0


def test_b40_usage_and_signals_are_kept() -> None:
    assert read(content_usage="train-ai=n") == {"content_usage": "train-ai=n"}
    said = {"content-usage": "train-ai=y", "content-signal": "search=yes, ai-train=no"}
    assert read(said=said, content_usage="train-ai=n") == {
        "content_usage": "train-ai=n",
        "content_signal": "search=yes, ai-train=no",
    }


def test_b41_licences_and_words_against_models_are_kept() -> None:
    link = '<link rel="license" type="application/rsl+xml" href="/license.xml">'
    assert read(link) == {"license": "/license.xml"}
    assert read(said={"license": "/rsl.xml"}) == {"license": "/rsl.xml"}
    assert read(x_robots_tag="noai, noimageai") == {"robots": ["noai", "noimageai"]}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("noarchive, nosnippet", ["noarchive", "nosnippet"]),
        ("NoArchive", ["noarchive"]),
        ("max-snippet: 0", ["nosnippet"]),
        ("max-snippet:0, noarchive", ["noarchive", "nosnippet"]),
        ("max-snippet:50", ["max-snippet:50"]),
        ("googlebot: nosnippet, noarchive", None),
        ("newsroom-monitor: nosnippet", ["nosnippet"]),
        ("index, follow", None),
    ],
)
def test_b42_what_limits_quoting_is_read_where_it_concerns_us(
    words: str, meant: list[str] | None
) -> None:
    assert read(x_robots_tag=words).get("robots") == meant


def test_b42_a_page_that_asks_for_no_snippets_is_not_quoted() -> None:
    found = read('<meta name="robots" content="nosnippet">')
    article = Article(url="u", canonical_url="u", rights=found)
    assert not article.quotable
    assert Article(url="u", canonical_url="u").quotable
