"""Two daemons and a cron job share one database: everybody hears of everything, once."""

import asyncio
from pathlib import Path

import pytest

from tests.deaths.crowd import EACH, crowd

pytestmark = pytest.mark.anyio

DELIVERIES = 200
PATIENCE = 120  # seconds, of which a few are needed


async def test_two_daemons_and_a_cron_job_lose_nothing_and_double_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with asyncio.timeout(PATIENCE):
        found = await crowd(tmp_path / "config", database_url, DELIVERIES // EACH)
    assert found.lost == ()
    assert found.doubled == ()
    assert found.repeated == 0
    assert found.heard == DELIVERIES
