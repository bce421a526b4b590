"""A room that falls over a bug of its own is begun again, and told of once."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor import config, daemon, schema
from monitor.app import App, open_app
from monitor.cycle import Bells, Room
from monitor.tables import AlertRow, IncidentRow
from monitor.watch import flow as watch
from tests.world import Clock

pytestmark = pytest.mark.anyio
SETTINGS = """\
database: {database}
alerts:
  health: [hook]
  channels: {{hook: {{type: webhook, url: 'https://hook.example', secret: s}}}}
"""


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    (tmp_path / "monitor.yaml").write_text(SETTINGS.format(database=database_url))
    return tmp_path


async def nothing(_app: App, _item: Any) -> int:
    return 0


async def lived(app: App, claims: list[Callable[[], None]]) -> None:
    """A room, for as many claims as there are; each may raise."""
    stop, loop, bells = asyncio.Event(), asyncio.get_running_loop(), Bells()

    def claim(_session: Any, _now: Any) -> None:
        mine = claims.pop(0)
        if not claims:
            loop.call_soon_threadsafe(stop.set)
        mine()

    room = Room(name="judge", claim=claim, work=nothing, width=1, every=app.now.now - app.now.now)
    bells.ring("judge")
    await daemon._keep(app, room, bells, stop, recover=0)


def bug() -> None:
    raise ZeroDivisionError("seven by nothing")


def well() -> None:
    """Nothing is due."""


def told(app: App, clock: Clock) -> list[str]:
    app.db.now(watch.look, app.config, clock(), None)
    return app.db.now(lambda s: [row.reason for row in s.query(AlertRow).order_by(AlertRow.id)])


async def test_a_room_that_fell_is_begun_again_and_told_once_and_so_is_its_recovery(
    folder: Path, clock: Clock
) -> None:
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        await lived(app, [bug, bug, bug])
        (begun,) = told(app, clock)
        assert begun == (
            "the room 'judge' stands still by an error in it (ZeroDivisionError: seven by nothing)"
        )
        await lived(app, [bug, bug, well])
        assert told(app, clock) == [begun, f"over: {begun}"]
        (incident,) = app.db.now(lambda session: list(session.query(IncidentRow)))
        assert incident.closed_at == clock()


async def test_what_an_earlier_process_told_is_over_once_the_room_is_drained(
    folder: Path, clock: Clock
) -> None:
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        await lived(app, [bug])
        (begun,) = told(app, clock)
        await lived(app, [well])
        assert told(app, clock) == [begun, f"over: {begun}"]
