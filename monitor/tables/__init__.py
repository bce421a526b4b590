"""The schema: what is kept, in the order an article passes through it.

Some tables have a `due_at`. It says when a row next wants attention; NULL means never. The
database is the schedule.
"""

from monitor.tables.after import FollowUpRow, RereadRow, VersionRow, WatchRow
from monitor.tables.base import Base, Due, Json, Utc, Words
from monitor.tables.cases import CaseRow, ClueRow, LabelRow, RegroupingRow, VerdictRow
from monitor.tables.hubs import HubRow, PushRow
from monitor.tables.news import (
    AliasRow,
    ArticleRow,
    EntryRow,
    FeedRow,
    HostRow,
    PageRow,
    RevisionRow,
)
from monitor.tables.outbox import AlertRow, AttemptRow, DeliveryRow, HiddenRow, SilenceRow
from monitor.tables.upkeep import GapRow, IncidentRow, StateRow

__all__ = [
    "AlertRow",
    "AliasRow",
    "ArticleRow",
    "AttemptRow",
    "Base",
    "CaseRow",
    "ClueRow",
    "DeliveryRow",
    "Due",
    "EntryRow",
    "FeedRow",
    "FollowUpRow",
    "GapRow",
    "HiddenRow",
    "HostRow",
    "HubRow",
    "IncidentRow",
    "Json",
    "LabelRow",
    "PageRow",
    "PushRow",
    "RegroupingRow",
    "RereadRow",
    "RevisionRow",
    "SilenceRow",
    "StateRow",
    "Utc",
    "VerdictRow",
    "VersionRow",
    "WatchRow",
    "Words",
]
