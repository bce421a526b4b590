"""Bytes as served -> a guarded tree without dead elements. Pure."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from monitor.errors import NoArticle
from monitor.read.extract.source import MAX_TAGS, as_utf8, check_kind, finished, strip
from monitor.records import Fetched

MAX_TAG = 64 * 1024  # real ones reach 190 kB; one of 4 MB hangs every parser inside C
MAX_JSON = 2 * 2**20
TAG_OPEN = re.compile(rb"<[a-zA-Z][\w:-]{0,40}")
XML_HEAD = re.compile(rb"^\s*<\?xml[^>]*\?>")
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

    alive: bytes
    tree: HtmlElement | None
    json_ld: tuple[object, ...] = field(default_factory=tuple)
    problem: str = ""
    unfinished: bool = False

    @property
    def html(self) -> str:
        """The page without dead elements, as text."""
        return self.alive.decode("utf-8", "replace")


def open_document(page: Fetched) -> Document:
    """Decode, guard and parse a page; raise NoArticle where it is no page that can be read."""
    check_kind(page)
    body = as_utf8(page.body, page.content_type)
    alive, data = strip(body)
    alive = shorten(alive)
    many = alive.count(b"<") > MAX_TAGS
    tree = None if many else _parse(alive, page.url)
    return Document(
        alive=alive,
        tree=tree,
        problem="" if tree is not None else "too_many_tags" if many else "too_deep",
        json_ld=tuple(_json(data)),
        unfinished=not finished(body),
    )


def shorten(html: bytes) -> bytes:
    """Take the attributes from any start tag over 64 kB: they hold settings, not news."""
    half = MAX_TAG // 2  # a tag so long fills one stretch of half its length
    if all(b">" in html[at : at + half] for at in range(0, len(html), half)):
        return html
    pieces = html.split(b">")
    for place, piece in enumerate(pieces):
        tag = TAG_OPEN.search(piece) if len(piece) > MAX_TAG else None
        if tag and len(piece) - tag.start() > MAX_TAG:
            pieces[place] = piece[: tag.end()]
    return b">".join(pieces)


def _parse(html: bytes, url: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(XML_HEAD.sub(b"", html), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticle(f"{url}: what it sends is not HTML", reason="not_html") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    etree.strip_elements(tree, *DEAD_TAGS, with_tail=False)
    return tree


def _json(scripts: list[bytes]) -> Iterator[object]:
    for script in scripts:
        if len(script) > MAX_JSON:
            continue
        text = script.decode("utf-8", "replace").strip()
        text = text.removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
