"""The glance: whatever reading a page can find, the glance has found before."""

import pytest

from monitor.judge.query import read as parted
from monitor.judge.query.sieve import Sieve
from monitor.read.glance import glance
from monitor.records import Fetched
from tests.read.pages import PARAGRAPHS
from tests.read.reading import TEXT, URL, ld, pending, read

FILL = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) * 4
END = "</article></main></body></html>"


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><main><article>{FILL}{inside}{END}"


def look(html: str, **said: object) -> str | None:
    fetched = Fetched(
        url=URL, status=200, body=html.encode(), headers={"content-type": "text/html"}
    )
    return glance(fetched, pending(**said))


def finds(html: str, *words: str, **said: object) -> bool:
    seen = look(html, **said)
    assert seen is not None
    key = words[0] if len(words) == 1 else (words[0], words[1])
    return Sieve([(frozenset([key]),)]).might(seen)


SAID = {
    "plain": "<p>The panel found him blameless after nine long years of asking for it.</p>",
    "inside tags": "<p>He was found bla<b>meless</b> by the panel after nine long years.</p>",
    "a comment in it": "<p>He was found blame<!-- -->less by the panel after nine long years.</p>",
    "as entities": "<p>He was found &#98;lameless by the panel after nine long years of it.</p>",
    "a soft hyphen": "<p>He was found blame\u00adless by the panel after nine long years.</p>",
    "in capitals": "<p>HE WAS FOUND BLAMELESS BY THE PANEL AFTER NINE LONG YEARS OF IT.</p>",
    "less than a tag": "<p>With 3 < 4 and 5 > 2 he was found blameless by the panel at last.</p>",
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_word_is_seen_however_it_is_written(said: str) -> None:
    assert "blameless" in parted("", read(page(said)).text).tokens
    assert finds(page(said), "blameless")
    assert not finds(page(said), "unblemished")


def test_a_word_is_seen_in_the_headline_that_only_the_head_of_the_page_has() -> None:
    head = "<meta property='og:title' content='Harbour pilot found blameless'>"
    assert finds(page("", head), "blameless")


def test_a_word_is_seen_in_the_data_scripts() -> None:
    body = "He was found \u201cblameless\u201d by the caf\u00e9 panel.\nSet free, he left."
    html = page("", ld(articleBody=f"{body} {TEXT}"))
    assert finds(html, "blameless")
    assert finds(html, "caf\u00e9")
    assert finds(html, "set", "free")


def test_a_word_is_seen_in_what_the_feed_said() -> None:
    assert finds(page(""), "blameless", content="<p>Found <i>blame</i>less.</p>")


def test_neighbours_are_seen_across_what_reading_leaves_out() -> None:
    aside = "<aside><p>Sign up for our letter, every morning at six.</p></aside>"
    html = page(f"<p>In the end they were set</p>{aside}<p>free by the panel.</p>")
    assert finds(html, "set", "free")
    assert not finds(page("<p>They set the table with free hands.</p>"), "set", "free")


def test_hyphens_that_fall_away_are_seen_both_ways() -> None:
    html = page("<p>The pilot was re-tried in the autumn, and his co-worker with him.</p>")
    assert finds(html, "retried")
    assert finds(html, "worker") is finds(html, "coworker") is True


@pytest.mark.parametrize("word", sorted(set(parted("", TEXT).tokens))[::7])
def test_every_word_of_an_article_is_seen(word: str) -> None:
    assert finds(page(""), word)


WALLS = {
    "few words": "<html><body><p>Subscribe to go on reading.</p></body></html>",
    "no paragraphs": f"<html><body><div>{TEXT * 5}</div></body></html>",
    "broken off": page("")[: -len(END)],
    "no page": "%PDF-1.7 and so on",
    "asks for consent": f"<html><body><p>{TEXT[:1500]}</p><p>Before you continue</p></body></html>",
}


@pytest.mark.parametrize("html", WALLS.values(), ids=WALLS)
def test_what_may_be_a_wall_is_never_judged_at_a_glance(html: str) -> None:
    assert look(html) is None
