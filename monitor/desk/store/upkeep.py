"""Keeping the database in shape: integrity, backup, and letting go of what is old."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.orm import Session

from monitor.errors import DatabaseError, UsageError
from monitor.tables import ArticleRow, Base, EntryRow, StateRow, VerdictRow

RULES = "good rules"


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
    name = str(session.get_bind().engine.url.database)
    session.rollback()  # a copy made inside a writing transaction would wait for its own end
    partial = target.with_name(f"{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(name, partial)
        partial.rename(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink()
        problem = f"backup to {target}: {error}; name a place with room, where this user may write"
        raise DatabaseError(problem) from error


def _copy(name: str, target: Path) -> None:
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)  # all pages in one step: a busy writer cannot make it begin again


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


def good_rules(session: Session) -> str:
    """The fingerprint of the beats that were last found right; nothing where none were yet."""
    row = session.get(StateRow, RULES)
    return str(row.value["fingerprint"]) if row else ""


def keep_good_rules(session: Session, fingerprint: str, now: datetime) -> None:
    """Remember that these beats are right."""
    row = StateRow(key=RULES, value={"fingerprint": fingerprint}, updated_at=now)
    session.merge(row)
