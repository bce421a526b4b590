"""Runs the pipeline in a forked child again and again, each time killed -9 at its n-th step.

A step is a moment at which something outside could have changed: before and after each
transaction, each request, each page taken apart. Reads a JSON line for each run from stdin,
{"folder", "kill_at", "now"}, and answers {"killed", "steps"}.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import monitor.db
from monitor import config, cycle
from monitor.app import App, open_app
from monitor.collect import store
from monitor.deliver import email
from monitor.read import extract  # noqa: F401  imported once, before the forks

monitor.db.LEASE = timedelta(seconds=20)


class Steps:
    """Counts, and ends the process without a word when its time has come."""

    def __init__(self, kill_at: int) -> None:
        self.done = 0
        self._kill_at = kill_at

    def step(self) -> None:
        self.done += 1
        if self.done == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Mortal:
    """Any door of the house, with a step before and after each call through it."""

    def __init__(self, door: Any, steps: Steps) -> None:
        self._door = door
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._door, name)
        return self._wrapped(found) if asyncio.iscoroutinefunction(found) else found

    def _wrapped(self, call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def stepped(*args: Any, **kwargs: Any) -> Any:
            self._steps.step()
            result = await call(*args, **kwargs)
            self._steps.step()
            return result

        return stepped


class Inline:
    """The pool without processes: a killed run must not leave orphans by the hundred."""

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)


async def live(folder: Path, now: datetime, steps: Steps) -> None:
    """One run of the pipeline among mortal doors."""
    settings = config.load(folder)
    async with open_app(settings, now=lambda: now) as app:
        doors = {"db": Mortal(app.db, steps), "web": Mortal(app.web, steps)}
        mortal: App = replace(app, pool=Mortal(Inline(), steps), **doors)
        await mortal.db.run(store.sync_feeds, settings.feeds, now)
        await cycle.run_once(mortal)


def child(order: dict[str, Any], answer: int) -> None:
    """Live, and say at the end how many steps it took."""
    steps = Steps(order["kill_at"])
    send = email.send

    async def mortal_send(*args: Any, **kwargs: Any) -> None:
        steps.step()
        await send(*args, **kwargs)
        steps.step()

    email.send = mortal_send
    asyncio.run(live(Path(order["folder"]), datetime.fromisoformat(order["now"]), steps))
    os.write(answer, str(steps.done).encode())
    os._exit(0)


def main() -> None:
    """Bury them one after another."""
    for line in sys.stdin:
        read, write = os.pipe()
        if (pid := os.fork()) == 0:
            child(json.loads(line), write)
        os.close(write)
        _, status = os.waitpid(pid, 0)
        steps = os.read(read, 20).decode()
        os.close(read)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed, "steps": int(steps or 0)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
