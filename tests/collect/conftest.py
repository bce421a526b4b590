"""A pipeline open on an empty database, that may dial loopback."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.app import App, open_app
from monitor.config import Config
from monitor.pool import Pool
from tests.world import Clock


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Workers shared by all tests: starting them costs half a second."""
    shared = Pool()
    yield shared
    shared.close()


@pytest.fixture
async def app(tmp_path: Path, clock: Clock, pool: Pool, database_url: str) -> AsyncIterator[App]:
    config = Config.model_validate(
        {
            "folder": tmp_path,
            "database": database_url,
            "http": {"allow_networks": ["127.0.0.0/8"], "timeout": "5s"},
        }
    )
    async with open_app(config, now=clock) as opened:
        yield replace(opened, pool=pool)
