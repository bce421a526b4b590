"""The schema: what is kept, in the order an article passes through it.

Four tables have a `due_at`: feeds, entries, articles, deliveries. It says when a row next
wants attention; NULL means never. The database is the schedule.
"""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """Aware UTC datetimes on every database, SQLite included."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any aware time into UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back what was stored, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that every database can hold: PostgreSQL takes no NUL, and UTF-8 no lone surrogate."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Leave out what cannot be stored."""
        if value is None or value.isascii():
            return value.replace("\0", "") if value else value
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """Every table of the service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: Utc(),
        dict[str, Any]: Json,
        list[str]: Json,
        list[Any]: Json,
        str: Words(),
    }


class Due:
    """A row that wants attention at `due_at`; attempts are counted when it is claimed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")


class FeedRow(Due, Base):
    """A feed: what it is, what its server last said, and when its turn comes."""

    __tablename__ = "feeds"

    url: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    outlet: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default="active")  # active, paused, gone, removed
    configured: Mapped[bool] = mapped_column(default=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    added_at: Mapped[datetime]
    polled_at: Mapped[datetime | None]
    ok_at: Mapped[datetime | None]
    new_at: Mapped[datetime | None]
    pace: Mapped[dict[str, Any]] = mapped_column(default=dict)


class EntryRow(Due, Base):
    """One sighting of one article by one feed, and its fate."""

    __tablename__ = "entries"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    guid: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="", index=True)
    canonical_link: Mapped[str] = mapped_column(default="", index=True)
    title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[str]] = mapped_column(default=list)
    published_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    learned: Mapped[bool] = mapped_column(default=False)
    revisions: Mapped[int] = mapped_column(default=0)
    fate: Mapped[str] = mapped_column(default="waiting", index=True)


class AliasRow(Base):
    """A name under which a feed knows an entry: its guid, or its canonical link."""

    __tablename__ = "entry_aliases"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)


class ArticleRow(Due, Base):
    """What a page says, once per canonical address."""

    __tablename__ = "articles"

    canonical_url: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str]
    outlet: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[str]] = mapped_column(default=list)
    published_at: Mapped[datetime | None]
    modified_at: Mapped[datetime | None]
    language: Mapped[str | None]
    read_as: Mapped[str] = mapped_column(default="page")
    truncated: Mapped[bool] = mapped_column(default=False)
    paywalled: Mapped[bool] = mapped_column(default=False)
    quiet: Mapped[bool] = mapped_column(default=False)  # known when the feed was added: tell nobody
    hush: Mapped[bool] = mapped_column(default=False)  # tell nobody of the next judgement only
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    judged_at: Mapped[datetime | None]


class CaseRow(Base):
    """The event that one or more hits report."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    beat: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    stage: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))


class VerdictRow(Base):
    """One beat's judgement of one article; a hit where the score reached the threshold."""

    __tablename__ = "verdicts"
    __table_args__ = (UniqueConstraint("article_id", "beat"), Index(None, "hit", "judged_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    beat: Mapped[str]
    version: Mapped[str]
    score: Mapped[float]
    threshold: Mapped[float]
    hit: Mapped[bool]
    stage: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    joined: Mapped[str] = mapped_column(default="")
    is_copy: Mapped[bool] = mapped_column(default=False)
    judged_at: Mapped[datetime]


class LabelRow(Base):
    """What a person decided about a hit; the newest one counts."""

    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdicts.id"), index=True)
    label: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class AlertRow(Base):
    """The decision that people should hear of a case, and why; made once per key."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    beat: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    verdict_id: Mapped[int | None] = mapped_column(ForeignKey("verdicts.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(index=True)


class DeliveryRow(Due, Base):
    """One alert on its way to one recipient of one channel: the outbox."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("alert_id", "channel", "recipient"),)

    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    channel: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="pending", index=True)  # pending sent dead dropped
    created_at: Mapped[datetime]
    deadline: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class AttemptRow(Base):
    """The delivery log: every attempt to send, and what the other side said."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), index=True)
    at: Mapped[datetime]
    ok: Mapped[bool]
    detail: Mapped[str] = mapped_column(default="")


class GapRow(Base):
    """A time in which a rolling feed may have dropped entries unseen."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]


class IncidentRow(Base):
    """Something wrong with the service or a feed, from when to when."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class StateRow(Base):
    """Small things that must survive a restart, by name."""

    __tablename__ = "state"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]
