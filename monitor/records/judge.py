"""Evidence, facts, verdicts, cases, and the decision to tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.records.read import Article, Version
from monitor.records.words import AlertKind, Basis, Stage, Zone


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
    """One field of a case card: a value and the sentence that supports it, or unknown.

    `also` has what other outlets say instead: {"value", "url", "sentence"} of each.
    """

    value: str | int | float | tuple[str, ...] | None = None
    basis: Basis = "unknown"
    sentence: str = ""
    zone: Zone = "body"
    start: int = 0
    end: int = 0
    url: str = ""
    also: tuple[Mapping[str, Any], ...] = ()


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
    versions: tuple[Version, ...] = ()
    judged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One hit of a case as grouping sees it: its words, when it was out, who it says was cleared.

    `count` is how many people it says were cleared, 0 where it does not say.
    """

    text: str
    title: str = ""
    outlet: str = ""
    at: datetime
    people: tuple[str, ...] = ()
    count: int = 0


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
    tellings: tuple[Telling, ...] = ()
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The case a hit belongs to (None: a new one), how sure, and why.

    `like`: the case that it was not put into, though it may be the same.
    """

    case_id: int | None
    why: str
    copy: bool = False
    unsure: bool = False
    like: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision that people should hear of a case, and why. `key` makes it unique.

    `after` holds small news back, so that what follows within the hour goes out with it.
    """

    key: str
    kind: AlertKind
    beat: str
    reason: str
    channels: tuple[str, ...]
    after: datetime | None = None
