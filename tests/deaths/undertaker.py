"""Runs the pipeline in a forked child again and again, each to end at a step drawn by chance.

Reads a JSON line for each life from stdin, {"folder", "database", "now", "mode", "chances",
"seed", "longest"}, and answers {"died": the kind of step} with "" for a life that came to its
end, or {"failed": why} for one that neither finished nor was killed.
"""

import asyncio
import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import configure_mappers

import monitor.db
from monitor import config, cycle, daemon
from monitor.app import App, open_app
from monitor.collect import store
from monitor.judge.rules import rules_of
from tests.deaths.steps import LEASE, MortalDb, MortalWeb, Steps, mortal_sends

monitor.db.LEASE = LEASE


class Inline:
    """The pool without processes: a killed run must not leave orphans by the hundred."""

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)


def settings_of(order: dict[str, Any]) -> config.Config:
    """The configuration of a life, with a database of its own."""
    return config.load(order["folder"], {"MONITOR__DATABASE": order["database"]})


async def live(order: dict[str, Any], steps: Steps) -> None:
    """One run among mortal doors: as cron starts it, or the daemon until all work is done."""
    settings, now = settings_of(order), datetime.fromisoformat(order["now"])
    by_daemon = order["mode"] == "daemon"

    def retire() -> None:
        if by_daemon:
            os.kill(os.getpid(), signal.SIGTERM)

    async with open_app(settings, now=lambda: now) as app:
        doors: dict[str, Any] = {
            "db": MortalDb(app.db, steps, retire),
            "web": MortalWeb(app.web, steps),
            "pool": Inline(),
        }
        mortal: App = replace(app, **doors)
        await mortal.db.run(store.sync_feeds, settings.feeds, now)
        await (daemon.run(mortal) if by_daemon else cycle.run_once(mortal))


def child(order: dict[str, Any], last_words: int) -> None:
    """Live, and leave a word only if killed at a step."""
    signal.alarm(order["longest"])
    steps = Steps(order["chances"], order["seed"], last_words)
    mortal_sends(steps)
    try:
        asyncio.run(live(order, steps))
    finally:
        os._exit(1 if sys.exc_info()[0] else 0)


def bury(order: dict[str, Any]) -> dict[str, str]:
    """Fork, wait for the end, and say what it was."""
    read, write = os.pipe()
    if (pid := os.fork()) == 0:
        child(order, write)
    os.close(write)
    _, status = os.waitpid(pid, 0)
    kind = os.read(read, 100).decode()
    os.close(read)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and kind:
        return {"died": kind}
    return {"died": ""} if status == 0 else {"failed": f"wait status {status} after {kind!r}"}


@lru_cache
def warm(folder: str) -> None:
    """Import and compile once, before the forks, what every life needs."""
    for module in pkgutil.walk_packages(monitor.__path__, "monitor."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    configure_mappers()
    rules_of(config.load(folder))
    gc.freeze()


def main() -> None:
    """Bury them one after another."""
    for line in sys.stdin:
        order = json.loads(line)
        warm(order["folder"])
        sys.stdout.write(json.dumps(bury(order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
