"""A small beat written for the tests, and the shipped one, compiled once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.judge import beat, verdict
from monitor.judge.verdict import Beats
from monitor.records import Article, Verdict

SHIPPED = Path(__file__).parents[2] / "config" / "beats" / "exonerations.yaml"

SMALL = """
name: clearings
threshold: 4
headline_threshold: 3
lead_words: 30
fresh_weight: 1
lists:
  undo: [overturned, overturn, quashed]
  freed: [freed, released]
signals:
  - id: undone
    says: a conviction is overturned
    query: SENTENCE(@undo NEAR/6 (conviction OR convictions))
    weight: {title: 3, lead: 2, body: 1}
    proves: vacated
    anchor: undo
  - id: dropped
    query: SENTENCE(charges NEAR/4 dropped)
    weight: 2
    proves: exonerated
    needs: [undone, years]
  - id: years
    query: SENTENCE((years OR decades) NEAR/5 prison)
    weight: {title: 1, lead: 1, body: 0.5}
senses:
  - id: fiction
    query: film OR novel
    weight: {title: -5, lead: -2}
stages:
  - stage: compensation
    query: lawsuit OR settlement
    zones: [title]
    over: [vacated, exonerated]
  - stage: hearing
    query: hearing
readings:
  negated: {reach: 4, words: [not, never, "*n't", "refus* to"]}
  sought: {reach: 8, words: ["ask*", "want*", to]}
  past: {reach: 2, words: [had been], after: ["* years ago"]}
fresh: [Monday, today]
boilerplate: ["donat*", "newsletter*"]
"""


def article(title: str = "", text: str = "", year: int = 2024) -> Article:
    """An article as the tests need it."""
    when = datetime(year, 3, 14, tzinfo=UTC)
    return Article(
        url="https://paper.test/a", canonical_url="", title=title, text=text, published_at=when
    )


def signals(found: Verdict) -> dict[str, float]:
    """What counted, by name."""
    return {part.id: part.weight for part in found.signals}


@pytest.fixture(scope="session")
def small() -> Beats:
    """The small beat, compiled."""
    return verdict.prepare([beat.read(SMALL, "clearings.yaml")])


@pytest.fixture(scope="session")
def exonerations() -> Beats:
    """The shipped beat, compiled."""
    return verdict.prepare([beat.read(SHIPPED.read_text("utf-8"), SHIPPED.name)])
