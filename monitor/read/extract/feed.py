"""Entry -> article, where the page itself could not be read. Pure."""

import re

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from monitor.read.extract.text import elided, paragraphs, tidy, tokens
from monitor.records import Article, PendingEntry, ReadAs

FULL = 120  # tokens: a feed text shorter than this is a teaser
MAX_LENGTH = 2**20
DEAD = ("script", "style", "svg", "iframe", "noscript", "template")
BLOCK_TAGS = (
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figure figcaption hr"
    " pre dd dt"
)
BLOCK = frozenset(BLOCK_TAGS.split())
MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")


def read_entry(pending: PendingEntry) -> Article:
    """Make an article of what the feed said: its own text, or headline and teaser."""
    entry = pending.entry
    text = entry_text(pending)
    read_as: ReadAs = "feed" if full(text) else "headline"
    return Article(
        url=entry.link,
        canonical_url="",
        outlet=pending.outlet,
        title=tidy(plain(entry.title)),
        text=text,
        authors=entry.authors,
        published_at=entry.published_at,
        read_as=read_as,
        truncated=read_as == "headline",
    )


def entry_text(pending: PendingEntry) -> str:
    """The longer of what the feed calls content and summary, as paragraphs."""
    texts = (plain(pending.entry.content), plain(pending.entry.summary))
    return max(texts, key=tokens)


def full(text: str) -> bool:
    """The feed carries the story, not a teaser of it."""
    return tokens(text) >= FULL and not elided(text)


def plain(markup: str) -> str:
    """HTML as feeds carry it -> paragraphs."""
    markup = markup[:MAX_LENGTH]
    if not MARKUP.search(markup):
        return paragraphs([markup])
    try:
        tree = fragment_fromstring(markup.replace("\x00", ""), create_parent="div")
    except (etree.LxmlError, ValueError):
        return paragraphs([re.sub(r"<[^<>]*>", " ", markup)])
    etree.strip_elements(tree, *DEAD, with_tail=False)
    return _text(tree)


def _text(tree: HtmlElement) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        inline = element.tag not in BLOCK
        if event == "start":
            pieces.append(("" if inline else "\n") + " ".join((element.text or "").split("\n")))
        else:
            tail = " ".join((element.tail or "").split("\n"))
            pieces.append(("" if inline or event != "end" else "\n") + tail)
    return paragraphs(["".join(pieces)])
