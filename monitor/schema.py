"""The database's shape: at head, or brought there by the shipped migrations."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from monitor.config.shipped import newest_migration, shipped
from monitor.db import explain, make_file, missing, shown
from monitor.errors import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

LOCK = 0x736368656D61  # one migration at a time on PostgreSQL; SQLite has one writer anyway


def head() -> str:
    """The newest revision: the highest number among the migration files."""
    found = newest_migration()
    if not found:
        raise DatabaseError("no migrations came with it; install newsroom-monitor again")
    return found


def current(engine: Engine) -> str | None:
    """The revision of the database; None where nothing was ever created."""
    if missing(engine.url):
        return None
    try:
        with engine.execution_options(reading=True).connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except SQLAlchemyError as error:
        raise DatabaseError(explain(engine.url, error)) from error


def ensure(engine: Engine) -> None:
    """Create the schema on first use; raise DatabaseError if it is another version's."""
    found = current(engine)
    if found is None:
        upgrade(engine)
    else:
        _must_be_head(engine, found)


def require(engine: Engine) -> None:
    """Raise DatabaseError unless the database is there, at head; create nothing."""
    found = current(engine)
    if found is None:
        remedy = "`monitor run-once` or `monitor db upgrade` makes it"
        raise DatabaseError(f"database {shown(engine.url)}: there is none yet; {remedy}")
    _must_be_head(engine, found)


def _must_be_head(engine: Engine, found: str) -> None:
    if found != head():
        older = found < head()
        remedy = "run `monitor db upgrade`" if older else "install the version that made it"
        raise DatabaseError(
            f"database {shown(engine.url)}: its schema is at "
            f"revision {found}, this version needs {head()}; {remedy}"
        )


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision, all or nothing; safe when several processes do it at once."""
    from alembic import command  # noqa: PLC0415  slow to import, rarely needed

    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to a revision, all or nothing."""
    from alembic import command  # noqa: PLC0415

    _run(engine, lambda config: command.downgrade(config, revision))


def _run(engine: Engine, what: Callable[["Config"], None]) -> None:
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(shipped("alembic")).replace("%", "%%"))
    make_file(engine)
    try:
        with engine.connect() as connection:
            _unbind(connection)
            _lock(connection)
            config.attributes["connection"] = connection
            what(config)
            connection.commit()
    except CommandError as error:  # a revision that no file here knows
        problem = f"its schema is at revision {current(engine)}, which this version does not know"
        raise DatabaseError(
            f"database {shown(engine.url)}: {problem}; install the version that made it"
        ) from error
    except SQLAlchemyError as error:
        raise DatabaseError(explain(engine.url, error)) from error


def _unbind(connection: Connection) -> None:
    # SQLite changes a table by copying and dropping it, which foreign keys would take for a loss;
    # they cannot be switched inside a transaction, and this connection is not used again.
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.detach()


def _lock(connection: Connection) -> None:
    # The lock is the transaction's: it cannot outlive it, whatever happens.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    else:
        connection.execute(text("SELECT 1"))  # begins, and takes SQLite's one write lock
