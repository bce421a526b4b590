"""A life's order → doors that note each step of real work, and the death at one drawn by chance.

A step is a moment at which the world has just changed, or is about to: after a claim that gave
something to do, after an answer, before and after the commit of what is filed, before and after
a send. A claim that found nothing is none: there was no work to interrupt.
"""

import os
import random
import signal
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from monitor.collect import filing as collect
from monitor.config import Config
from monitor.cycle import ROOMS
from monitor.deliver import flow as deliver
from monitor.deliver import store as outbox
from monitor.judge import flow as judge
from monitor.read import flow as read
from monitor.records import Delivery, Message
from monitor.tables import ArticleRow, DeliveryRow, EntryRow, FeedRow
from monitor.web import Web

# What is in death after death is put off for hours, a page at last judged by its headline; that is
# right, but not what is asked here: short of it.
MOST_DEATHS = 4
LEASE = timedelta(seconds=20)  # shorter than in life: a newsroom's clock need not run for days
FILES = {
    collect.file: "collect",
    collect.file_failure: "collect",
    read.file: "read",
    read.file_failure: "read",
    judge.file: "judge",
    judge.file_plain: "judge",
    outbox.finish: "deliver",
    outbox.fail: "deliver",
}
CLAIMS = {
    claim: room.name
    for room in ROOMS
    for claim in (room.claim, room.claim_some)
    if claim is not None and room.name in FILES.values()
}
ANSWERS = {"feed": "feed", "page": "page", "text": "robots.txt"}
CHANNELS = ("desk", "hook")
KINDS = {  # every kind of step, and the room whose it is
    **{f"after claim: {room}": room for room in CLAIMS.values()},
    "after fetch: feed": "collect",
    "after fetch: robots.txt": "read",
    "after fetch: page": "read",
    **{f"before commit: {room}": room for room in CLAIMS.values()},
    **{f"after commit: {room}": room for room in CLAIMS.values()},
    **{f"before send: {channel}": "deliver" for channel in CHANNELS},
    **{f"after send: {channel}": "deliver" for channel in CHANNELS},
}


def next_work(session: Session, now: datetime) -> datetime | None:
    """When the next piece of work is free: due, held by a life that has ended, or to be retried.

    A feed that answered has no more to tell here, and small news waits an hour.
    """
    unfinished = (
        (FeedRow, FeedRow.ok_at.is_(None)),
        (EntryRow, true()),
        (ArticleRow, true()),
        (DeliveryRow, or_(DeliveryRow.due_at <= now, DeliveryRow.attempts > 0)),
    )
    turns = [
        session.scalars(select(func.min(rows.due_at)).where(which)).one()
        for rows, which in unfinished
    ]
    return min(filter(None, turns), default=None)


def idle(session: Session, now: datetime) -> bool:
    """Say whether nothing is due, and this life has filed all that it claimed."""
    turn = next_work(session, now)
    return turn is None or (turn > now and turn != now + LEASE)


def burdened(session: Session, now: datetime) -> bool:
    """Say whether this life holds, or may yet claim, what has been in so many deaths already.

    Its clock stands still, so what it has claimed itself is known by the end of the lease.
    """
    for rows in (FeedRow, EntryRow, ArticleRow):
        worst = select(rows.attempts, rows.due_at).where(rows.attempts >= MOST_DEATHS)
        for attempts, due_at in session.execute(worst.where(rows.due_at.is_not(None))):
            if due_at <= now or due_at in {now + LEASE, now + LEASE * 2 ** min(attempts, 12)}:
                return True
    return False


class Steps:
    """Ends the process without a word, each kind of step with a chance of its own.

    `careful`: something in the hands of this life must not be in one more death.
    """

    careful = False

    def __init__(self, chances: Mapping[str, float], seed: int, last_words: int) -> None:
        self._chances = chances
        self._dice = random.Random(seed)  # noqa: S311
        self._last_words = last_words

    def step(self, kind: str) -> None:
        """Live on, or say at which kind of step the end came, and be gone."""
        if self._dice.random() < self._chances.get(kind, 0) and not self.careful:
            os.write(self._last_words, kind.encode())
            os.kill(os.getpid(), signal.SIGKILL)


class Door:
    """A door of the house; what is not overridden leads straight through."""

    def __init__(self, door: Any, steps: Steps) -> None:
        self.door = door
        self.steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self.door, name)


class MortalDb(Door):
    """The database; `on_idle` is called when a claim found nothing and no work is left."""

    def __init__(self, door: Any, steps: Steps, on_idle: Callable[[], None]) -> None:
        super().__init__(door, steps)
        self._on_idle = on_idle

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if function in CLAIMS:
            return await self._claim(function, *args)
        if (room := FILES.get(function)) is None:
            return await self.door.run(function, *args, **kwargs)

        def filed(session: Session) -> Any:
            result = function(session, *args, **kwargs)
            session.flush()
            self.steps.step(f"before commit: {room}")
            return result

        result = await self.door.run(filed)
        self.steps.step(f"after commit: {room}")
        return result

    async def _claim(self, claim: Callable[..., Any], now: datetime, *most: int) -> Any:
        def taken(session: Session) -> Any:
            found = claim(session, now, *most)
            self.steps.careful = burdened(session, now)
            return found

        claimed = await self.door.run(taken)
        if claimed:
            self.steps.step(f"after claim: {CLAIMS[claim]}")
        elif await self.door.run(idle, now):
            self._on_idle()
        return claimed


class MortalWeb(Door):
    """The web, as far as it is asked; posts are the outbox's, see `mortal_sends`."""

    async def get(self, url: str, *, accept: str = "feed", **how: Any) -> Any:
        try:
            return await self.door.get(url, accept=accept, **how)
        finally:  # "there is none" is an answer too
            self.steps.step(f"after fetch: {ANSWERS[accept]}")


def mortal_sends(steps: Steps) -> None:
    """Put a step before and after every send of this process."""
    send = deliver.hand_over

    async def stepped(
        config: Config, web: Web, delivery: Delivery, message: Message, now: datetime
    ) -> str:
        steps.step(f"before send: {delivery.channel}")
        answer = await send(config, web, delivery, message, now)
        steps.step(f"after send: {delivery.channel}")
        return answer

    deliver.hand_over = stepped
