"""The judge as a whole: the shipped beat on stories written for the tests, and bad input."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.judge import beat, entities, gazetteer, verdict
from monitor.judge.evaluate import alerts
from monitor.judge.verdict import Beats
from monitor.records import Article, Stage, Verdict
from tests.judge.conftest import SMALL, article, signals

STORIES = Path(__file__).parent / "stories"
FLIPPED = 0.95


def stories(name: str) -> Iterator[tuple[str, Article]]:
    for line in (STORIES / f"{name}.jsonl").read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        when = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
        page = Article(
            url="https://paper.test/a",
            canonical_url="",
            outlet=row.get("outlet", ""),
            title=row["title"],
            text=row["text"],
            published_at=when,
        )
        yield row["label"], page


JUDGED: dict[tuple[str, bool], list[tuple[str, Article, Verdict]]] = {}


def judged(
    beats: Beats, name: str, *, headline: bool = False
) -> list[tuple[str, Article, Verdict]]:
    """Every story of a file with its verdict, worked out once."""
    if (name, headline) not in JUDGED:
        pages = [(label, replace(p, text="") if headline else p) for label, p in stories(name)]
        JUDGED[name, headline] = [(x, page, verdict.judge(page, beats)[0]) for x, page in pages]
    return JUDGED[name, headline]


def share(beats: Beats, name: str, label: str, *, headline: bool = False) -> float:
    """How many of the texts with this label would alert somebody."""
    told = [alerts(v) for found, _, v in judged(beats, name, headline=headline) if found == label]
    return sum(told) / len(told)


@pytest.mark.parametrize(
    ("name", "label", "least", "most"),
    [
        ("wide_dev", "exoneration", 0.95, 1),
        ("wide_more", "exoneration", 0.88, 1),
        ("wide_extra", "exoneration", 0.87, 1),
        ("cases_dev", "exoneration", 0.85, 1),
        ("near_dev", "related", 0, 0.05),
        ("near_dev", "hard_negative", 0, 0.03),
        ("near_dev", "negative", 0, 0),
        ("near_more", "related", 0, 0.06),
        ("near_more", "hard_negative", 0, 0.05),
        ("near_extra", "related", 0, 0.06),
        ("near_extra", "hard_negative", 0, 0.12),
        ("near_extra", "negative", 0, 0),
        ("wide_held", "exoneration", 0.8, 1),
        ("cases_held", "exoneration", 0.6, 1),
        ("near_held", "related", 0, 0.07),
        ("near_held", "hard_negative", 0, 0.08),
        ("near_held", "negative", 0, 0.02),
        ("wide_fresh", "exoneration", 0.82, 1),
        ("near_fresh", "related", 0, 0.16),
        ("near_fresh", "hard_negative", 0, 0.15),
        ("near_fresh", "negative", 0, 0),
        ("wide_fifth", "exoneration", 0.88, 1),
        ("near_fifth", "related", 0, 0.05),
        ("near_fifth", "hard_negative", 0, 0.05),
        ("wide_shut", "exoneration", 0.92, 1),
        ("near_shut", "related", 0, 0.16),
        ("near_shut", "hard_negative", 0, 0.25),
        ("near_shut", "negative", 0, 0),
    ],
)
def test_the_shipped_beat_keeps_its_floor(
    exonerations: Beats, name: str, label: str, least: float, most: float
) -> None:
    assert least <= share(exonerations, name, label) <= most


def test_headlines_alone_keep_their_floor(exonerations: Beats) -> None:
    assert share(exonerations, "wide_dev", "exoneration", headline=True) >= 0.64
    assert share(exonerations, "near_dev", "negative", headline=True) == 0


def blanked(page: Article, found: Verdict) -> Article:
    """The article with the words of every signal that spoke for it blanked out."""
    zones = {"title": list(page.title), "body": list(page.text)}
    for part in found.signals:
        for match in part.matches if part.weight > 0 else ():
            zones[match.zone][match.start : match.end] = " " * (match.end - match.start)
    return replace(page, title="".join(zones["title"]), text="".join(zones["body"]))


def test_taking_the_quoted_evidence_out_flips_the_verdict(exonerations: Beats) -> None:
    found = [row for name in ("wide_dev", "cases_dev") for row in judged(exonerations, name)]
    hits = [(page, one) for _, page, one in found if one.hit]
    flipped = [not verdict.judge(blanked(p, v), exonerations)[0].hit for p, v in hits]
    assert len(hits) > 100
    assert sum(flipped) / len(hits) >= FLIPPED


def test_every_score_is_the_sum_of_what_is_shown(exonerations: Beats) -> None:
    for _, _, found in judged(exonerations, "wide_dev"):
        assert found.score == pytest.approx(sum(signals(found).values()))


def test_a_hit_names_its_sentence_its_stage_and_its_facts(exonerations: Beats) -> None:
    text = (
        "A judge on Monday vacated the murder conviction of Ada Flint, who spent 21 years in "
        "prison, after DNA tests pointed to another man.\n\nProsecutors dismissed all charges."
    )
    found = verdict.judge(article("Judge frees woman after 21 years", text), exonerations)[0]
    assert found.hit
    assert found.stage == Stage.EXONERATED
    assert found.sentence in text
    assert found.stage_sentence == "Prosecutors dismissed all charges."
    assert found.facts


def test_a_text_without_a_word_of_the_gate_costs_nothing_and_scores_nothing(
    exonerations: Beats,
) -> None:
    found = verdict.judge(article("Rain", "It rained on the harbour all day."), exonerations)[0]
    assert (found.score, found.signals, found.hit) == (0, (), False)


def test_strong_events_told_only_far_down_are_enough(exonerations: Beats) -> None:
    opening = "The oven is lit at four, and the queue is out of the door by seven. " * 20
    news = (
        "On Monday a county judge vacated his robbery convictions and dismissed the case at the "
        "request of the Conviction Integrity Unit. He served 14 years for a crime that another "
        "man has since admitted, and prosecutors said that they would not retry him."
    )
    plain = verdict.judge(article("A loaf worth the wait", opening), exonerations)[0]
    found = verdict.judge(article("A loaf worth the wait", f"{opening}\n\n{news}"), exonerations)[0]
    assert (plain.hit, found.hit, found.stage) == (False, True, Stage.EXONERATED)


def test_only_a_hit_is_worth_looking_up_every_name(exonerations: Beats) -> None:
    state = gazetteer.read({"name": "states", "type": "state", "entries": [{"name": "Ohio"}]})
    beats = replace(exonerations, gazetteers=entities.index([state]))
    near = verdict.judge(article("News", "In Ohio a conviction was overturned."), beats)[0]
    text = "An Ohio judge on Monday vacated the murder conviction of a man after DNA cleared him."
    found = verdict.judge(article("Judge frees man after 20 years in prison", text), beats)[0]
    assert (near.hit, near.entities) == (False, ())
    assert [entity.name for entity in found.entities] == ["Ohio"]


def test_each_beat_judges_with_its_own_lists() -> None:
    other = SMALL.replace("name: clearings", "name: others").replace("[overturned,", "[toppled,")
    beats = verdict.prepare([beat.read(SMALL), beat.read(other)])
    page = article("News", "A judge overturned the conviction.")
    first, second = verdict.judge(page, beats, exact=True)
    assert ("undone" in signals(first), "undone" in signals(second)) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("conviction " * 20_000, id="one word again and again"),
        pytest.param("x" * 100_000, id="one endless word"),
        pytest.param("المحكمة ألغت الإدانة 🎉 " * 500, id="right to left and emoji"),
        pytest.param("conviction overturned\u0000\ufffd\u202e prison", id="odd characters"),
        pytest.param("overturned conviction. " * 5_000, id="thousands of events"),
    ],
)
def test_any_text_has_an_answer(exonerations: Beats, text: str) -> None:
    found = verdict.judge(article("Title", text), exonerations)[0]
    assert found.beat == "exonerations"
