"""Whatever part of the way stands still, the alarm is given in time, and the health check fails."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from monitor import config, cycle, schema
from monitor.alarm import Alarm
from monitor.app import App, open_app
from monitor.db import Database
from monitor.desk.store import health
from monitor.errors import WorkerLost
from monitor.tables import ArticleRow, FeedRow, IncidentRow
from tests.world import Reply

pytestmark = pytest.mark.anyio
SETTINGS = """\
database: {database}
http: {{allow_networks: [127.0.0.0/8]}}
alerts:
  canary: daily 06:00 UTC
  health: [other]
  channels:
    hook: {{type: webhook, url: '{hook}', secret: s}}
    other: {{type: webhook, url: '{other}', secret: s}}
"""
MAIL = """\
    mail: {{type: email, to: [ann@example.org], smtp: {{host: 127.0.0.1, port: {port}, tls: none}}}}
"""
TRIGGER = (
    "CREATE TRIGGER IF NOT EXISTS broken BEFORE INSERT ON cases "
    "BEGIN SELECT RAISE(ABORT, 'out of order'); END"
)


class DeadPool:
    """A pool whose workers die of every page."""

    async def run(self, function: Any, *given: Any, **named: Any) -> Any:
        if function.__module__.startswith("monitor.read"):
            raise WorkerLost("the worker died", reason="worker_died")
        return function(*given, **named)


@dataclass
class Kill:
    """What is broken: rooms that stand still, something in the house, a statement before."""

    says: str
    rooms: tuple[str, ...] = ()
    house: Callable[[App], App] = lambda app: app
    before: Callable[[Any], object] = lambda _session: None
    hook: Reply = field(default_factory=Reply)
    mail: bool = False


def forget_the_feed(session: Any) -> None:
    session.query(FeedRow).update({"due_at": None})


def another_text(session: Any) -> None:
    session.query(ArticleRow).update({"text": "Something else.", "title": "Else"})


KILLS = {
    "collecting": Kill("collect: its feed was not polled", rooms=("collect",)),
    "the turn of a feed": Kill("collect: its feed was not polled", before=forget_the_feed),
    "reading": Kill("read: its page was not read", rooms=("read",)),
    "the readers' pool": Kill(
        "read: its page was not read",
        house=lambda app: replace(app, pool=DeadPool()),  # type: ignore[arg-type]
    ),
    "judging": Kill("judge: it was not judged", rooms=("judge",)),
    "the judgement": Kill("case: it was judged, and no case of it was told", before=another_text),
    "the cases": Kill("judge: it was not judged", before=lambda s: s.execute(text(TRIGGER))),
    "a webhook": Kill("deliver: it did not reach hook", hook=Reply(status=503)),
    "the mail server": Kill("deliver: it did not reach mail", mail=True),
}


@pytest.fixture
def folder(tmp_path: Path, sqlite_url: str, site) -> Path:
    hook, other = site.serve("/hook", Reply()), site.serve("/other", Reply())
    written = SETTINGS.format(database=sqlite_url, hook=hook, other=other)
    (tmp_path / "monitor.yaml").write_text(written)
    return tmp_path


def well(folder: Path, now: Any) -> bool:
    opened = Database(config.load(folder).database)
    found = opened.now(health.report, now, minutes=10**6)
    opened.close()
    return bool(found["ok"])


def alarms(site: Any, kind: str) -> int:
    return sum(f"health.{kind}".encode() in asked.body for asked in site.asked("/other"))


async def rounds(folder: Path, clock: Any, kill: Kill) -> None:
    """The looks that matter: the story begins, passes the rooms, and an hour later it is late."""
    alive = tuple(room for room in cycle.ROOMS if room.name not in kill.rooms)
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        house = kill.house(app)
        await cycle.run_once(house, alive)
        for room in [one for one in alive if one.name != "deliver"]:
            app.db.now(kill.before)
            await cycle.run_once(house, (room, cycle.ROOMS[-1]))
        clock.pass_(minutes=61)
        await cycle.run_once(house, tuple(room for room in alive if room.name == "deliver"))


@pytest.mark.parametrize("name", KILLS)
async def test_the_alarm_names_what_stands_still(folder, clock, site, name):
    kill = KILLS[name]
    site.serve("/hook", kill.hook)
    if kill.mail:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        path = folder / "monitor.yaml"
        path.write_text(path.read_text() + MAIL.format(port=port))
    await rounds(folder, clock, kill)
    assert alarms(site, "canary_late") == 1
    opened = Database(config.load(folder).database)
    (incident,) = opened.now(
        lambda s: list(s.query(IncidentRow).filter_by(kind="canary_late", closed_at=None))
    )
    opened.close()
    assert incident.detail.endswith(kill.says)
    assert not well(folder, clock())


async def test_nothing_is_alarmed_where_nothing_stands_still(folder, clock, site):
    await rounds(folder, clock, Kill(""))
    assert alarms(site, "canary_late") == 0
    assert well(folder, clock())


async def test_where_delivering_stands_still_the_alarm_goes_past_the_outbox_once(
    folder, clock, site
):
    alarm = Alarm()
    alive = tuple(room for room in cycle.ROOMS if room.name != "deliver")
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        for minutes in (0, 0, 0, 61, 1, 5, 1, 60):
            clock.pass_(minutes=minutes)
            await alarm.look(app)
            await cycle.run_once(app, alive, send=False)
    assert alarms(site, "canary_late") == 1
    assert not well(folder, clock())

    async with open_app(config.load(folder), now=clock) as app:
        await cycle.run_once(app, (cycle.ROOMS[-1],))
    first, again, *_over = (a for a in site.asked("/other") if b"health.canary_late" in a.body)
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body


async def test_where_the_database_is_gone_the_alarm_goes_past_it_once_and_so_does_its_end(
    folder, clock, site
):
    alarm = Alarm()
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        await alarm.look(app)
        gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
        for minutes in (1, 3, 3, 1, 60):
            clock.pass_(minutes=minutes)
            await alarm.look(replace(app, db=gone))
        assert alarms(site, "database") == 1
        gone.close()
        await alarm.look(app)
        await alarm.look(app)
    assert alarms(site, "database") == 2
    assert b"over: the database can be used again" in site.asked("/other")[-1].body


async def test_where_nobody_looks_the_health_check_fails(folder, clock):
    await rounds(folder, clock, Kill(""))
    clock.pass_(days=2)
    assert not well(folder, clock())
