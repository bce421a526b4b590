"""Addresses to fetch."""

import pytest

from monitor.collect.parse.links import absolute

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
