"""kill -9 at any moment of the whole pipeline: every alert arrives, each under one id.

The demo's newsroom is told through the real pipeline in forked processes, each killed at a
step drawn by chance (from a seed), until the work is done; then everything is counted.
"""

import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor import schema
from monitor.db import Database
from monitor.demo import config
from monitor.demo.newsroom import Newsroom, newsroom
from monitor.tables import AlertRow, CaseRow, DeliveryRow, EntryRow

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KILLS = 26
ROUNDS = 4


class Undertaker:
    """The process that forks, kills and counts."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.deaths.undertaker"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, folder: Path, now: datetime, kill_at: int) -> dict[str, int]:
        """One life; blocks until it is over."""
        assert self._process.stdin
        assert self._process.stdout
        order = {"folder": str(folder), "now": now.isoformat(), "kill_at": kill_at}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def undertaker() -> Iterator[Undertaker]:
    opened = Undertaker()
    yield opened
    opened.close()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"], indirect=True)
@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_nothing_is_lost_or_told_twice(
    undertaker: Undertaker, database: str, seed: int, tmp_path: Path, anyio_backend: str
) -> None:
    import anyio

    chance = random.Random(seed)  # noqa: S311
    async with newsroom(NOW) as room:
        folder = tmp_path / "config"
        config.write(folder, room)
        settings = folder / "monitor.yaml"
        text = settings.read_text()
        settings.write_text(text.replace("sqlite:///var/monitor.db", database))
        killed, now = 0, NOW
        while True:
            kill_at = chance.randint(1, 160) if killed < KILLS else 0
            life = await anyio.to_thread.run_sync(undertaker.run, folder, now, kill_at)
            now += timedelta(seconds=30)
            killed += life["killed"]
            if not life["killed"] and killed >= KILLS:
                break
        _nothing_waits(database)
        _each_told_once(database, room)


def _nothing_waits(url: str) -> None:
    with_rows = Database(url)
    assert schema.current(with_rows.engine) == schema.head()
    states = with_rows.now(lambda s: list(s.scalars(select(DeliveryRow.state))))
    fates = with_rows.now(lambda s: list(s.scalars(select(EntryRow.fate))))
    with_rows.close()
    assert set(states) == {"sent"}
    assert "waiting" not in fates


def _each_told_once(url: str, room: Newsroom) -> None:
    opened = Database(url)
    cases = opened.now(lambda s: list(s.scalars(select(CaseRow.id))))
    alerts = opened.now(lambda s: list(s.scalars(select(AlertRow.case_id))))
    sent = opened.now(lambda s: list(s.scalars(select(DeliveryRow.channel))))
    opened.close()
    expected = {story.case for site in room.sites for story in site.stories if story.case}
    assert len(set(alerts)) >= len(expected)
    assert set(alerts) <= set(cases)

    ids = defaultdict(set)
    for post in room.posts:
        ids[post.data["data"]["case"]["id"], post.data["type"]].add(post.id)
    assert {case for case, kind in ids if kind == "case.opened"} == set(alerts)
    assert all(len(different) == 1 for different in ids.values())

    different_mails = {mail.message["Message-ID"] for mail in room.mails}
    assert len(different_mails) == len([one for one in sent if one == "desk"])
