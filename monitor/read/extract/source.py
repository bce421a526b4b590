"""A page's bytes as served -> its text without what is never read. Pure, and light to load."""

import codecs
import re

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
DEAD = re.compile(r"<!--|<(script|style|svg|template|iframe|noscript)(?=[\s>/])")
DEAD_ANY_CASE = re.compile(DEAD.pattern, re.IGNORECASE)  # five times as slow
LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)


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


def decode(body: bytes, content_type: str = "") -> str:
    """Bytes -> text as a browser would read them, believing UTF-8 before any label."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    head = body[:4096].decode("ascii", "replace")
    labels = [m[1] for m in (CHARSET.search(content_type), CHARSET.search(head)) if m]
    known = [name for label in labels if (name := _codec(label))]
    if not known or not known[0].startswith(ESCAPED):
        try:
            return _utf8(body)
        except UnicodeDecodeError:
            pass
    return _as_labelled(body, known).replace("\x00", "")


def strip(html: str) -> tuple[str, list[str]]:
    """Cut out comments, scripts and drawings; return the rest and the data scripts."""
    kept: list[str] = []
    data: list[str] = []
    at = 0
    lower, dead = html.lower(), DEAD
    if len(lower) != len(html):  # a few letters grow when lowered: offsets would lie
        lower, dead = html, DEAD_ANY_CASE
    while match := dead.search(lower, at):
        kept.append(html[at : match.start()])
        close = "-->" if match[1] is None else f"</{match[1].lower()}"
        end = lower.find(close, match.end())
        if end < 0:  # never closed: the parser decides what that means
            return "".join((*kept, html[match.start() :])), data
        if match[1] and LD_JSON.search(html, match.end(), match.end() + 200):
            data.append(html[html.find(">", match.end()) + 1 : end])
        at = html.find(">", end) + 1 or len(html)
    return "".join((*kept, html[at:])), data


def finished(html: str) -> bool:
    """The page comes to its end."""
    ending = html[-8192:].lower()
    return "</html" in ending or "</body" in ending


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
        "".encode(name)
    except (LookupError, ValueError):  # unknown, or not a text encoding
        return None
    return SUPERSETS.get(name, name)


def _utf8(body: bytes) -> str:
    # A size cap may have cut the last character in two: that is no sign of another encoding.
    text, _ = codecs.utf_8_decode(body, "strict", False)
    return text.replace("\x00", "")


def _as_labelled(body: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        if encoding != "utf-8":
            return body.decode(encoding, "replace")
    guess = body.decode("utf-8", "replace")
    # Bytes that are UTF-8 nowhere are another encoding, however few they are.
    few = guess.count("\ufffd") * 200 < len(guess) and not guess.replace("\ufffd", "").isascii()
    return guess if encodings and few else body.decode("cp1252", "replace")
