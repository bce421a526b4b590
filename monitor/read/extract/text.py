"""Text in pieces -> paragraphs, and how to measure and compare them. Pure."""

import re
import unicodedata
from collections.abc import Iterable

SPACE = re.compile(r"[^\S\n]+")
BREAKS = re.compile(r"\s*\n\s*")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
ELIDED = re.compile(r"(\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\]|&hellip;)\W*$")
WORD = re.compile(r"\w+")
CHARACTERS_PER_TOKEN = 8  # writing without spaces between words still has to count as text


def tidy(text: str) -> str:
    """One line: no control characters, single spaces, composed letters (NFC)."""
    return unicodedata.normalize("NFC", " ".join(CONTROL.sub("", text).split()))


def paragraphs(pieces: Iterable[str]) -> str:
    """Join pieces into paragraphs one blank line apart; a line break starts a new one."""
    lines = (SPACE.sub(" ", line).strip() for piece in pieces for line in piece.split("\n"))
    text = "\n\n".join(line for line in lines if line)
    return unicodedata.normalize("NFC", CONTROL.sub("", text))


def reflow(text: str) -> str:
    """Paragraphs out of text in which any line break ends one."""
    return paragraphs(BREAKS.split(text.strip()))


def tokens(text: str) -> int:
    """About how many words there are, in any script."""
    return max(len(text.split()), len(text) // CHARACTERS_PER_TOKEN)


def elided(text: str) -> bool:
    """The text stops with an ellipsis."""
    return ELIDED.search(text[-20:]) is not None


def normal(text: str) -> str:
    """The words alone, folded, for comparison."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
