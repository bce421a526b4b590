"""A test story travels through everything once a day, and an alarm is given when it does not."""

from pathlib import Path

import pytest

from monitor import config, cycle, schema
from monitor.app import App, open_app
from monitor.desk.store import feeds, health, hits
from monitor.tables import AlertRow, ArticleRow, DeliveryRow, EntryRow, IncidentRow
from monitor.watch import flow
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


@pytest.fixture
def folder(tmp_path: Path, database_url: str, site) -> Path:
    hook, other = site.serve("/hook", Reply()), site.serve("/other", Reply())
    text = SETTINGS.format(database=database_url, hook=hook, other=other)
    (tmp_path / "monitor.yaml").write_text(text)
    return tmp_path


async def run(folder, clock, rooms=cycle.ROOMS) -> App:
    async with open_app(config.load(folder), now=clock) as app:
        schema.ensure(app.db.engine)
        for _ in range(3):
            await cycle.run_once(app, rooms)
        return app


def ask(folder, function):
    from monitor.db import Database

    opened = Database(config.load(folder).database)
    found = opened.now(function)
    opened.close()
    return found


async def test_the_story_reaches_every_channel_marked_as_a_test(folder, clock, site):
    await run(folder, clock)
    for path in ("/hook", "/other"):
        (post,) = site.asked(path)
        assert b'"type": "canary"' in post.body
    assert ask(folder, lambda s: health.report(s, clock(), minutes=15)["ok"])


async def test_it_leaves_no_trace_in_lists_and_figures(folder, clock):
    await run(folder, clock)
    assert ask(folder, feeds.feeds) == []
    assert ask(folder, lambda s: list(hits.hits(s))) == []
    for rows in (ArticleRow, EntryRow, IncidentRow):
        assert ask(folder, lambda s, rows=rows: s.query(rows).count()) == 0


async def test_it_travels_once_a_day(folder, clock, site):
    await run(folder, clock)
    clock.pass_(hours=20)
    await run(folder, clock)
    assert len(site.asked("/hook")) == 1
    clock.pass_(hours=4)
    await run(folder, clock)
    assert len(site.asked("/hook")) == 2


@pytest.mark.parametrize("stage", ["collect", "read", "judge"])
async def test_an_alarm_names_the_stage_that_stands_still(folder, clock, site, stage):
    alive = tuple(room for room in cycle.ROOMS if room.name != stage)
    await run(folder, clock, alive)
    assert site.asked("/other") == []
    clock.pass_(hours=2)
    await run(folder, clock, alive)
    (incident,) = ask(folder, lambda s: list(s.query(IncidentRow).filter_by(kind="canary_late")))
    assert f"{stage}: " in incident.detail
    assert b"health.canary_late" in site.asked("/other")[0].body
    assert b"health.canary_late" in site.asked("/hook")[0].body
    assert not ask(folder, lambda s: health.report(s, clock(), minutes=10**6)["ok"])

    await run(folder, clock)
    assert b"Recovered" not in site.asked("/other")[0].body
    (incident,) = ask(folder, lambda s: list(s.query(IncidentRow).filter_by(kind="canary_late")))
    assert incident.closed_at == clock()
    assert ask(folder, lambda s: health.report(s, clock(), minutes=10**6)["ok"])


async def test_a_channel_that_stands_still_is_named(folder, clock, site):
    site.serve("/hook", Reply(status=503))
    await run(folder, clock)
    clock.pass_(hours=2)
    await run(folder, clock)
    (incident,) = ask(folder, lambda s: list(s.query(IncidentRow).filter_by(kind="canary_late")))
    assert incident.detail.endswith("deliver: it did not reach hook")


async def test_nothing_travels_unless_it_is_asked_for(folder, clock, site):
    path = folder / "monitor.yaml"
    await run(folder, clock)
    path.write_text(path.read_text().replace("  canary: daily 06:00 UTC\n", ""))
    clock.pass_(days=3)
    await run(folder, clock)
    assert len(site.asked("/hook")) == 1
    assert ask(folder, lambda s: health.report(s, clock(), minutes=15)["ok"])


async def test_when_nobody_works_the_health_check_says_so(folder, clock):
    await run(folder, clock)
    clock.pass_(hours=22)
    assert ask(folder, lambda s: health.report(s, clock(), minutes=15)["ok"])
    clock.pass_(hours=2)
    (problem,) = ask(folder, lambda s: health.report(s, clock(), minutes=15)["problems"])
    assert problem.startswith("canary: no test story has arrived since")


async def test_a_day_that_failed_stays_alarmed_until_a_story_arrives(folder, clock):
    alive = tuple(room for room in cycle.ROOMS if room.name != "read")
    for _ in range(3):
        await run(folder, clock, alive)
        clock.pass_(hours=13)
    found = ask(folder, lambda s: list(s.query(IncidentRow).filter_by(kind="canary_late")))
    assert [one.closed_at for one in found] == [None]
    assert ask(folder, lambda s: s.query(AlertRow).count()) == 1
    assert {row.state for row in ask(folder, lambda s: list(s.query(DeliveryRow)))} == {"sent"}
    assert flow.disk(config.load(folder)) is None or flow.disk(config.load(folder)).total > 0
