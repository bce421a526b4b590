"""The migrations: equal to the tables, able to go back, safe to run twice, and shipped."""

import multiprocessing
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from monitor import schema
from monitor.config.shipped import shipped
from monitor.db import Database, make_file, open_engine
from monitor.errors import DatabaseError
from monitor.tables import ArticleRow, Base
from tests.postgres import Postgres
from tests.world import START

ROOT = Path(__file__).parent.parent
TABLES = set(Base.metadata.tables)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing was ever created."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/var/monitor.db"
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    opened = open_engine(empty_url)
    yield opened
    opened.dispose()


def names(engine: Engine) -> set[str]:
    """The tables there are, the full-text index left out."""
    found = inspect(engine).get_table_names()
    return {name for name in found if not name.startswith("search_")}


def own(name: str | None, kind: str, _: object) -> bool:
    return not (kind in {"table", "index"} and (name or "").startswith("search_"))


def test_the_migrations_make_the_tables(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": own}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    assert names(engine) == TABLES | {"alembic_version"}


def test_every_migration_can_be_undone_and_done_again(engine: Engine) -> None:
    folder = shipped("alembic") / "versions"
    revisions = sorted(path.stem.split("_")[0] for path in folder.glob("[0-9]*.py"))
    for revision in revisions:
        schema.upgrade(engine, revision)
        schema.downgrade(engine, "-1")
        schema.upgrade(engine, revision)
        assert schema.current(engine) == revision
    schema.downgrade(engine, "base")
    assert names(engine) == {"alembic_version"}
    assert schema.current(engine) is None
    schema.ensure(engine)
    assert schema.current(engine) == schema.head()


def test_nothing_happens_twice(engine: Engine) -> None:
    schema.ensure(engine)
    schema.upgrade(engine)
    schema.ensure(engine)
    assert schema.current(engine) == schema.head()


def test_migrating_keeps_no_lock(engine: Engine, empty_url: str) -> None:
    schema.upgrade(engine)  # its connection is still pooled while the next one works
    other = open_engine(empty_url)
    schema.upgrade(other)
    other.dispose()


def test_a_migration_that_fails_leaves_nothing(engine: Engine) -> None:
    make_file(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE verdicts (mine integer)"))
    with pytest.raises(DatabaseError, match=r"verdicts.* already exists"):
        schema.ensure(engine)
    assert names(engine) == {"verdicts"}


@pytest.mark.parametrize(
    ("revision", "remedy"),
    [("0000", "run `monitor db upgrade`"), ("9999", "install the version that made it")],
)
def test_a_schema_of_another_version_is_named_with_the_remedy(
    db: Database, revision: str, remedy: str
) -> None:
    change = text("UPDATE alembic_version SET version_num = :revision")
    db.now(lambda session: session.execute(change, {"revision": revision}))
    with pytest.raises(DatabaseError) as caught:
        schema.ensure(db.engine)
    expected = f"its schema is at revision {revision}, this version needs {schema.head()}; {remedy}"
    assert expected in str(caught.value)
    with pytest.raises(DatabaseError, match=f"{revision}.*install the version that made it"):
        schema.upgrade(db.engine)


def first_use(url: str) -> str | None:
    engine = open_engine(url)
    schema.ensure(engine)
    found = schema.current(engine)
    engine.dispose()
    return found


def test_processes_that_meet_on_first_use_all_succeed(empty_url: str) -> None:
    with multiprocessing.get_context("forkserver").Pool(4) as pool:
        found = pool.map(first_use, [empty_url] * 4, chunksize=1)
        pool.close()
        pool.join()
    assert found == [schema.head()] * 4


def found_by(db: Database, word: str) -> list[int]:
    if db.dialect == "sqlite":
        query = "SELECT rowid FROM search_articles WHERE search_articles MATCH :word ORDER BY 1"
    else:
        query = """
            SELECT id FROM articles
            WHERE to_tsvector('simple', title || ' ' || left(text, 500000))
                  @@ plainto_tsquery('simple', :word) ORDER BY 1"""
    return list(db.now(lambda session: session.scalars(text(query), {"word": word}).all()))


def article(number: int, title: str, body: str) -> ArticleRow:
    url = f"https://news.example/{number}"
    return ArticleRow(
        id=number, url=url, canonical_url=url, title=title, text=body, first_seen_at=START
    )


def test_full_text_follows_what_is_stored(db: Database) -> None:
    db.now(
        lambda s: s.add_all([article(1, "Harbour", "A crane fell."), article(2, "Park", "Élan")])
    )
    assert found_by(db, "crane") == [1]
    assert found_by(db, "harbour") == [1]
    assert found_by(db, "élan") == [2]
    db.now(lambda s: setattr(s.get(ArticleRow, 1), "text", "A lighthouse rose."))
    assert (found_by(db, "crane"), found_by(db, "lighthouse")) == ([], [1])
    db.now(lambda s: s.delete(s.get(ArticleRow, 1)))
    assert found_by(db, "lighthouse") == []


def test_a_very_long_article_can_be_stored_and_found(db: Database) -> None:
    long = "harbour " + " ".join(f"word{n}" for n in range(200_000))
    db.now(lambda s: s.add(article(1, "Long", long)))
    assert found_by(db, "harbour") == [1]


# What is shipped


def test_a_checkout_finds_what_is_shipped_beside_the_package() -> None:
    assert shipped("alembic") == ROOT / "alembic"
    assert shipped("config") == ROOT / "config"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as an installer would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("newsroom_monitor-*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_carries_everything_a_checkout_has(installed: Path) -> None:
    for name in ("alembic", "config"):
        here = {path.relative_to(ROOT / name) for path in (ROOT / name).rglob("*.*")}
        there = installed / "monitor/_shipped" / name
        carried = {path.relative_to(there) for path in there.rglob("*.*")}
        assert {path for path in here if "__pycache__" not in path.parts} == carried
    here = {path.relative_to(ROOT) for path in (ROOT / "monitor").rglob("*.*")}
    carried = {path.relative_to(installed) for path in (installed / "monitor").rglob("*.*")}
    assert {path for path in here if "__pycache__" not in path.parts} <= carried
    assert not list(installed.rglob("__pycache__"))
    for pattern in ("_shipped/config/beats/*.yaml", "_shipped/config/gazetteers/*.yaml"):
        assert list((installed / "monitor").glob(pattern))
    assert list((installed / "monitor/demo/stories").iterdir())


FIRST_USE = """
import sys
sys.path.insert(0, sys.argv[1])
from monitor import schema
from monitor.config.shipped import shipped
from monitor.db import open_engine
engine = open_engine(sys.argv[2])
schema.ensure(engine)
print(schema.current(engine), shipped("config"))
"""


def test_an_installed_package_makes_its_schema_by_itself(installed: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", FIRST_USE, str(installed), f"sqlite:///{tmp_path}/a.db"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [schema.head(), str(installed / "monitor/_shipped/config")]
