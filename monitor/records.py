"""The words of the pipeline, in the order an article passes through them.

Every record is frozen and holds plain values only, so it can be compared,
logged, pickled to a worker process and built by hand in a test. Times are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Literal


class Fate(StrEnum):
    """Where an entry stands. Every entry has exactly one at any time."""

    WAITING = "waiting"
    RETRYING = "retrying"
    BLOCKED = "blocked"
    GONE = "gone"
    HEADLINE_ONLY = "headline_only"
    DUPLICATE = "duplicate"
    JUDGED_NO = "judged_no"
    HIT = "hit"
    ALERTED = "alerted"
    MUTED = "muted"
    UNDELIVERABLE = "undeliverable"


class Stage(StrEnum):
    """How far the law has come, as far as one article says."""

    CLAIM = "claim"
    HEARING = "hearing"
    VACATED = "vacated"
    RETRIAL_ORDERED = "retrial_ordered"
    EXONERATED = "exonerated"
    COMPENSATION = "compensation"
    REVERSED = "reversed"
    UNKNOWN = "unknown"


class Label(StrEnum):
    """What a person decided about a hit."""

    CONFIRMED = "confirmed"
    RELATED = "related"
    REJECTED = "rejected"


class AlertKind(StrEnum):
    """Why people hear of a case."""

    OPENED = "opened"
    UPDATED = "updated"
    CORRECTED = "corrected"
    CANARY = "canary"
    HEALTH = "health"


ReadAs = Literal["page", "json_ld", "feed", "headline"]
Zone = Literal["title", "body", "outlet", "url"]
Basis = Literal["stated", "inferred", "unknown"]


# ------------------------------------------------------------------ collect


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed whose turn has come, as claimed from the database.

    `answered` is the address the validators came from.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered, feed document or article page alike.

    `url` is the address that answered, after redirects; `body` is decoded from any
    Content-Encoding and bounded; `headers` have lower-case names.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()

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

    `guid_trusted` is false where guids name clusters or repeat (feeds.md rule 3).
    """

    title: str = ""
    kind: str = "rss"
    entries: tuple[Entry, ...] = ()
    ttl: timedelta | None = None
    guid_trusted: bool = True
    more: tuple[str, ...] = ()


# --------------------------------------------------------------------- read


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
    facts points into it (zone `body`) or into `title`.
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


# -------------------------------------------------------------------- judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A piece of text that made a signal fire: `text == zone_text[start:end]`."""

    text: str
    zone: Zone
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One signal that fired, what it added to the score, and the words that did it."""

    id: str
    weight: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A known entity named in the text; `source` says which gazetteer knows it."""

    type: str
    name: str
    canonical: str
    source: str
    start: int = 0
    end: int = 0
    zone: Zone = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One field of a case card: a value and the sentence that supports it, or unknown."""

    value: str | int | float | tuple[str, ...] | None = None
    basis: Basis = "unknown"
    sentence: str = ""
    zone: Zone = "body"
    start: int = 0
    end: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A signal that did not fire, and what came closest to it."""

    id: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One beat's judgement of one article. `sentence` is the one that proves it."""

    beat: str
    version: str
    score: float
    threshold: float
    stage: Stage = Stage.UNKNOWN
    stage_sentence: str = ""
    sentence: str = ""
    signals: tuple[Evidence, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    near_misses: tuple[NearMiss, ...] = ()

    @property
    def hit(self) -> bool:
        """The score reached the threshold."""
        return self.score >= self.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingArticle:
    """An article waiting to be judged, as claimed from the database."""

    id: int
    article: Article
    first_seen_at: datetime
    attempts: int = 0
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The event that one or more hits report, with what grouping needs to know of it."""

    id: int
    beat: str
    title: str
    stage: Stage
    facts: Mapping[str, Fact]
    opened_at: datetime
    last_seen_at: datetime
    texts: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The case a hit belongs to (None: a new one), how sure, and why."""

    case_id: int | None
    why: str
    copy: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision that people should hear of a case, and why. `key` makes it unique."""

    key: str
    kind: AlertKind
    beat: str
    reason: str
    channels: tuple[str, ...]


# ------------------------------------------------------------------ deliver


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one recipient of one channel, as claimed from the outbox.

    `key` is stable across retries and restarts, `thread` per case and recipient; `data` is
    the snapshot the decision stored: {"case": {...}, "hit": {...}, "reason": ..., "instance": ...}.
    """

    id: int
    key: str
    kind: AlertKind
    channel: str
    recipient: str
    thread: str
    first_in_thread: bool
    created_at: datetime
    deadline: datetime
    data: Mapping[str, object]
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert put into words: subject, plain text, HTML, and the webhook body."""

    subject: str
    text: str
    html: str
    payload: Mapping[str, object]
