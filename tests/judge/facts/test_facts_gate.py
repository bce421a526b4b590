"""The pinned floor: how often a fact is right, and how often it is found, on written stories."""

import json
from pathlib import Path

import pytest

from tests.judge.facts.measure import Tally, gazetteers, measure

HERE = Path(__file__).parent
FILES = (HERE / "own_stories.jsonl", HERE.parent / "stories" / "wide_dev.jsonl")
FLOORS = {
    "exonerees": (0.97, 0.95),
    "people_count": (0.97, 0.95),
    "state": (0.97, 0.95),
    "county": (0.97, 0.95),
    "country": (0.97, 0.95),
    "court": (0.94, 0.90),
    "crime": (0.97, 0.85),
    "year_convicted": (0.97, 0.82),
    "sentence": (0.93, 0.90),
    "years_lost_stated": (0.97, 0.82),
    "exonerated_on": (0.97, 0.92),
    "mode": (0.95, 0.93),
    "prosecutor_unit": (0.97, 0.95),
    "innocence_organisations": (0.97, 0.95),
    "factors": (0.96, 0.80),
    "dna": (0.97, 0.85),
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
