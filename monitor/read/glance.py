"""A page → every word that reading it could find, at a tenth of the cost. Pure.

What stands between tags, in attributes called `content`, in the data scripts and in the feed,
with `GAP` where a tag was: reading drops pieces between tags, but makes no words.
"""

import re
from html import unescape

from monitor.errors import NoArticle
from monitor.read import trouble
from monitor.read.extract.source import MAX_TAGS, as_utf8, check_kind, finished, strip
from monitor.records import Fetched, PendingEntry

GAP = "\x1e"
MARK = GAP.encode()
CONTROL = bytes({*range(32), 127} - {*b"\t\n\v\f\r", *MARK})
HIDDEN = ("\u200b", "\u2060", "\ufeff")
UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
ESCAPE = re.compile(r"\\[a-z\\/\"]")
TAG = re.compile(rb"<[a-zA-Z/!?][^<>]*>")
PARAGRAPH = re.compile(rb"<(/?)[pP](?=[\s>])[^<>]*>")
META = re.compile(rb"<[mM][eE][tT][aA]\b[^<>]*>")  # whose content is read
SURE = 4 * trouble.FEW  # words in paragraphs: a wall never has so many


def glance(page: Fetched, pending: PendingEntry) -> str | None:
    """All that the article could say; None where only reading the page tells what it is.

    That is so where an article is known already, and for all that could be a wall, is broken off,
    or has no paragraphs.
    """
    if pending.read_as is not None:
        return None
    try:
        check_kind(page)
    except NoArticle:
        return None
    alive, data = strip(as_utf8(page.body, page.content_type))
    if alive.count(b"<") > MAX_TAGS or not finished(alive):
        return None
    pieces = PARAGRAPH.split(alive)
    texts = [TAG.sub(MARK, piece) for piece in pieces[::2]]
    words = sum(
        _words(text) for edge, text in zip(pieces[1::2], texts[1:], strict=True) if not edge
    )
    seen = _shown(texts)
    if words < trouble.FEW or (words < SURE and trouble.name(page, seen.replace(GAP, " "))):
        return None
    told = (*map(_unescaped, data), *_told(pending))
    rest = (_shown([TAG.sub(MARK, one.encode("utf-8", "replace"))]) for one in told)
    return unescape(unescape(GAP.join((seen, *rest, _shown(META.findall(alive))))))


def _told(pending: PendingEntry) -> tuple[str, ...]:
    return pending.entry.title, pending.entry.summary, pending.entry.content


def _unescaped(script: bytes) -> str:
    text = script.decode("utf-8", "replace")
    text = UNICODE.sub(lambda found: chr(int(found[1], 16)), text)
    return ESCAPE.sub(" ", text)


def _words(text: bytes) -> int:
    return len(text.replace(MARK, b" ").split())


def _shown(texts: list[bytes]) -> str:
    """Texts in a row, without what does not show."""
    text = MARK.join(texts).translate(None, CONTROL).decode("utf-8", "replace")
    for letter in HIDDEN:
        text = text.replace(letter, "")
    return text
