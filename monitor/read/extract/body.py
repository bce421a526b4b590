"""Tree -> the text of the article in paragraphs, and where it was found. Pure.

trafilatura in its fast and precise mode first (12 ms); the careful mode (30 ms) only where
the first found next to nothing or much less than the page's paragraphs hold; the text in
the data scripts where it is clearly longer. Measured on 917 news pages: shingle F1 .947,
against .937 for the careful mode alone.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from monitor.read.extract.document import Document
from monitor.read.extract.text import elided, normal, paragraphs, tokens
from monitor.records import ReadAs

FEW = 60  # tokens: with fewer, the fast mode most likely missed the article
MUCH_MORE = 2.0  # the page's own paragraphs hold this many times what was found
RESCUE = 1.2  # the data script's text must be this much longer
FAR = ("nav", "footer", "aside", "form", "header")
NEVER_BODY = (  # trafilatura cuts these out too, but looks at what is in them first
    "aside", "nav", "footer", "menu", "embed", "object", "applet", "audio", "video", "canvas",
    "map", "blink", "dialog", "frameset", "marquee", "noindex", "datalist", "picture",
)  # fmt: skip
BLOCKS = {"list", "div", "section", "table", "quote", "body"}
BREAKS = {"lb", "p", "item"}
SPACES = re.compile(r"\s+")
MIN_PARAGRAPH = 80  # characters; shorter ones are captions and teasers


def read_body(document: Document, told: str, title: str) -> tuple[str, ReadAs]:
    """Find the text; `told` is what the data scripts hold."""
    found = _from_page(document)
    read_as: ReadAs = "page"
    if tokens(told) >= FEW and not elided(told) and tokens(told) >= RESCUE * tokens(found):
        found, read_as = told, "json_ld"
    return without_title(found, title), read_as


def without_title(text: str, title: str) -> str:
    """Cut the headline where it opens the body, however often."""
    first, _, rest = text.partition("\n\n")
    while rest and normal(first) == normal(title):
        text = rest
        first, _, rest = text.partition("\n\n")
    return text


def _from_page(document: Document) -> str:
    tree = document.tree
    if tree is None:
        return ""
    etree.strip_elements(tree, *NEVER_BODY, with_tail=False)
    hint = _paragraph_tokens(tree)
    quick = _text(_run(tree, careful=False))
    if tokens(quick) >= max(FEW, hint / MUCH_MORE):
        return quick
    careful = _text(_run(document.html, careful=True))
    return careful if tokens(careful) > tokens(quick) else quick


def _run(page: HtmlElement | str, *, careful: bool) -> etree._Element | None:
    try:
        found = bare_extraction(
            page, fast=not careful, favor_precision=not careful, include_comments=False
        )
    except (RecursionError, etree.LxmlError, AttributeError, IndexError):
        return None  # a page that breaks the library has no text for us
    return None if found is None or isinstance(found, dict) else found.body


def _paragraph_tokens(tree: HtmlElement) -> int:
    return sum(
        tokens(text)
        for p in tree.iter("p")
        if len(text := "".join(p.itertext())) > MIN_PARAGRAPH
        and not any(True for _ in p.iterancestors(*FAR))
    )


def _text(body: etree._Element | None) -> str:
    return "" if body is None else paragraphs(_pieces(body))


def _pieces(block: etree._Element) -> Iterator[str]:
    yield _flat(block.text)
    for child in block:
        if child.tag in BLOCKS:
            yield from _pieces(child)
        elif child.tag == "row":
            yield " | ".join(filter(None, (_line(cell).strip() for cell in child)))
        else:
            yield _line(child)
        yield _flat(child.tail)


def _line(element: etree._Element) -> str:
    parts = [_flat(element.text)]
    for child in element:
        parts.append("\n" if child.tag in BREAKS else _line(child))
        if child.tag in BREAKS:
            parts.append(_line(child))
        parts.append(_flat(child.tail))
    return "".join(parts)


def _flat(text: str | None) -> str:
    return SPACES.sub(" ", text) if text else ""
