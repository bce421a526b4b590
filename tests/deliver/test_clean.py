"""What comes from outside becomes text of one line, and no link unless it is one."""

import pytest

from monitor.deliver.render.clean import clean, link


def test_no_emoji_or_accented_letter_is_cut_in_half() -> None:
    judge = "👩🏽\u200d⚖️"
    for limit in range(3, 40):
        cut = clean(judge * 20, limit).removesuffix("…")
        assert not cut.endswith("\u200d")
    assert clean("e\u0301" * 50, 10).removesuffix("…").endswith("\u0301")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\r\nBcc: b", "a Bcc: b"),
        ("  a\u00a0\u2028 b\x00c ", "a b c"),
        ("\u202ecba\u202c\u200f", "cba"),
        ("a\ud800b", "ab"),
        (None, ""),
        (7, "7"),
        ("Joan\u0303o 👩🏽\u200d⚖️", "Joan\u0303o 👩🏽\u200d⚖️"),
    ],
)
def test_text_from_anywhere_becomes_one_harmless_line(raw: object, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    "raw", ["javascript:alert(1)", "https://a b", 'https://a"onclick=', "//x.example", "", None, 5]
)
def test_what_is_no_web_address_is_no_link(raw: object) -> None:
    assert link(raw) == ""
