"""The file of a beat: what it says is read, what is wrong is said with its line."""

import pytest

from monitor.errors import ConfigError
from monitor.judge import beat, linting
from tests.judge.conftest import SHIPPED, SMALL


def mistakes(text: str) -> list[str]:
    with pytest.raises(ConfigError) as found:
        beat.read(text, "b.yaml")
    return [str(mistake) for mistake in found.value.mistakes]


def test_a_beat_is_read_whole() -> None:
    found = beat.read(SMALL, "b.yaml")
    assert (found.name, found.threshold, found.headline_threshold) == ("clearings", 4, 3)
    assert [test.id for test in found.signals] == ["undone", "dropped", "years"]
    assert found.signals[1].weight == {"title": 2, "lead": 2, "body": 2}
    assert found.signals[0].reads == ("negated", "sought", "past")


def test_the_version_changes_with_the_text() -> None:
    changed = SMALL.replace("threshold: 4", "threshold: 5", 1)
    assert beat.read(SMALL).version == beat.read(SMALL).version != beat.read(changed).version


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("weight: 2", "wieght: 2", "did you mean 'weight'?", id="unknown key"),
        pytest.param("proves: vacated", "proves: freed", "no such stage: 'freed'", id="stage"),
        pytest.param("weight: 2", "weight: heavy", "weight is a number", id="weight"),
        pytest.param("anchor: undo", "anchor: undoing", "no list is called 'undoing'", id="anchor"),
        pytest.param("id: dropped", "id: undone", "two signals are called 'undone'", id="twice"),
        pytest.param("threshold: 4", "threshold: high", "threshold is missing", id="threshold"),
        pytest.param("signals:", "signals: [", "is not YAML", id="yaml"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, said: str) -> None:
    found = mistakes(SMALL.replace(old, new, 1))
    assert any(said in mistake for mistake in found), found
    assert all(mistake.startswith("b.yaml:") for mistake in found)


def test_every_mistake_is_reported_at_once() -> None:
    broken = SMALL.replace("weight: 2", "weight: heavy").replace("proves: vacated", "proves: x")
    assert len(mistakes(broken)) == 2


@pytest.mark.parametrize("text", ["", "just words", "[1, 2]", "a: &a [*a]", "\x00"])
def test_what_is_no_beat_is_refused_with_a_reason(text: str) -> None:
    assert mistakes(text)


def test_a_broken_query_is_shown_with_a_caret_in_its_file() -> None:
    broken = SMALL.replace("NEAR/6 (conviction OR convictions)", "NEAR/6 (conviction OR")
    unclosed, missing = linting.lint(broken, "b.yaml").mistakes
    line = SMALL[: SMALL.index("NEAR/6")].count("\n") + 1
    assert [(one.path, one.line) for one in (unclosed, missing)] == [("b.yaml", line)] * 2
    assert "undone: this bracket is not closed" in unclosed.problem
    text, caret = unclosed.excerpt.splitlines()
    assert text[caret.index("^") :].startswith("(@undo NEAR/6")
    assert "a word is missing between OR and the bracket" in missing.problem


def test_a_query_without_a_necessary_word_is_reported_as_slow() -> None:
    slow = SMALL.replace("SENTENCE(charges NEAR/4 dropped)", "NOT rain")
    (found,) = linting.lint(slow, "b.yaml").advice
    assert "every article is tried on it" in found.problem


def test_the_shipped_beat_has_no_mistake() -> None:
    found = linting.lint(SHIPPED.read_text("utf-8"), SHIPPED.name)
    assert (found.mistakes, found.advice) == ((), ())
