"""After the story: what a page said before, when it is read again, what is watched for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base, Due


class RereadRow(Due, Base):
    """A hit whose page is read again, at some times after it was first seen."""

    __tablename__ = "rereads"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), unique=True)
    missing: Mapped[int] = mapped_column(default=0)  # reads in a row that found no page


class VersionRow(Base):
    """What an article said before its page changed or went."""

    __tablename__ = "versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    kind: Mapped[str]  # edited, gone
    changed: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    judged: Mapped[bool] = mapped_column(default=False)


class WatchRow(Base):
    """The people and places of a confirmed case, watched for what follows, until it expires."""

    __tablename__ = "watches"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    people: Mapped[list[Any]] = mapped_column(default=list)
    places: Mapped[list[Any]] = mapped_column(default=list)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class FollowUpRow(Base):
    """An article that a watch found: what followed, though it is no hit of its beat."""

    __tablename__ = "follow_ups"

    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdicts.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    stage: Mapped[str]
    why: Mapped[str]
    sentence: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
