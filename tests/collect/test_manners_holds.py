"""What a host asked for before a restart is known before anybody takes its turn."""

import asyncio
from datetime import timedelta

import pytest

from monitor import manners
from monitor.app import App
from monitor.manners import store
from tests.collect.documents import numbered
from tests.world import Clock, Site

pytestmark = pytest.mark.anyio


async def test_nobody_takes_a_turn_before_what_hosts_asked_for_is_known(
    app: App, site: Site, clock: Clock
) -> None:
    address = site.serve("/feed", numbered(1))
    await app.db.run(store.hold, address, clock() + timedelta(hours=1), clock())
    found = await asyncio.gather(*(manners.turn(app, address) for _ in range(3)))
    assert all(wait > timedelta(minutes=50) for wait in found)
