"""Hubs that push what a feed says (WebSub), and what they have pushed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base, Due


class HubRow(Due, Base):
    """A subscription to one feed at the hub it names; `due_at`: when it is asked for again."""

    __tablename__ = "hubs"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), unique=True)
    url: Mapped[str]
    topic: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)  # names us in the hub's calls
    secret: Mapped[str]  # signs what it pushes
    state: Mapped[str] = mapped_column(default="new")  # new, asked, verified, refused, ending
    until: Mapped[datetime | None]  # the end of the lease
    missed: Mapped[bool] = mapped_column(default=False)  # a poll found what it had not pushed


class PushRow(Due, Base):
    """A document that a hub has pushed, its signature checked, waiting to be read."""

    __tablename__ = "pushes"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    content_type: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
