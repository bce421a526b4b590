"""A newsroom and a way to make databases → lives that end early, until enough have died.

Each round tells the whole newsroom on a fresh database; every life but the last is killed at a
step of real work. When nothing waits any more, the round is over and what arrived is examined.
"""

import json
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.db import Database
from monitor.demo import config
from monitor.demo.newsroom import Newsroom, newsroom
from monitor.tables import FeedRow
from tests.deaths.inquest import Found, evidence, inquest, wanting
from tests.deaths.steps import KINDS, LEASE, next_work
from tests.world import Clock

BETWEEN = LEASE + timedelta(seconds=10)  # a dead life's claims are free when the next begins
MOST_LIVES = 150
MOST_ROUNDS = 12
CHANCE = {"collect": 0.15, "read": 0.04, "judge": 0.06, "deliver": 0.2}
SELDOM = {"after fetch: robots.txt": 0.4, "after commit: collect": 0.3}  # few steps, early ones
LIKELIEST = 0.8

MakeDatabase = Callable[[], AbstractContextManager[str]]


class Undertaker:
    """The process that forks, kills and tells of what the dead died."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.deaths.undertaker"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )

    def bury(self, order: dict[str, Any]) -> str:
        """One life; give the kind of step it died at, or nothing if it came to its end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "failed" in answer:
            raise AssertionError(f"a life neither finished nor was killed: {answer['failed']}")
        return str(answer["died"])

    def close(self) -> None:
        self._process.communicate()


@contextmanager
def undertaker() -> Iterator[Undertaker]:
    """The process, for as long as the block lasts."""
    opened = Undertaker()
    try:
        yield opened
    finally:
        opened.close()


@dataclass(slots=True, kw_only=True)
class Tally:
    """What has become of it so far: kills by kind of step, and the findings of each round."""

    kills: Counter[str] = field(default_factory=Counter)
    rounds: list[Found] = field(default_factory=list)

    @property
    def lost(self) -> list[str]:
        return [words for found in self.rounds for words in found.lost]

    @property
    def doubled(self) -> list[str]:
        return [words for found in self.rounds for words in found.doubled]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to live, and when it is enough: so many kills, at least so many of each kind."""

    folder: Path
    mode: str  # "cron" or "daemon"
    kills: int
    each: int
    seed: int
    begin: datetime
    longest: int = 60  # seconds of a life; one that hangs is a failure
    on_death: Callable[[Tally], None] = lambda _tally: None


async def rounds(plan: Plan, make_database: MakeDatabase, grave: Undertaker) -> Tally:
    """Tell the newsroom again and again until enough lives have ended early."""
    clock = Clock(now=plan.begin)
    async with newsroom(plan.begin, clock) as room:
        config.write(plan.folder, room)
        return await _rounds(plan, room, clock, make_database, grave)


async def _rounds(
    plan: Plan, room: Newsroom, clock: Clock, make_database: MakeDatabase, grave: Undertaker
) -> Tally:
    tally = Tally()
    while tally.kills.total() < plan.kills or wanting(tally.kills, KINDS, plan.each):
        if len(tally.rounds) > max(MOST_ROUNDS, plan.kills // 5):
            raise AssertionError(f"too few died: {tally.kills}")
        room.mails.clear()
        room.posts.clear()
        with make_database() as url:
            clock.now = plan.begin
            await _tell(plan, clock, url, tally, grave)
            db = Database(url)
            tally.rounds.append(inquest(room, *db.now(evidence)))
            db.close()
    return tally


async def _tell(plan: Plan, clock: Clock, url: str, tally: Tally, grave: Undertaker) -> None:
    """Live until no work is left; a life is counted as killed only while there was some.

    The world's clock is set to each life's: a row that died often is held for hours, or days.
    """
    db = Database(url)
    order: dict[str, Any] = {"folder": str(plan.folder), "database": url, "mode": plan.mode}
    order["longest"] = plan.longest
    for _ in range(MOST_LIVES):
        turn = await anyio.to_thread.run_sync(db.now, _turn, clock.now)
        if turn is None:
            return db.close()
        clock.now = max(clock.now, turn)
        order |= {
            "now": clock.now.isoformat(),
            "seed": plan.seed + 1_000 * len(tally.rounds) + tally.kills.total(),
            "chances": _chances(tally),
        }
        died = await anyio.to_thread.run_sync(grave.bury, order)
        if died:
            tally.kills[died] += 1
            plan.on_death(tally)
        clock.now += BETWEEN
    raise AssertionError(f"still at work after {MOST_LIVES} lives")


def _turn(session: Session, now: datetime) -> datetime | None:
    """When there is work again; now, for a newsroom of which nothing is known yet."""
    if session.scalars(select(FeedRow.id).limit(1)).first() is None:
        return now
    return next_work(session, now)


def _chances(tally: Tally) -> dict[str, float]:
    """Likelier where fewer have died: every kind of step of a room must have its turn."""
    chances = {}
    for kind, room in KINDS.items():
        mean = statistics.mean(tally.kills[other] for other in KINDS if KINDS[other] == room)
        rarity = ((mean + 1) / (tally.kills[kind] + 1)) ** 2
        chances[kind] = min(SELDOM.get(kind, CHANCE[room]) * rarity, LIKELIEST)
    return chances
