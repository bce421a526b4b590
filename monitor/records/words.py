"""The fixed words: fates, stages, labels, kinds of alerts, places in a text; numbers of them."""

from enum import StrEnum
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


def fact_name(field: str, stage: str) -> str:
    """What people call a fact: nobody who can still be tried again was exonerated on a day."""
    is_open = stage in {Stage.VACATED, Stage.RETRIAL_ORDERED}
    return "ruled_on" if field == "exonerated_on" and is_open else field


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
    SILENCE = "silence"


ReadAs = Literal["page", "json_ld", "feed", "headline"]
Zone = Literal["title", "body", "outlet", "url"]
Basis = Literal["stated", "inferred", "unknown"]


def counted(number: int, one: str, many: str = "") -> str:
    """`1 feed`, `2 feeds`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
