"""Keeping the database in shape: integrity, backup, and letting go of what is old."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.orm import Session

from monitor.errors import DatabaseError, UsageError
from monitor.tables import ArticleRow, Base, EntryRow, VerdictRow


def sizes(session: Session) -> dict[str, int]:
    """How many rows each table holds."""
    tables = Base.metadata.sorted_tables
    return {
        t.name: session.execute(select(func.count()).select_from(t)).scalar_one() for t in tables
    }


def integrity(session: Session) -> list[str]:
    """What the database itself finds wrong; nothing means well."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [row[0] for row in session.execute(text("PRAGMA integrity_check"))]
    broken = [f"{row[0]} points at a missing {row[2]}" for row in _foreign(session)]
    return [problem for problem in found if problem != "ok"] + broken


def _foreign(session: Session) -> list[Any]:
    return list(session.execute(text("PRAGMA foreign_key_check")))


def backup(session: Session, target: Path) -> None:
    """Copy a SQLite database while others use it; raise UsageError for PostgreSQL."""
    if session.get_bind().dialect.name != "sqlite":
        raise UsageError("db backup copies SQLite; for PostgreSQL use pg_dump")
    if target.exists():
        raise UsageError(f"{target} exists; name a new file")
    target.parent.mkdir(parents=True, exist_ok=True)
    source = session.connection().connection.driver_connection
    try:
        with sqlite3.connect(target) as copy:
            assert isinstance(source, sqlite3.Connection)  # noqa: S101  narrows the driver's type
            source.backup(copy)
        copy.close()
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise DatabaseError(f"backup to {target}: {error}") from error


def prune(
    session: Session, *, articles_before: datetime, entries_before: datetime, dry_run: bool
) -> dict[str, int]:
    """Drop texts of old articles that are no hit, and old entries; a pruned story stays known.

    The row of an article stays with its address, so that it never comes back as new.
    """
    hits = select(VerdictRow.article_id).where(VerdictRow.hit)
    texts = (
        ArticleRow.first_seen_at < articles_before,
        ArticleRow.id.not_in(hits),
        ArticleRow.due_at.is_(None),
        ArticleRow.text != "",
    )
    old = (
        EntryRow.first_seen_at < entries_before,
        EntryRow.due_at.is_(None),
        or_(EntryRow.summary != "", EntryRow.content != ""),
    )
    counted = {
        "articles": session.execute(select(func.count()).where(*texts)).scalar_one(),
        "entries": session.execute(select(func.count()).where(*old)).scalar_one(),
    }
    if not dry_run:
        session.execute(update(ArticleRow).where(*texts).values(text=""))
        session.execute(update(EntryRow).where(*old).values(summary="", content=""))
    return counted
