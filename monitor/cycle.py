"""Drain the rooms: the one loop behind both the daemon and the cron job."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar

from monitor.app import App
from monitor.collect import flow as collect
from monitor.collect import pushed
from monitor.db import Session
from monitor.deliver import flow as deliver
from monitor.errors import DatabaseError
from monitor.hubs import flow as hubs
from monitor.judge import flow as judge
from monitor.log import Log
from monitor.read import again
from monitor.read import flow as read
from monitor.records import PendingEntry
from monitor.watch import flow as watch
from monitor.web import canary

log = Log("cycle")

PATIENCE = timedelta(minutes=2)  # for hosts' turns in each room; what is left is for the next run
AT_ONCE = 8  # pieces in one claim: with more, a stop takes longer, and little is gained
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Generic[T]):
    """A kind of work: how to claim one piece, how to do it, how many at a time.

    `claim_some` takes several pieces at once, and `work_some` works on several, where that is much
    cheaper than one after the other.
    `where`: the address of a piece, by which the test story of the day is known.
    """

    name: str
    claim: Callable[[Session, datetime], T | None]
    claim_some: Callable[[Session, datetime, int], Sequence[T]] | None = None
    work: Callable[[App, T], Awaitable[int]]
    work_some: Callable[[App, Sequence[T]], Awaitable[int]] | None = None
    width: int
    every: timedelta
    wakes: str | None = None
    where: Callable[[T], str] = lambda _: ""


async def _read(app: App, pending: PendingEntry) -> int:
    """Read an entry; of pages that no beat could match only what it takes to know that."""
    promising = judge.promising(app.config)
    if app.config.read != "candidates" or canary.ours(pending.entry.link):
        return await read.work(app, pending, promising=promising)
    wanted = partial(judge.might_follow, app.config)
    return await read.work(app, pending, promising=promising, worth=promising, wanted=wanted)


ROOMS: tuple[Room[Any], ...] = (
    Room(
        name="collect",
        claim=collect.claim,
        work=collect.work,
        where=lambda feed: feed.url,
        width=24,
        every=timedelta(seconds=1),  # the others are woken; here the clock alone says who is due
        wakes="read",
    ),
    Room(
        name="pushed",
        claim=pushed.claim,
        work=pushed.work,
        width=4,
        every=timedelta(seconds=5),
        wakes="read",
    ),
    Room(name="hubs", claim=hubs.claim, work=hubs.work, width=4, every=timedelta(minutes=1)),
    Room(
        name="read",
        claim=read.claim,
        claim_some=read.claim_some,
        work=_read,
        where=lambda pending: pending.entry.link,
        width=16,
        every=timedelta(seconds=5),
        wakes="judge",
    ),
    Room(
        name="again",
        claim=again.claim,
        work=again.work,
        width=4,
        every=timedelta(seconds=30),
        wakes="judge",
    ),
    Room(
        name="judge",
        claim=judge.claim,
        claim_some=judge.claim_some,
        work=judge.work,
        work_some=judge.work_some,
        where=lambda pending: pending.article.url,
        width=2,
        every=timedelta(seconds=5),
        wakes="deliver",
    ),
    Room(
        name="deliver",
        claim=deliver.claim,
        work=deliver.work,
        width=8,
        every=timedelta(seconds=5),
    ),
)


@dataclass(slots=True, kw_only=True)
class Limits:
    """When to stop early (asked before each claim), and who wants to know what happened."""

    stop: Callable[[], bool] = field(default=lambda: False)
    on_done: Callable[[Room[Any], int], None] = field(default=lambda _room, _filed: None)
    on_begin: Callable[[Room[Any], Any], None] = field(default=lambda _room, _item: None)
    on_end: Callable[[Room[Any], Any], None] = field(default=lambda _room, _item: None)


async def run_once(
    app: App,
    rooms: Sequence[Room[Any]] = ROOMS,
    limits: Limits | None = None,
    *,
    send: bool = True,
) -> None:
    """Drain every room once, in the order an article passes them; then look after the house."""
    for room in rooms:
        if send or room.name != "deliver":
            await _empty(app, room, limits or Limits())
    if await watch.work(app) and send:
        await _empty(app, rooms[-1], limits or Limits())


async def _empty(app: App, room: Room[Any], limits: Limits) -> None:
    """Drain a room, and again when pieces are due that had to wait for their host's turn."""
    patience = PATIENCE
    while True:
        async with asyncio.TaskGroup() as group:
            await drain(app, room, group, asyncio.Semaphore(room.width), limits)
        pause = app.web.next_turn()
        if pause is None or pause > patience or limits.stop():
            return
        patience -= pause
        await asyncio.sleep(pause.total_seconds())


async def drain(
    app: App,
    room: Room[Any],
    group: asyncio.TaskGroup,
    slots: asyncio.Semaphore,
    limits: Limits,
) -> None:
    """Claim until nothing in the room is due, each piece (or some) worked on by a task of its own.

    What was claimed is worked on, also after a stop: nothing else would bring it back so soon.
    """
    claimed: deque[Any] = deque()
    while claimed or not limits.stop():
        await slots.acquire()
        try:
            if not claimed:
                claimed.extend(await _claim(app, room))
        except BaseException:
            slots.release()
            raise
        if not claimed:
            slots.release()
            return
        group.create_task(_task(app, room, _next(room, claimed), slots, limits))


async def _claim(app: App, room: Room[Any]) -> Sequence[Any]:
    if room.claim_some is not None:
        return await app.db.run(room.claim_some, app.now(), AT_ONCE)
    item = await app.db.run(room.claim, app.now())
    return () if item is None else (item,)


def _next(room: Room[Any], claimed: deque[Any]) -> list[Any]:
    """What the next task works on: one piece, or some; the test story of the day is alone."""
    found = [claimed.popleft()]
    alone = room.work_some is None or canary.ours(room.where(found[0]))
    while claimed and not (alone or canary.ours(room.where(claimed[0]))):
        found.append(claimed.popleft())
    return found


async def _task(
    app: App, room: Room[Any], items: Sequence[Any], slots: asyncio.Semaphore, limits: Limits
) -> None:
    filed = 0
    for item in items:
        limits.on_begin(room, item)
    test = canary.ours(room.where(items[0]))
    try:
        filed = await _work(replace(app, tally=Counter()) if test else app, room, items)
    finally:
        slots.release()
        for item in items:
            limits.on_end(room, item)
    limits.on_done(room, filed)


async def _work(app: App, room: Room[Any], items: Sequence[Any]) -> int:
    """Work on some pieces together; if that fails, on each by itself."""
    try:
        if room.work_some is not None and len(items) > 1:
            return await room.work_some(app, items)
        return await room.work(app, items[0])
    except DatabaseError as error:
        # Nothing was filed: the lease runs out by itself and brings the pieces back.
        for item in items:
            log.warning("not filed", room=room.name, item=getattr(item, "id", None), error=error)
            app.tally["lost"] += 1
    except Exception as error:
        if len(items) > 1:
            return sum([await _work(app, room, (item,)) for item in items])
        # A bug over one item must not stop the others; its lease runs out by itself.
        log.bug(error, room=room.name, item=getattr(items[0], "id", None))
        app.tally["crashed"] += 1
    return 0


class Bells:
    """One bell per room: filing into a table wakes the next room at once."""

    def __init__(self) -> None:
        self._bells: Mapping[str, asyncio.Event] = {room.name: asyncio.Event() for room in ROOMS}

    def ring(self, name: str | None) -> None:
        """Wake a room."""
        if name is not None:
            self._bells[name].set()

    async def wait(self, name: str) -> None:
        """Sleep until the room's bell rings, then silence it."""
        await self._bells[name].wait()
        self._bells[name].clear()
