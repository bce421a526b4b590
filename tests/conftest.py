"""Fixtures for every test: a clock one can push, a web site on loopback, both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor import schema
from monitor.db import Database, open_engine
from tests.postgres import TEMPLATE, Postgres, open_postgres
from tests.world import Clock, Site, open_site


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


# Databases: every test that asks for `database_url` or `db` runs on SQLite and on PostgreSQL.


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server; a test that needs one fails where none can be had, it is never skipped."""
    with open_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> Iterator[str]:
    """The name of a database at head, copied for each test."""
    url = postgres.create(TEMPLATE)
    _bring_to_head(url)
    yield TEMPLATE
    postgres.drop(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file at head, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "monitor.db"
    _bring_to_head(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database at head."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'monitor.db')}"


@pytest.fixture
def postgres_url(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """A fresh PostgreSQL database at head."""
    url = postgres.create(template=postgres_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database at head, on each kind of database."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(kind)


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """A fresh database at head, opened."""
    opened = Database(database_url)
    yield opened
    opened.close()


def _bring_to_head(url: str) -> None:
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()
