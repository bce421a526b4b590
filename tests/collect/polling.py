"""What tests of the collecting room do again and again."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.app import App
from monitor.collect import flow, store
from monitor.config import FeedConfig
from monitor.tables import Base, EntryRow, FeedRow
from tests.world import Asked, Clock, Site

T = TypeVar("T", bound=Base)


def sync(app: App, *urls: str) -> int:
    """Make these the configured feeds."""
    found = [FeedConfig(url=url) for url in urls]
    return app.db.now(store.sync_feeds, found, app.now())


async def poll(app: App) -> int:
    """Work on everything that is due; return how many entries are to be read."""
    filed = 0
    while feed := app.db.now(flow.claim, app.now()):
        filed += await flow.work(app, feed)
    return filed


async def poll_after(app: App, clock: Clock, **amount: float) -> int:
    """Let time pass, then poll what is due."""
    clock.pass_(**amount)
    return await poll(app)


async def poll_later(app: App, clock: Clock) -> int:
    """Poll when everything is due again."""
    return await poll_after(app, clock, days=2)


def settle(app: App) -> None:
    """Everything waiting is read."""

    def rest(session: Session) -> None:
        for row in session.scalars(select(EntryRow)):
            row.due_at, row.fate = None, "judged_no"

    app.db.now(rest)


def rows(app: App, table: type[T]) -> Sequence[T]:
    """All rows of a table."""
    return app.db.now(lambda session: session.scalars(select(table)).all())


def feeds(app: App) -> Sequence[FeedRow]:
    """All feeds, the oldest first."""
    return app.db.now(lambda session: session.scalars(select(FeedRow).order_by("id")).all())


def feed(app: App) -> FeedRow:
    """The only feed."""
    (found,) = feeds(app)
    return found


def entries(app: App) -> Sequence[EntryRow]:
    """All entries, the oldest first."""
    return app.db.now(lambda session: session.scalars(select(EntryRow).order_by("id")).all())


def wait_of(app: App, number: int = 0) -> timedelta:
    """How long until a feed's next turn."""
    due_at: datetime | None = feeds(app)[number].due_at
    assert due_at is not None
    return due_at - app.now()


def validators(asked: Asked) -> tuple[str | None, str | None]:
    """What a request was conditional on."""
    return asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")


def sent(site: Site) -> list[tuple[str | None, str | None]]:
    """What each request was conditional on."""
    return [validators(request) for request in site.requests]
