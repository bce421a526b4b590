"""Gaps, incidents, and small things that must survive a restart."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base


class GapRow(Base):
    """A time in which a rolling feed may have dropped entries unseen."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    found: Mapped[int | None]  # entries that the site's news sitemap has of it
    source: Mapped[str] = mapped_column(default="", server_default="")


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
