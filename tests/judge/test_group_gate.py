"""Grouping keeps the quality it has reached, on stories to develop with and on held ones."""

import pytest

from tests.judge import replay, wire


@pytest.mark.parametrize("judged", [replay.verdict_of, replay.forced], ids=["hits", "all stories"])
@pytest.mark.parametrize("name", ["cases_dev", "cases_held"])
def test_stories_of_one_case_are_together_and_no_others(name, judged):
    grouped = list(replay.replay(replay.stories(name), judged))
    *_, f1 = replay.b_cubed(grouped)

    assert f1 >= 0.97
    assert replay.alerts_per_case(grouped) <= 1.1
    assert replay.mixed(grouped) == {}


@pytest.mark.parametrize("edit", wire.EDITS)
@pytest.mark.parametrize("name", ["cases_dev", "cases_held"])
def test_edited_wire_copies_attach_silently(name, edit):
    assert replay.attached(name, edit, seed=7) >= 0.99
