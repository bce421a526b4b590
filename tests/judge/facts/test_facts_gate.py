"""The pinned floor: how often a fact is right, and how often it is found, on written stories."""

import json
from pathlib import Path

import pytest

from tests.judge.facts.measure import Tally, gazetteers, measure

HERE = Path(__file__).parent
FILES = (HERE / "own_stories.jsonl", HERE.parent / "stories" / "wide_dev.jsonl")
FLOORS = {
    "exonerees": (0.98, 0.97),
    "people_count": (0.98, 0.96),
    "state": (0.98, 0.97),
    "county": (0.98, 0.97),
    "country": (0.98, 0.97),
    "court": (0.97, 0.96),
    "crime": (0.97, 0.88),
    "year_convicted": (0.98, 0.88),
    "sentence": (0.97, 0.96),
    "years_lost_stated": (0.98, 0.87),
    "exonerated_on": (0.98, 0.90),
    "mode": (0.97, 0.96),
    "prosecutor_unit": (0.98, 0.97),
    "innocence_organisations": (0.98, 0.97),
    "factors": (0.86, 0.89),
    "dna": (0.98, 0.90),
}


@pytest.fixture(scope="module")
def tally() -> Tally:
    rows = [json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()]
    assert sum(bool(row.get("facts")) for row in rows) >= 100
    return measure(rows, gazetteers())


@pytest.mark.parametrize("name", FLOORS)
def test_a_field_is_as_right_and_as_complete_as_it_was(name: str, tally: Tally) -> None:
    precision, recall = FLOORS[name]
    errors = "\n".join(error for error in tally.errors if f" {name}:" in error)
    assert tally.precision(name) >= precision, errors
    assert tally.recall(name) >= recall, errors
