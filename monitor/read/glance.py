"""A page → every word that reading it could find, at a tenth of the cost. Pure.

What stands between tags, in attributes called `content`, in the data scripts and in the feed,
with `GAP` where a tag was: reading drops pieces between tags, but makes no words.
"""

import re
from collections.abc import Iterator
from html import unescape

from monitor.errors import NoArticle
from monitor.read import trouble
from monitor.read.extract.source import MAX_TAGS, check_kind, decode, finished, strip
from monitor.records import Fetched, PendingEntry

GAP = "\x1e"
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
ESCAPE = re.compile(r"\\[a-z\\/\"]")
TAG_BEGINS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?")
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
    alive, data = strip(decode(page.body, page.content_type))
    if alive.count("<") > MAX_TAGS or not finished(alive):
        return None
    words, text = _text(alive)
    if words < trouble.FEW or (words < SURE and trouble.name(page, "")):
        return None
    told = (*map(_unescaped, data), *_told(pending))
    return unescape(unescape(GAP.join((text, *(_text(one)[1] for one in told)))))


def _told(pending: PendingEntry) -> tuple[str, ...]:
    return pending.entry.title, pending.entry.summary, pending.entry.content


def _unescaped(script: str) -> str:
    text = UNICODE.sub(lambda found: chr(int(found[1], 16)), script)
    return ESCAPE.sub(" ", text)


def _text(html: str) -> tuple[int, str]:
    """How many words stand in paragraphs, and all text."""
    words, pieces, inside = 0, [], False
    for name, text in _nodes(HIDDEN.sub("", html)):
        if name in {"p", "/p"}:
            inside = name == "p"
        words += len(text.split()) if inside else 0
        pieces.append(text)
    return words, GAP.join(pieces)


def _nodes(html: str) -> Iterator[tuple[str, str]]:
    """Each piece of text with the tag before it; what is no tag after all is text."""
    first, *pieces = html.split("<")
    yield "", first
    for piece in pieces:
        tag, end, text = piece.partition(">")
        if not end or piece[0] not in TAG_BEGINS:
            yield "", f"<{piece}"
            continue
        if "content" in tag or "CONTENT" in tag:
            yield "", tag
        yield tag[:2].strip().lower(), text
