"""A page → every word that reading it could find, at a tenth of the cost. Pure.

What stands between tags, in attributes called `content`, in the data scripts and in the feed,
with `GAP` where a tag was: reading drops pieces between tags, but makes no words.
"""

import re
from html import unescape
from itertools import pairwise

from monitor.errors import NoArticle
from monitor.read import trouble
from monitor.read.extract.source import MAX_TAGS, check_kind, decode, finished, strip
from monitor.records import Fetched, PendingEntry

GAP = "\x1e"
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\x7f\u200b\u2060\ufeff]")  # all but GAP
UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
ESCAPE = re.compile(r"\\[a-z\\/\"]")
TAG = re.compile(r"(<[a-zA-Z/!?][^<>]*>)")
EDGE = re.compile(r"</?[pP][\s>]")
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
    if words < trouble.FEW or (words < SURE and trouble.name(page, text.replace(GAP, " "))):
        return None
    told = (*map(_unescaped, data), *_told(pending))
    return unescape(unescape(GAP.join((text, *(_text(one)[1] for one in told)))))


def _told(pending: PendingEntry) -> tuple[str, ...]:
    return pending.entry.title, pending.entry.summary, pending.entry.content


def _unescaped(script: str) -> str:
    text = UNICODE.sub(lambda found: chr(int(found[1], 16)), script)
    return ESCAPE.sub(" ", text)


def _text(html: str) -> tuple[int, str]:
    """How many words stand in paragraphs, and all text; what is no tag after all is text."""
    parts = TAG.split(html)
    texts, tags = parts[::2], parts[1::2]
    told = [tag for tag in tags if "content" in tag or "CONTENT" in tag]
    return _words(texts, tags), HIDDEN.sub("", GAP.join((*texts, *told)))


def _words(texts: list[str], tags: list[str]) -> int:
    """Words between a paragraph's tag and the next one, or its end."""
    edges = [place for place, tag in enumerate(tags, 1) if EDGE.match(tag)]
    spans = pairwise((*edges, len(texts)))
    return sum(
        len(text.split())
        for begin, end in spans
        if tags[begin - 1][1] != "/"
        for text in texts[begin:end]
    )
