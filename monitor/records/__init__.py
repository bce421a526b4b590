"""The words of the pipeline, in the order an article passes through them.

Every record is frozen and holds plain values only, so it can be compared,
logged, pickled to a worker process and built by hand in a test. Times are aware UTC.
"""

from monitor.records.collect import Entry, Feed, Fetched, ParsedFeed
from monitor.records.deliver import Delivery, Message
from monitor.records.judge import (
    Alert,
    Case,
    Entity,
    Evidence,
    Fact,
    Joined,
    Match,
    NearMiss,
    PendingArticle,
    Telling,
    Verdict,
)
from monitor.records.read import REREAD, Article, Page, PendingEntry, PendingReread, Version
from monitor.records.words import (
    AlertKind,
    Basis,
    Fate,
    Label,
    ReadAs,
    Stage,
    Zone,
    counted,
    fact_name,
)

__all__ = [
    "REREAD",
    "Alert",
    "AlertKind",
    "Article",
    "Basis",
    "Case",
    "Delivery",
    "Entity",
    "Entry",
    "Evidence",
    "Fact",
    "Fate",
    "Feed",
    "Fetched",
    "Joined",
    "Label",
    "Match",
    "Message",
    "NearMiss",
    "Page",
    "ParsedFeed",
    "PendingArticle",
    "PendingEntry",
    "PendingReread",
    "ReadAs",
    "Stage",
    "Telling",
    "Verdict",
    "Version",
    "Zone",
    "counted",
    "fact_name",
]
