"""The small newsroom, up while a test runs."""

from datetime import UTC, datetime

import pytest

from monitor.demo.newsroom import newsroom

NOW = datetime(2031, 3, 4, 15, 30, tzinfo=UTC)


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def now():
    return NOW


@pytest.fixture
async def room(anyio_backend, now):
    async with newsroom(now) as up:
        yield up
