"""Text that can be stored."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.parse.words import block, line


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_served_can_be_stored(text: str) -> None:
    for made in (line(text), block(text)):
        made.encode()
        assert "\x00" not in made


@given(st.text("ab <>&;/bi\n"))
def test_a_line_is_one_line(text: str) -> None:
    assert line(text) == " ".join(line(text).split())


def test_long_text_is_bounded() -> None:
    assert len(line("x" * 10_000)) == 1_000
    assert len(block("x" * 2_000_000)) == 1_000_000
