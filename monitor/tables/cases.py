"""Cases, verdicts, labels: what judge and people decide."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base


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


class ClueRow(Base):
    """A key under which the case of a hit is found again: a sampled shingle or a name's stem."""

    __tablename__ = "clues"

    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdicts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, index=True)


class RegroupingRow(Base):
    """A merge or a split that a person decided; the machine never undoes it.

    A merge put `hits` of `other_id` into `case_id`; a split took them out of it into `other_id`.
    """

    __tablename__ = "regroupings"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # merged, split
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    hits: Mapped[list[Any]] = mapped_column(default=list)
    who: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class LabelRow(Base):
    """What a person decided about a hit; the newest one counts."""

    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdicts.id"), index=True)
    label: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
