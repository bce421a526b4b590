"""What a score cannot exceed: the shortcut never changes a verdict that matters."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge import verdict
from monitor.judge.query import read
from monitor.judge.reach import NEAR
from monitor.judge.verdict import Beats
from monitor.records import Article
from tests.judge.conftest import article

STORIES = Path(__file__).parent / "stories"
PADDING = " ".join(["The harbour was quiet and the boats came in one by one."] * 3)


def stories(*names: str) -> Iterator[Article]:
    for name in names:
        for line in (STORIES / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield article(row["title"], row["text"])


def agrees(page: Article, beats: Beats) -> bool:
    """Whether the quick verdict is the exact one, wherever that comes near the threshold."""
    quick, exact = verdict.judge(page, beats)[0], verdict.judge(page, beats, exact=True)[0]
    if exact.score < exact.threshold - NEAR:
        return not quick.hit
    return replace(quick, near_misses=()) == replace(exact, near_misses=())


def reach_of(page: Article, beats: Beats) -> Mapping[str, float]:
    """What no score of this article exceeds."""
    document = read(page.title, page.text, page.outlet, page.url)
    return beats.reach.most(beats.matcher.view(document))


def test_stories_are_judged_alike_by_the_shortcut_and_without(exonerations: Beats) -> None:
    pages = [*stories("near_dev", "near_extra"), *list(stories("wide_dev"))[::4]]
    assert [page.title for page in pages if not agrees(page, exonerations)] == []


def test_no_score_exceeds_its_reach(exonerations: Beats) -> None:
    (beat,) = exonerations.beats
    for page in stories("near_extra"):
        most = reach_of(page, exonerations)
        assert verdict.judge(page, exonerations, exact=True)[0].score <= most[beat.name] + 0.001


PHRASES = (
    *("A judge overturned the conviction.", "The conviction was overturned", "charges", "dropped"),
    *("after 20 years in prison", "a film", "a hearing", "\n\n", ". ", "Not quashed:", PADDING),
    *("conviction", "quashed", "Donate now to our newsletter.", "On Monday", "a lawsuit"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), max_size=12), st.sampled_from(PHRASES))
def test_whatever_stands_where_the_shortcut_agrees(
    small: Beats, pieces: list[str], title: str
) -> None:
    assert agrees(article(title.strip(), " ".join(pieces)), small)


@pytest.mark.parametrize("words", [25, 29, 30, 31, 60, 200])
def test_an_event_across_the_end_of_the_lead_is_not_cut_off(small: Beats, words: int) -> None:
    start = " ".join(["quiet"] * words)
    text = f"{start} and on Monday a judge overturned a man's conviction.\n\nThe charges dropped."
    assert agrees(article("News", text), small)


def test_most_ordinary_news_is_not_judged_in_full(exonerations: Beats) -> None:
    text = f"A man was jailed for theft. {PADDING}\n\nHe had been seen with a bicycle. {PADDING}"
    page = article("Man jailed for theft", text)
    (beat,) = exonerations.beats
    most = reach_of(page, exonerations)
    assert most[beat.name] < beat.threshold - NEAR
    assert verdict.judge(page, exonerations)[0].signals == ()
    assert verdict.judge(page, exonerations, exact=True)[0].signals != ()
