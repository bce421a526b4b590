"""What a feed is, what its server answered, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed whose turn has come, as claimed from the database.

    `answered` is the address the validators came from; `probing`: it is asked without them, to
    see if its 304s are true; `moved` is what is known of its new address; `links` selects the
    links of a page that has no feed.
    """

    id: int
    url: str
    name: str = ""
    outlet: str = ""
    tags: tuple[str, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    answered: str = ""
    body_hash: str | None = None
    polled_at: datetime | None = None
    ok_at: datetime | None = None
    failures: int = 0
    attempts: int = 0
    probing: bool = False
    links: str = ""
    moved: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered, feed document or article page alike.

    `url` is the address that answered, after redirects; `body` is decoded from any
    Content-Encoding and bounded; `headers` have lower-case names; `moved_to` is where
    permanent redirects lead from the address that was asked for.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    moved_to: str = ""

    @property
    def unchanged(self) -> bool:
        """The server says that what we have is still current."""
        return self.status == HTTPStatus.NOT_MODIFIED

    @property
    def etag(self) -> str | None:
        """The validator exactly as served."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """The validator exactly as served."""
        return self.headers.get("last-modified")

    @property
    def content_type(self) -> str:
        """Media type and parameters as served, or nothing."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says about one article: one sighting of it.

    `summary` and `content` are HTML as served; `link` is absolute http(s) or empty;
    `canonical_link` is the same address without tracking, for identity only.
    """

    guid: str = ""
    link: str = ""
    canonical_link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed document, understood.

    `guid_trusted` is false where guids name clusters or repeat (feeds.md rule 3); at
    `skip_hours` of the day and on `skip_days` (Monday is 0), GMT, it asks not to be read.
    """

    title: str = ""
    kind: str = "rss"
    entries: tuple[Entry, ...] = ()
    ttl: timedelta | None = None
    guid_trusted: bool = True
    more: tuple[str, ...] = ()
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
