"""Keeping the database in shape: integrity, backup, and letting go of what is old."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.orm import Session

from monitor.errors import DatabaseError, UsageError
from monitor.tables import ArticleRow, Base, EntryRow, RevisionRow, StateRow, VerdictRow, VersionRow

RULES, FEEDS = "good rules", "feeds"


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
    """Copy a SQLite database to a new file while others use it, whole or not at all.

    Raises UsageError for PostgreSQL and for a target that cannot be, else DatabaseError.
    """
    if session.get_bind().dialect.name != "sqlite":
        raise UsageError("db backup copies SQLite; for PostgreSQL use pg_dump")
    if target.exists():
        raise UsageError(f"{target} exists already and is left alone; name a new file")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: there is no folder {target.parent}; make it, or name another")
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.touch()
        with closing(sqlite3.connect(partial)) as copy:
            _driver(session).backup(copy)  # in one step: a busy writer cannot make it begin again
        partial.rename(target)
    except OSError as error:
        problem = f"{target}: cannot be written: {error.strerror}"
        raise UsageError(f"{problem}; name a place where this user may write") from error
    except sqlite3.Error as error:
        raise DatabaseError(f"backup to {target}: {error}; is there room on its disk?") from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _driver(session: Session) -> sqlite3.Connection:
    found = session.connection().connection.driver_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101  the dialect says so
    return found


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
        pruned = VersionRow.article_id.in_(select(ArticleRow.id).where(*texts))
        session.execute(update(VersionRow).where(pruned).values(text=""))
        session.execute(update(ArticleRow).where(*texts).values(text=""))
        said = RevisionRow.entry_id.in_(
            select(EntryRow.id).where(EntryRow.first_seen_at < entries_before)
        )
        session.execute(update(RevisionRow).where(said).values(summary="", content=""))
        session.execute(update(EntryRow).where(*old).values(summary="", content=""))
    return counted


def good_rules(session: Session) -> str:
    """The fingerprint of the beats that were last found right; nothing where none were yet."""
    row = session.get(StateRow, RULES)
    return str(row.value["fingerprint"]) if row else ""


def keep_print(session: Session, name: str, fingerprint: str, now: datetime) -> None:
    """Remember that these beats are right (RULES), or that these feeds are known (FEEDS)."""
    session.merge(StateRow(key=name, value={"fingerprint": fingerprint}, updated_at=now))
