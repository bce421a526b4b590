"""A page's bytes as served -> UTF-8 without what is never read. Pure, and light to load.

Bytes are searched and cut several times as fast as text.
"""

import codecs
import re
from contextlib import suppress

from monitor.errors import NoArticle
from monitor.records import Fetched

MAX_BYTES = 5 * 2**20  # the longest of 3,014 real pages has 2.9 MB
MAX_TAGS = 40_000  # the most on 434 real pages: 7,639; the time taken grows with the square
HTML_TYPES = re.compile(r"html|xml|^text/|^application/octet-stream|^$")
MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00",
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# What browsers take these names to mean (WHATWG Encoding Standard).
SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
ESCAPED = ("iso2022", "utf-7", "hz")  # these look like ASCII, and so like UTF-8
DEAD = re.compile(rb"<!--|<(script|style|svg|template|iframe|noscript)(?=[\s>/])")
LD_JSON = re.compile(rb"ld\+json")


def check_kind(page: Fetched) -> None:
    """Raise NoArticle where a page is none by its type, its first bytes or its length."""
    if not page.body.strip():
        raise NoArticle(f"{page.url}: the page is empty", reason="empty")
    kind = page.content_type.partition(";")[0].strip().lower()
    if not HTML_TYPES.search(kind) or page.body.startswith(MAGIC):
        what = f"binary data that says {kind}" if HTML_TYPES.search(kind) else kind
        raise NoArticle(f"{page.url}: not a page but {what}", reason="not_html")
    if len(page.body) > MAX_BYTES:
        problem = f"longer than {MAX_BYTES // 2**20} MB"
        raise NoArticle(f"{page.url}: the page is {problem}", reason="too_large")


def as_utf8(body: bytes, content_type: str = "") -> bytes:
    """Bytes -> the same text in UTF-8, as a browser would read them: UTF-8 before any label."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return _encoded(body[len(bom) :].decode(encoding, "replace"))
    head = body[:4096].decode("ascii", "replace")
    labels = [m[1] for m in (CHARSET.search(content_type), CHARSET.search(head)) if m]
    known = [name for label in labels if (name := _codec(label))]
    if not known or not known[0].startswith(ESCAPED):
        with suppress(UnicodeDecodeError):
            return body[: _sound(body)].replace(b"\x00", b"")
    return _encoded(_as_labelled(body, known).replace("\x00", ""))


def strip(body: bytes) -> tuple[bytes, list[bytes]]:
    """Cut out comments, scripts and drawings; return the rest and the data scripts."""
    kept: list[bytes] = []
    data: list[bytes] = []
    at = 0
    lower = body.lower()  # of bytes, this touches nothing but a to z
    while match := DEAD.search(lower, at):
        kept.append(body[at : match.start()])
        close = b"-->" if match[1] is None else b"</" + match[1]
        end = lower.find(close, match.end())
        if end < 0:  # never closed: the parser decides what that means
            return b"".join((*kept, body[match.start() :])), data
        if match[1] and LD_JSON.search(lower, match.end(), match.end() + 200):
            data.append(body[body.find(b">", match.end()) + 1 : end])
        at = body.find(b">", end) + 1 or len(body)
    return b"".join((*kept, body[at:])), data


def finished(body: bytes) -> bool:
    """The page comes to its end."""
    ending = body[-8192:].lower()
    return b"</html" in ending or b"</body" in ending


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):  # unknown, or not a text encoding
        return None
    return SUPERSETS.get(name, name)


def _sound(body: bytes) -> int:
    """How many bytes are UTF-8, or raise UnicodeDecodeError."""
    # A size cap may have cut the last character in two: that is no sign of another encoding.
    return len(body) if body.isascii() else codecs.utf_8_decode(body, "strict", False)[1]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _as_labelled(body: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        if encoding != "utf-8":
            return body.decode(encoding, "replace")
    guess = body.decode("utf-8", "replace")
    # Bytes that are UTF-8 nowhere are another encoding, however few they are.
    few = guess.count("\ufffd") * 200 < len(guess) and not guess.replace("\ufffd", "").isascii()
    return guess if encodings and few else body.decode("cp1252", "replace")
