"""kill -9 at any step of the whole pipeline: every alert arrives, each under one id.

The demo's newsroom is told through the real pipeline in forked processes, by cron and by the
daemon's own loop, each killed at a step of work drawn by chance (from a seed).
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from tests.deaths.inquest import wanting
from tests.deaths.rounds import Plan, Undertaker, rounds, undertaker
from tests.deaths.steps import KINDS
from tests.postgres import Postgres

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KILLS = 52  # for each database and mode: more than 200 in all
EACH = 1  # of each kind of step: several in all


@pytest.fixture(scope="module")
def grave() -> Iterator[Undertaker]:
    with undertaker() as opened:
        yield opened


@pytest.fixture
def fresh_sqlite(
    sqlite_template: Path, tmp_path: Path
) -> Callable[[], AbstractContextManager[str]]:
    numbers = count()

    @contextmanager
    def make() -> Iterator[str]:
        path = tmp_path / f"{next(numbers)}.db"
        yield f"sqlite:///{shutil.copy(sqlite_template, path)}"
        path.unlink()

    return make


@pytest.fixture
def fresh_postgres(
    postgres: Postgres, postgres_template: str
) -> Callable[[], AbstractContextManager[str]]:
    @contextmanager
    def make() -> Iterator[str]:
        url = postgres.create(template=postgres_template)
        yield url
        postgres.drop(url)

    return make


@pytest.mark.parametrize("mode", ["cron", "daemon"])
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_nothing_is_lost_or_told_twice_wherever_it_dies(
    grave: Undertaker, request: pytest.FixtureRequest, kind: str, mode: str, tmp_path: Path
) -> None:
    make_database = request.getfixturevalue(f"fresh_{kind}")
    folder = tmp_path / "config"
    plan = Plan(folder=folder, mode=mode, kills=KILLS, each=EACH, seed=len(kind), begin=NOW)
    tally = await rounds(plan, make_database, grave)
    assert tally.lost == []
    assert tally.doubled == []
    assert tally.kills.total() >= KILLS
    assert wanting(tally.kills, KINDS, EACH) == []
