"""What is opened once and handed to every room, and the only clock."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.errors import DatabaseError

if TYPE_CHECKING:  # the clock alone must cost nothing
    from monitor.config import Config
    from monitor.db import Database
    from monitor.pool import Pool
    from monitor.web import Web

CHECK_CLOCK = timedelta(minutes=5)
READERS = ("lxml.html", "trafilatura", "htmldate", "feedparser")  # 0.8 s to load, and 80 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The configuration, the three doors, and the clock.

    `learn`: what is found is marked as known and alerts nobody. `tally` counts what was done
    (`feeds.polled`, `articles.read`, …) for the summary of a run; nothing is decided by it.
    """

    config: "Config"
    db: "Database"
    web: "Web"
    pool: "Pool"
    now: Callable[[], datetime]
    learn: bool = False
    tally: Counter[str] = field(default_factory=Counter)


def utcnow() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


class Clock:
    """The host's clock, put right by the database's: a lease ends for every host at once."""

    def __init__(self, db: "Database") -> None:
        self._db = db
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Give the time as the database tells it (SQLite: as this host does)."""
        return utcnow() + self._ahead

    async def check(self) -> None:
        """Compare the two clocks; a database that cannot be asked leaves all as it was."""
        from monitor.db import ahead  # noqa: PLC0415

        with suppress(DatabaseError):
            self._ahead = await self._db.run(ahead, utcnow)

    async def follow(self) -> None:
        """Compare them every few minutes, for ever: clocks drift and jump."""
        while True:
            await asyncio.sleep(CHECK_CLOCK.total_seconds())
            await self.check()


@asynccontextmanager
async def open_app(
    config: "Config", *, now: Callable[[], datetime] | None = None, learn: bool = False
) -> AsyncIterator[App]:
    """Open everything, and close it in the reverse order whatever happens.

    The clock is `now`; without one, this host's as the database corrects it.
    """
    from monitor.db import Database  # noqa: PLC0415
    from monitor.pool import Pool  # noqa: PLC0415
    from monitor.web import Web  # noqa: PLC0415

    db = Database(config.database)
    clock = Clock(db)
    web = Web(config.http, now or clock)
    pool = Pool(preload=READERS)
    following = None
    try:
        if now is None and db.dialect != "sqlite":
            await clock.check()
            following = asyncio.create_task(clock.follow())
        yield App(config=config, db=db, web=web, pool=pool, now=now or clock, learn=learn)
    finally:
        if following is not None:
            following.cancel()
        pool.close()
        await web.close()
        db.close()
