"""Which stage lost a case, and by how much we led."""

from datetime import date
from typing import Any

import pytest

from monitor.desk.audit import STAGES, Known, OurCase, Story, blame, in_time, report
from monitor.desk.registry import Person

ADA = Person(name="Ada Moss", exonerated=date(2026, 3, 2), posted=date(2026, 3, 12))
URL = "https://paper.test/moss"


def case(*, told: bool, opened: date = date(2026, 3, 2)) -> OurCase:
    return OurCase(id=7, opened=opened, told=told)


def story(**more: Any) -> Story:
    return Story(url=URL, fate="judged_no", score=2.5, threshold=5, **more)


@pytest.mark.parametrize(
    ("stage", "known"),
    [
        ("muted", {"cases": (case(told=False),)}),
        ("merged", {"stories": (story(), story(case_id=3))}),
        ("blocked", {"stories": (Story(url=URL, fate="blocked", why="HTTP 403"),)}),
        ("judged no", {"stories": (story(), story(cut=True))}),
        ("truncated", {"stories": (story(cut=True),)}),
        ("truncated", {"stories": (story(read_as="headline"),)}),
        ("gap", {"gaps": ("the feed a may have dropped stories",)}),
        ("no feed", {}),
    ],
)
def test_each_missed_case_is_blamed_on_the_stage_that_lost_it(
    stage: str, known: dict[str, Any]
) -> None:
    found, why = blame(Known(person=ADA, **known))
    assert found == stage
    assert why
    assert stage in STAGES


def test_the_lead_is_counted_in_days_before_the_posting() -> None:
    early = Known(person=ADA, cases=(case(told=True), case(told=True, opened=date(2026, 3, 5))))
    late = Known(person=ADA, cases=(case(told=True, opened=date(2026, 3, 14)),))
    found = report([early, late, Known(person=ADA)], before=2)
    assert [row["lead_days"] for row in found["found"]] == [10, -2]
    assert found["lead_days"] == {"median": 4, "least": -2, "most": 10}
    assert (found["people"], found["before_us"]) == (3, 2)
    assert found["by_stage"]["no feed"] == 1


def test_nobody_found_has_no_lead() -> None:
    assert report([Known(person=ADA)], before=0)["lead_days"] is None


@pytest.mark.parametrize(
    ("person", "ours"),
    [
        ({"exonerated": date(2026, 3, 2)}, True),
        ({"exonerated": date(2019, 3, 2), "posted": date(2026, 4, 1)}, False),
        ({"year": 2026, "posted": date(2026, 4, 1)}, True),
        ({"year": 2026, "posted": date(2026, 1, 1)}, False),
        ({"year": 2025, "posted": date(2026, 4, 1)}, False),
    ],
)
def test_a_case_that_ended_before_we_watched_is_not_blamed(
    *, person: dict[str, Any], ours: bool
) -> None:
    assert in_time(Person(name="x", **person), date(2026, 3, 1)) is ours
