"""Doors to the web that may dial loopback, under names of the tests' own."""

from collections.abc import AsyncIterator

import pytest

from monitor.config import Http
from monitor.web import Web
from monitor.web.guard import Resolve
from tests.web.doors import HERE, Open, resolve
from tests.world import Clock


@pytest.fixture
async def open_web(clock: Clock) -> AsyncIterator[Open]:
    """Open a door with other settings, or another name server."""
    opened: list[Web] = []

    def make(allow: tuple[str, ...] = HERE, resolve: Resolve = resolve, **settings: object) -> Web:
        http = Http.model_validate({"allow_networks": allow, "timeout": "5s", **settings})
        opened.append(Web(http, clock, resolve=resolve))
        return opened[-1]

    yield make
    for web in opened:
        await web.close()


@pytest.fixture
def web(open_web: Open) -> Web:
    return open_web()
