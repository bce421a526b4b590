"""Text as feeds serve it → text that can be stored and read."""

import html
import re

LONGEST_LINE = 1_000
LONGEST_TEXT = 1_000_000

# Only names that HTML has: "<blank>" in a headline is a word.
TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|i|"
    r"iframe|img|ins|li|mark|nobr|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|"
    r"sup|svg|table|td|tr|tt|u|ul|wbr)\b[^<>]*/?>",
    re.IGNORECASE,
)
PLAIN = re.compile(r"[^<>&\x00\ud800-\udfff]*")
COMMENT = re.compile(r"<!(?:--[^<>]*--|\[CDATA\[|[^<>]*)>|\]\]>")


def line(value: object) -> str:
    """One line of plain text: unescaped, without tags, spaces collapsed."""
    text = str(value or "")[: 4 * LONGEST_LINE]
    if PLAIN.fullmatch(text):
        return " ".join(text.split())[:LONGEST_LINE]
    for _ in range(2):  # some feeds escape their HTML twice
        text = html.unescape(COMMENT.sub(" ", TAG.sub("", text)))
    return storable(" ".join(TAG.sub("", text).split()))[:LONGEST_LINE]


def block(value: object) -> str:
    """HTML or text as served, bounded, with nothing in it that a database refuses."""
    return storable(str(value or "").strip()[:LONGEST_TEXT])


def storable(text: str) -> str:
    """Drop NUL and repair half surrogates, which JSON can carry and databases cannot."""
    if text.isascii():
        return text.replace("\x00", "")
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
