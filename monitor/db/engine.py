"""The address of a database → an engine with the settings each kind needs."""

import json
import re
import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url

from monitor.db import file
from monitor.db.trouble import BUSY_SECONDS, KINDS, no_file, shown
from monitor.errors import DatabaseError

POSTGRESQL = {  # a server that vanished without a word is noticed within a minute
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "application_name": "monitor",
}


def open_engine(url: str) -> Engine:
    """Make an engine with the settings each database needs to be safe and quick.

    Nothing is made on disk, now or later: see `make_file`. Raises DatabaseError where the
    address cannot be one.
    """
    try:
        parsed = make_url(url)
    except (exc.ArgumentError, ValueError) as error:
        raise DatabaseError(f"database: not an address of one; write {KINDS}") from error
    kind = parsed.get_backend_name()
    if kind in {"postgresql", "postgres"}:
        return _create_postgresql(parsed.set(drivername="postgresql+psycopg"))
    if kind != "sqlite":
        raise DatabaseError(f"database: no kind {kind!r} is known; write {KINDS}")
    try:
        engine = _create(parsed, connect_args={"timeout": BUSY_SECONDS})
    except exc.NoSuchModuleError as error:
        raise DatabaseError(f"database: not an address of one; write {KINDS}") from error
    _prepare(engine)
    return engine


def make_file(engine: Engine) -> None:
    """Begin the file of a SQLite database that is not there yet; raise DatabaseError."""
    path = file.file_of(engine.url)
    if path is None or not file.missing(engine.url):
        return
    try:
        file.begin(path)
    except (OSError, sqlite3.Error) as error:
        raise no_file(engine.url, path, error) from error


def makeable(engine: Engine) -> None:
    """Raise DatabaseError if the file of a SQLite database is not there and cannot be begun."""
    path = file.file_of(engine.url)
    if path is not None and (why := file.hindered(path)):
        raise no_file(engine.url, path, why)


def _create_postgresql(url: URL) -> Engine:
    try:
        return _create(url, pool_pre_ping=True, connect_args=POSTGRESQL)
    except ImportError as error:
        raise DatabaseError(
            f"database {shown(url)}: PostgreSQL needs the package psycopg, which is not installed;"
            " install `psycopg[binary]`, or newsroom-monitor with its extra `postgres`"
        ) from error


def _create(url: URL, **settings: Any) -> Engine:
    # A failing statement's parameters are whole articles, or secrets: they stay out of messages.
    return create_engine(url, hide_parameters=True, json_serializer=_storable, **settings)


def _storable(value: Any) -> str:
    """JSON that every database can hold: PostgreSQL takes no NUL, and UTF-8 no lone surrogate."""
    said = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"(?<!\\)((?:\\\\)*)\\u0000", r"\1", said)


def _prepare(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    if path := file.file_of(engine.url):
        event.listen(engine, "do_connect", partial(_only_existing, path))
        event.listen(engine, "connect", lambda _, record: _remember(path, record))
        event.listen(engine, "checkout", partial(_still_there, engine, path))


def _only_existing(
    path: Path, _dialect: Any, _record: Any, arguments: list[Any], settings: dict[str, Any]
) -> None:
    # SQLite would make a file that is missing, and so hide that the database is gone.
    arguments[0] = file.address(path)
    settings["uri"] = True


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions: _begin_sqlite does
    with suppress(sqlite3.OperationalError):  # a file in use or read-only keeps the mode it has
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once if another wrote in between;
    # taking the write lock first makes it wait its turn instead.
    options = connection.get_execution_options()
    # In WAL mode a commit outlives the process at once, and a power cut from the next FULL one on.
    level = "FULL" if options.get("lasting") else "NORMAL"
    connection.exec_driver_sql(f"PRAGMA synchronous={level}")
    connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")


def _remember(path: Path, record: Any) -> None:
    record.info["file"] = file.identity(path)


def _still_there(engine: Engine, path: Path, _connection: Any, record: Any, _proxy: Any) -> None:
    # SQLite would go on writing into a file that was removed, and lose it all at the end.
    found = file.identity(path)
    if found is None:
        message = "the file is gone; put it back, or start again to begin a new one"
        raise DatabaseError(f"database {shown(engine.url)}: {message}")
    if found != record.info["file"]:
        raise exc.DisconnectionError("replaced by another file")  # the pool opens that one
