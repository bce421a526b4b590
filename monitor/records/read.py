"""An entry on its way to an article, and the article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitor.records.collect import Entry
from monitor.records.words import ReadAs

REREAD = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=14),
)
"""How long after it was first seen the page of a hit is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEntry:
    """An entry waiting to be read, as claimed from the database."""

    id: int
    feed_id: int
    entry: Entry
    outlet: str = ""
    first_seen_at: datetime
    attempts: int = 0
    read_as: ReadAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the page itself says.

    `text` is paragraphs separated by one blank line; every offset in evidence and
    facts points into it (zone `body`) or into `title`. `rights` is what the outlet says of the
    use of its words: tdm_reservation, content_usage, content_signal, robots, license; `etag` and
    `last_modified` came with the page.
    """

    url: str
    canonical_url: str
    outlet: str = ""
    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    read_as: ReadAs = "page"
    truncated: bool = False
    paywalled: bool = False
    rights: Mapping[str, Any] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None

    @property
    def longest_quote(self) -> int | None:
        """How many characters of a sentence may be shown to others; None: as many as it has."""
        said = self.rights.get("robots", ())
        limits = [int(word[12:]) for word in said if word.startswith("max-snippet:")]
        return 0 if "nosnippet" in said else min(limits, default=None)

    @property
    def quotable(self) -> bool:
        """Whether its sentences may be shown to others: it did not ask for no snippets."""
        return self.longest_quote != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was served: `body` is compressed (zlib), `sha256` is of the bytes before."""

    url: str
    content_type: str
    sha256: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingReread:
    """A hit whose page is to be read again, as claimed from the database.

    `entry` is how it was first seen, its link the page's; `missing` counts the reads in a row
    that found no page.
    """

    id: int
    article_id: int
    entry: PendingEntry
    etag: str | None = None
    last_modified: str | None = None
    missing: int = 0
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an article said before its page changed (`edited`) or went (`gone`)."""

    id: int
    kind: str
    title: str
    text: str
    changed: str
