"""A service on an empty database, a loopback site, a clock that stands still."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor.app import App
from monitor.config import Config, Http
from monitor.db import Database, make_file
from monitor.pool import Pool
from monitor.read import flow
from monitor.tables import ArticleRow, Base, EntryRow, FeedRow
from monitor.web import Web
from tests.world import Clock


@dataclass
class Room:
    """The reading room with its doors open."""

    app: App
    clock: Clock

    def add(self, link: str, *, feed: str = "https://feed.example/1", **said: Any) -> int:
        """Put an entry in the queue, as a feed brought it; return its id."""

        def put(session: Session) -> int:
            row = session.query(FeedRow).filter_by(url=feed).one_or_none()
            if row is None:
                row = FeedRow(url=feed, added_at=self.clock(), outlet="The Harbour Post")
                session.add(row)
                session.flush()
            entry = EntryRow(
                feed_id=row.id,
                link=link,
                canonical_link=link,
                first_seen_at=self.clock(),
                due_at=self.clock(),
                **{"title": "A headline from the feed", **said},
            )
            session.add(entry)
            session.flush()
            return entry.id

        return self.app.db.now(put)

    async def read(self) -> int:
        """Read all that is due; return how many articles are now to be judged."""
        due = 0
        while pending := await self.app.db.run(flow.claim, self.clock()):
            due += await flow.work(self.app, pending)
        return due

    def entry(self, entry_id: int) -> EntryRow:
        return self.app.db.now(lambda session: session.get_one(EntryRow, entry_id))

    def articles(self) -> list[ArticleRow]:
        return self.app.db.now(lambda session: session.query(ArticleRow).order_by("id").all())

    def change(self, row: type[Any], row_id: int, **values: Any) -> None:
        """Do what another room would do."""

        def put(session: Session) -> None:
            for name, value in values.items():
                setattr(session.get_one(row, row_id), name, value)

        self.app.db.now(put)


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    opened = Pool()
    yield opened
    opened.close()


@pytest.fixture
async def room(tmp_path: Path, clock: Clock, pool: Pool) -> AsyncIterator[Room]:
    http = Http(allow_networks=("127.0.0.0/8",))
    db = Database(f"sqlite:///{tmp_path}/monitor.db")
    make_file(db.engine)
    Base.metadata.create_all(db.engine)
    web = Web(http, clock)
    config = Config(folder=tmp_path, http=http)
    yield Room(App(config=config, db=db, web=web, pool=pool, now=clock), clock)
    await web.close()
    db.close()
