"""A SQLite file → whether a run would find anything to do; without SQLAlchemy, 0.3 s to load."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from monitor.desk.summary import Stored

ROOMS = ("feeds", "pushes", "hubs", "entries", "rereads", "articles", "deliveries")
LOOKED = timedelta(minutes=15)  # after that the watch looks at the service, due or not
FORMAT = "%Y-%m-%d %H:%M:%S.%f"  # as SQLAlchemy writes it


def idle(path: Path, prints: Mapping[str, str], revision: str, now: datetime) -> Stored | None:
    """What is stored, if it is at this revision, knows what is configured, and nothing is due.

    `prints`: fingerprints of what is configured, by name, as they must have been kept. None
    where anything is due, or in doubt: whoever opens the database next says what is wrong.
    """
    try:
        address = f"file:{quote(str(path))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as database:
            return _idle(database, prints, revision, now)
    except (sqlite3.Error, ValueError, KeyError, TypeError):
        return None


def _idle(
    database: sqlite3.Connection, prints: Mapping[str, str], revision: str, now: datetime
) -> Stored | None:
    if database.execute("SELECT version_num FROM alembic_version").fetchall() != [(revision,)]:
        return None
    state = dict(database.execute("SELECT key, updated_at FROM state"))
    kept = {name: _kept(database, name) for name in prints if name in state}
    looked = now - LOOKED < _time(state.get("look")) <= now
    if kept != dict(prints) or not looked or "running" in state:
        return None
    at = now.strftime(FORMAT)
    due = (f"SELECT 1 FROM {room} WHERE due_at <= ? LIMIT 1" for room in ROOMS)  # noqa: S608
    if any(database.execute(query, (at,)).fetchone() for query in due):
        return None
    states = dict(database.execute("SELECT state, count(*) FROM deliveries GROUP BY state"))
    (feeds,) = database.execute("SELECT count(*) FROM feeds WHERE state != 'removed'").fetchone()
    return Stored(total_feeds=feeds, pending=states.get("pending", 0), dead=states.get("dead", 0))


def _kept(database: sqlite3.Connection, name: str) -> str:
    (value,) = database.execute("SELECT value FROM state WHERE key = ?", (name,)).fetchone()
    return str(json.loads(value)["fingerprint"])


def _time(text: str | None) -> datetime:
    return datetime.strptime(text or "", FORMAT).replace(tzinfo=UTC)
