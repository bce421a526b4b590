"""The only way from async code to SQL: `await db.run(function, ...)` is one transaction."""

import asyncio
import json
import re
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.orm import Session as Session  # noqa: PLC0414  named by every flow
from sqlalchemy.sql import ColumnElement, select, text, update

from monitor.errors import DatabaseError
from monitor.tables import Due

LEASE = timedelta(minutes=5)
BUSY_SECONDS = 30
FAILURES = (exc.DBAPIError, exc.TimeoutError)  # any other SQLAlchemyError is a bug of ours
KINDS = "sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE"
POSTGRESQL = {  # a server that vanished without a word is noticed within a minute
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "application_name": "monitor",
}
REMEDIES = {
    "locked": f"another program has been writing for {BUSY_SECONDS} s; end it and try again",
    "unable to open": "create its folder, or let this user write there",
    "readonly|read-only": "let this user write to the file and to its folder",
    "disk is full|disk full|no space|disk i/o": "make room on its disk; what was done is kept",
    "not a database|malformed": "it is no SQLite database or is damaged; restore a backup",
    "no such table|relation .* does not exist": "run `monitor db upgrade`",
    "database .* does not exist": "create it with `createdb`",
    "password": "check user and password (PGPASSWORD or ~/.pgpass)",
    "permission denied": "grant this user the right to do that",
    "refused|resolve|translate|timeout|timed out|closed|terminat|shut|starting|lost": (
        "check the address, and that the server runs"
    ),
}

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Due)


class Database:
    """Run synchronous, session-taking functions on database threads."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        # SQLite has one writer; queueing here beats "database is locked" there.
        threads = 1 if self.dialect == "sqlite" else 4
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="db")

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    async def run(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(session, ...)` in a transaction of its own; commit, or undo on error."""
        call = partial(self.now, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def now(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do the same from synchronous code."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                return function(session, *args, **kwargs)
        except FAILURES as error:
            raise DatabaseError(explain(self.engine, error)) from error

    def close(self) -> None:
        """Wait for what is running, then let go of every connection."""
        self._threads.shutdown()
        self.engine.dispose()


def claim(
    session: Session, rows: type[R], now: datetime, *where: ColumnElement[bool], limit: int = 1
) -> list[R]:
    """Take the rows that have been due longest, and hold them for the length of a lease.

    One statement, so that two processes never take the same row; and the attempt is
    counted here, so that a row that kills its process is not tried for ever.
    """
    # As a subquery of IN, PostgreSQL may run the SELECT more than once and take more than `limit`.
    longest_due = (
        select(rows.id)
        .where(rows.due_at <= now, *where)
        .order_by(rows.due_at, rows.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("longest_due")
    )
    return list(
        session.scalars(
            update(rows)
            .where(rows.id.in_(select(longest_due.c.id)))
            .values(due_at=now + LEASE, attempts=rows.attempts + 1)
            .returning(rows)
        )
    )


def ahead(session: Session, clock: Callable[[], datetime]) -> timedelta:
    """Measure how far the server's clock is ahead of `clock`; nothing on SQLite, which has none."""
    if session.get_bind().dialect.name == "sqlite":
        return timedelta()
    before = clock()
    there: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return there.astimezone(UTC) - (before + (clock() - before) / 2)


def open_engine(url: str) -> Engine:
    """Make an engine with the settings each database needs to be safe and quick.

    Raises DatabaseError where the address cannot be one, or the folder cannot be made.
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


def _create_postgresql(url: URL) -> Engine:
    try:
        return _create(url, pool_pre_ping=True, connect_args=POSTGRESQL)
    except ImportError as error:
        message = f"{error}; install `newsroom-monitor[postgres]`"
        raise DatabaseError(f"database {shown(url)}: {message}") from error


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
    if not (name := engine.url.database) or name == ":memory:" or name.startswith("file:"):
        return
    path = Path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"its folder cannot be made: {error.strerror}; let this user write there"
        raise DatabaseError(f"database {shown(engine.url)}: {message}") from error
    event.listen(engine, "connect", lambda _, record: record.info.update(file=_identity(path)))
    event.listen(engine, "checkout", partial(_still_there, engine, path))


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions: _begin_sqlite does
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    # SQLite does not wait for its turn to change the mode of a new file: when eight processes
    # met on one, one of them was told "locked" at once in one round of ten.
    for patience in range(BUSY_SECONDS * 20, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not patience or "locked" not in str(error):
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once if another wrote in between;
    # taking the write lock first makes it wait its turn instead.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _still_there(engine: Engine, path: Path, _connection: Any, record: Any, _proxy: Any) -> None:
    # SQLite would go on writing into a file that was removed, and lose it all at the end.
    found = _identity(path)
    if found is None:
        message = "the file is gone; put it back, or restart to begin a new one"
        raise DatabaseError(f"database {shown(engine.url)}: {message}")
    if found != record.info["file"]:
        raise exc.DisconnectionError("replaced by another file")  # the pool opens that one


def explain(engine: Engine, error: exc.SQLAlchemyError) -> str:
    """Say what is wrong with the database and what to do, without a password."""
    cause = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    cause = cause.splitlines()[0]
    for secret in _secrets(engine.url):
        cause = cause.replace(secret, "***")
    found = (remedy for words, remedy in REMEDIES.items() if re.search(words, cause.lower()))
    return f"database {shown(engine.url)}: {cause}; {next(found, 'see `monitor db check`')}"


def _secrets(url: URL) -> list[str]:
    hidden = [url.password, url.query.get("password"), url.query.get("sslpassword")]
    # An @ in a password that is not written as %40 ends it too early: the rest looks like a host.
    hidden.append((url.host or "").rpartition("@")[0])
    return [str(secret) for secret in hidden if secret]


def shown(address: str | URL) -> str:
    """Give the address of a database without its password, wherever that stands."""
    clean = make_url(address).difference_update_query(["password", "sslpassword"])
    if clean.host and "@" in clean.host:
        clean = clean.set(host=clean.host.rpartition("@")[2])
    return clean.render_as_string(hide_password=True)
