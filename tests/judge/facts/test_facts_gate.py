"""The pinned floor: how often a fact is right, and how often it is found, on written stories.

`DEVELOPED` were read while the extractors were written; `HELD` and `SHUT` were written before and
only measured: what they lose is what other stories lose.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.records import Article
from tests.judge.facts.conftest import supported
from tests.judge.facts.measure import Tally, extracted, gazetteers, measure

HERE = Path(__file__).parent
STORIES = HERE.parent / "stories"
DEVELOPED = (
    HERE / "own_stories.jsonl",
    HERE / "more_stories.jsonl",
    STORIES / "wide_dev.jsonl",
    STORIES / "wide_extra.jsonl",
)
SHUT = (HERE / "shut_stories.jsonl",)
HELD = (HERE / "held_stories.jsonl",)
FLOORS = {
    "exonerees": (0.98, 0.96),
    "people_count": (0.98, 0.95),
    "state": (0.98, 0.97),
    "county": (0.98, 0.97),
    "country": (0.98, 0.94),
    "court": (0.94, 0.96),
    "crime": (0.96, 0.82),
    "year_convicted": (0.98, 0.93),
    "sentence": (0.96, 0.96),
    "years_lost_stated": (0.98, 0.91),
    "exonerated_on": (0.98, 0.96),
    "mode": (0.98, 0.96),
    "prosecutor_unit": (0.98, 0.97),
    "innocence_organisations": (0.98, 0.97),
    "factors": (0.98, 0.82),
    "dna": (0.98, 0.96),
}
HELD_FLOORS = {
    "exonerees": (0.94, 0.94),
    "people_count": (0.99, 0.99),
    "state": (0.99, 0.99),
    "county": (0.99, 0.88),
    "country": (0.99, 0.99),
    "court": (0.94, 0.99),
    "crime": (0.99, 0.99),
    "year_convicted": (0.89, 0.89),
    "sentence": (0.94, 0.94),
    "years_lost_stated": (0.92, 0.99),
    "exonerated_on": (0.88, 0.99),
    "mode": (0.95, 0.95),
    "prosecutor_unit": (0.99, 0.99),
    "innocence_organisations": (0.87, 0.87),
    "factors": (0.95, 0.74),
    "dna": (0.99, 0.99),
}
"""As measured once, when the extractors were done; a few stories more or less are chance."""
SHUT_FLOORS = {
    "exonerees": (0.79, 0.79),
    "people_count": (0.99, 0.99),
    "country": (0.99, 0.99),
    "court": (0.99, 0.99),
    "crime": (0.92, 0.79),
    "year_convicted": (0.99, 0.78),
    "sentence": (0.92, 0.85),
    "years_lost_stated": (0.77, 0.77),
    "exonerated_on": (0.91, 0.78),
    "mode": (0.85, 0.79),
    "factors": (0.95, 0.79),
    "dna": (0.99, 0.99),
}
"""Fields that at least ten of these fifteen stories have, DNA aside."""


def stories(files: tuple[Path, ...]) -> list[dict[str, object]]:
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def developed() -> Tally:
    rows = stories(DEVELOPED)
    assert sum(bool(row.get("facts")) for row in rows) >= 200
    return measure(rows, gazetteers())


@pytest.mark.parametrize("name", FLOORS)
def test_a_field_is_as_right_and_as_complete_as_it_was(name: str, developed: Tally) -> None:
    enough(name, developed, FLOORS[name])


@pytest.fixture(scope="module")
def held() -> Tally:
    rows = stories(HELD)
    assert len(rows) >= 10
    return measure(rows, gazetteers())


@pytest.mark.parametrize("name", HELD_FLOORS)
def test_a_field_is_as_right_on_stories_that_nobody_tuned_on(name: str, held: Tally) -> None:
    enough(name, held, HELD_FLOORS[name])


@pytest.fixture(scope="module")
def shut() -> Tally:
    return measure(stories(SHUT), gazetteers())


@pytest.mark.parametrize("name", SHUT_FLOORS)
def test_a_field_is_as_right_on_stories_from_many_countries(name: str, shut: Tally) -> None:
    enough(name, shut, SHUT_FLOORS[name])


def test_every_value_stands_in_its_sentence_and_that_in_its_story() -> None:
    known = gazetteers()
    for row in stories((*DEVELOPED, *HELD, *SHUT)):
        article = Article(
            url="https://news.example/",
            canonical_url="https://news.example/",
            outlet=str(row["outlet"]),
            title=str(row["title"]),
            text=str(row["text"]),
            published_at=datetime.fromisoformat(str(row["date"])).replace(tzinfo=UTC),
        )
        for fact in extracted(row, known).values():
            supported(fact, article)


def enough(name: str, tally: Tally, floor: tuple[float, float]) -> None:
    precision, recall = floor
    errors = "\n".join(error for error in tally.errors if f" {name}:" in error)
    assert tally.precision(name) >= precision, errors
    assert tally.recall(name) >= recall, errors
