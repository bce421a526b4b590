"""A body that XML refuses → one it may accept: the four commonest slips, nothing else.

Blank lines first, bare ampersands, names of characters that only HTML knows, control characters.
What stands in CDATA stays as it is. Linear in time, whatever the body.
"""

import re
from collections.abc import Iterator
from html import escape
from html.entities import html5

REFERENCE = re.compile(
    rb"&(?:#([0-9]{1,9});|#[xX]([0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XML_KNOWS = {b"amp", b"lt", b"gt", b"quot", b"apos"}
OPEN, CLOSE = b"<![CDATA[", b"]]>"
UNKNOWN = b"\xef\xbf\xbd"


def mended(body: bytes) -> bytes | None:
    """Return the mended body, None if it is not UTF-8 and so not ours to mend."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return None
    clean = CONTROL.sub(b" ", body.removeprefix(b"\xef\xbb\xbf").lstrip())
    return b"".join(_pieces(clean))


def _pieces(body: bytes) -> Iterator[bytes]:
    at = 0
    while (start := body.find(OPEN, at)) >= 0 and (end := body.find(CLOSE, start)) >= 0:
        yield REFERENCE.sub(_reference, body[at:start])
        yield body[start : end + len(CLOSE)]
        at = end + len(CLOSE)
    yield REFERENCE.sub(_reference, body[at:])


def _reference(match: re.Match[bytes]) -> bytes:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        if name in XML_KNOWS:
            return match[0]
        meant = html5.get(f"{name.decode()};")
        return escape(meant).encode() if meant else b"&amp;" + match[0][1:]
    if decimal is None and hexadecimal is None:
        return b"&amp;"
    return match[0] if _xml_has(int(decimal or hexadecimal, 10 if decimal else 16)) else UNKNOWN


def _xml_has(number: int) -> bool:
    """Whether XML 1.0 allows a character (its §2.2)."""
    return number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0x10FFFF  # noqa: PLR2004
