"""Feeds, entries, articles: what collect and read keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from monitor.tables.base import Base, Due


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
    full_at: Mapped[datetime | None]  # when it last sent a document, and no 304
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see collect.moves
    links: Mapped[str] = mapped_column(default="", server_default="")  # selects those of a page


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


class RevisionRow(Base):
    """What an entry said before its feed changed its words."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    changed: Mapped[str]  # title, text
    title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    content: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


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
    rights: Mapped[dict[str, Any]] = mapped_column(default=dict)  # see manners.rights
    etag: Mapped[str | None]  # as served with the page, to be asked with again
    last_modified: Mapped[str | None]
    quiet: Mapped[bool] = mapped_column(default=False)  # known when the feed was added: tell nobody
    hush: Mapped[bool] = mapped_column(default=False)  # tell nobody of the next judgement only
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    judged_at: Mapped[datetime | None]


class PageRow(Base):
    """The page of a hit as it was served, compressed, with the hash of its bytes."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("article_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    url: Mapped[str]
    content_type: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)  # zlib
    at: Mapped[datetime]


class HostRow(Base):
    """What a host asks of its visitors: its robots.txt, and to be left alone for a while."""

    __tablename__ = "hosts"

    origin: Mapped[str] = mapped_column(primary_key=True)  # scheme://host:port
    robots: Mapped[str | None]  # None: it could not be had, and nothing may be asked for
    robots_until: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
