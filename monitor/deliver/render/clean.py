"""Text from anywhere → one line that is safe to show. Pure."""

import re
import unicodedata

# Bidirectional controls can make a line read as something else; half surrogates cannot be sent.
DROPPED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
SPACE = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]+")
LONGEST = 500
ELLIPSIS = "…"
JOINER = "\u200d"


def clean(value: object, limit: int = LONGEST) -> str:
    """Give one line without control characters, at most `limit` characters, cut at a word."""
    text = SPACE.sub(" ", DROPPED.sub("", "" if value is None else str(value))).strip()
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    cut = cut[:space] if space > limit // 2 else _whole(cut, text[limit - 1])
    return cut.rstrip(" ,;:-–—") + ELLIPSIS


def _whole(cut: str, following: str) -> str:
    """Leave no half of an emoji or an accented letter at the end."""
    while cut and (following == JOINER or cut[-1] == JOINER or unicodedata.combining(following)):
        cut, following = cut[:-1], cut[-1]
    return cut


def link(value: object) -> str:
    """Give an http(s) address as it is, or nothing."""
    text = DROPPED.sub("", "" if value is None else str(value)).strip()
    return text if re.fullmatch(r"https?://[^\s<>\"\\]+", text, re.IGNORECASE) else ""
