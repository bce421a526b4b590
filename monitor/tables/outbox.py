"""Alerts, deliveries and every attempt to send."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base, Due


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
    acked_at: Mapped[datetime | None]
    acked_by: Mapped[str] = mapped_column(default="")


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
    hold: Mapped[str] = mapped_column(default="")  # why it was held back: digest sources quiet
    bundle: Mapped[str] = mapped_column(default="")  # key of the delivery it goes out with


class AttemptRow(Base):
    """The delivery log: every attempt to send, and what the other side said."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), index=True)
    at: Mapped[datetime]
    ok: Mapped[bool]
    detail: Mapped[str] = mapped_column(default="")


class SilenceRow(Base):
    """What people asked not to hear of, until when, and why."""

    __tablename__ = "silences"

    id: Mapped[int] = mapped_column(primary_key=True)
    matcher: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class HiddenRow(Base):
    """A hit that a silence kept from people."""

    __tablename__ = "hidden"

    id: Mapped[int] = mapped_column(primary_key=True)
    silence_id: Mapped[int] = mapped_column(ForeignKey("silences.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdicts.id"), index=True)
    stage: Mapped[str]
    at: Mapped[datetime]
