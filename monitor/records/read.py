"""An entry on its way to an article, and the article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.records.collect import Entry
from monitor.records.words import ReadAs


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
    use of its words: tdm_reservation, content_usage, content_signal, robots, license.
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

    @property
    def quotable(self) -> bool:
        """Whether its sentences may be shown to others: it did not ask for no snippets."""
        return "nosnippet" not in self.rights.get("robots", ())
