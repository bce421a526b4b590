"""An address as a feed gives it → one that can be fetched."""

import re
from urllib.parse import urljoin, urlsplit

from monitor.collect.parse.words import storable

LONGEST = 2_000
PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:/[!-~]*)?")
NOWHERE = re.compile(r"https?:/*", re.IGNORECASE)
BREAKS = re.compile(r"\s*[\r\n\t]\s*")


def absolute(link: object, base: str) -> str:
    """Return the http or https address a link means, or nothing."""
    text = str(link or "").strip()
    if PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return text  # nine in ten: nothing to join or to repair
    text = storable(BREAKS.sub("", text))
    if not text or len(text) > LONGEST or NOWHERE.fullmatch(text):
        return ""
    try:
        full = urljoin(base, text)
        parts = urlsplit(full)
        return full if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
