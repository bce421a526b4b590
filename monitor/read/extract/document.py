"""Bytes as served -> text, once -> a guarded tree without dead elements. Pure."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from monitor.errors import NoArticle
from monitor.records import Fetched

MAX_BYTES = 5 * 2**20  # the longest of 3,014 real pages has 2.9 MB
MAX_TAG = 64 * 1024  # real ones reach 190 kB; one of 4 MB hangs every parser inside C
MAX_TAGS = 40_000  # the most on 434 real pages: 7,639; the time taken grows with the square
MAX_JSON = 2 * 2**20
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
DEAD = re.compile(r"<!--|<(script|style|svg|template|iframe|noscript)(?=[\s>/])", re.IGNORECASE)
TAG_OPEN = re.compile(r"<[a-zA-Z][\w:-]{0,40}")
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
LD_JSON = re.compile(r"ld\+json", re.IGNORECASE)
DEAD_TAGS = (
    "script",
    "style",
    "svg",
    "template",
    "iframe",
    "noscript",
    "button",
    "input",
    "select",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page, decoded, guarded and parsed; `json_ld` holds what its data scripts say.

    `tree` is None where the page has too many tags or nests deeper than the parser goes
    (`problem` says which): then only what the data scripts say can be trusted.
    """

    html: str
    tree: HtmlElement | None
    json_ld: tuple[object, ...] = field(default_factory=tuple)
    problem: str = ""
    unfinished: bool = False


def open_document(page: Fetched) -> Document:
    """Decode, guard and parse a page; raise NoArticle where it is no page that can be read."""
    _check_kind(page)
    html = decode(page.body, page.content_type)
    alive, data = strip(html)
    ending = html[-8192:].lower()
    alive = shorten(alive)
    many = alive.count("<") > MAX_TAGS
    tree = None if many else _parse(alive, page.url)
    return Document(
        html=alive,
        tree=tree,
        problem="" if tree is not None else "too_many_tags" if many else "too_deep",
        json_ld=tuple(_json(data)),
        unfinished="</html" not in ending and "</body" not in ending,
    )


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
    lower = html.lower()
    if len(lower) != len(html):  # a few letters grow when lowered: offsets would lie
        lower = html
    while match := DEAD.search(html, at):
        kept.append(html[at : match.start()])
        close = "-->" if match[1] is None else f"</{match[1].lower()}"
        end = lower.find(close, match.end())
        if end < 0:  # never closed: the parser decides what that means
            return "".join((*kept, html[match.start() :])), data
        if match[1] and LD_JSON.search(html, match.end(), match.end() + 200):
            data.append(html[html.find(">", match.end()) + 1 : end])
        at = html.find(">", end) + 1 or len(html)
    return "".join((*kept, html[at:])), data


def _check_kind(page: Fetched) -> None:
    if not page.body.strip():
        raise NoArticle(f"{page.url}: the page is empty", reason="empty")
    kind = page.content_type.partition(";")[0].strip().lower()
    if not HTML_TYPES.search(kind) or page.body.startswith(MAGIC):
        raise NoArticle(f"{page.url}: not a page but {kind or 'binary data'}", reason="not_html")
    if len(page.body) > MAX_BYTES:
        problem = f"longer than {MAX_BYTES // 2**20} MB"
        raise NoArticle(f"{page.url}: the page is {problem}", reason="too_large")


def shorten(html: str) -> str:
    """Take the attributes from any start tag over 64 kB: they hold settings, not news."""
    pieces = html.split(">")
    for place, piece in enumerate(pieces):
        tag = TAG_OPEN.search(piece) if len(piece) > MAX_TAG else None
        if tag and len(piece) - tag.start() > MAX_TAG:
            pieces[place] = piece[: tag.end()]
    return ">".join(pieces)


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
    few = guess.count("\ufffd") * 200 < len(guess)
    return guess if encodings and few else body.decode("cp1252", "replace")


def _parse(html: str, url: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(XML_HEAD.sub("", html).encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticle(f"{url}: no HTML could be parsed: {error}", reason="not_html") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    etree.strip_elements(tree, *DEAD_TAGS, with_tail=False)
    return tree


def _json(scripts: list[str]) -> Iterator[object]:
    for script in scripts:
        if len(script) > MAX_JSON:
            continue
        text = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
