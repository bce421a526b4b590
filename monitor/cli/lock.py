"""One run of a configuration at a time: the lock, who holds it, and who died with it."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from monitor.config import Config
from monitor.errors import DatabaseError, Locked

T = TypeVar("T")


@contextlib.contextmanager
def only_one(config: Config) -> Iterator[None]:
    """Hold the run lock of this configuration, or raise Locked; a dead process holds none."""
    import fcntl

    from monitor.app import utcnow
    from monitor.desk.store import runs

    # The folder itself is locked: no file to leave behind, to plant, or to lack the right to write.
    lock = os.open(config.folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Locked(_who_runs(config)) from error
        _tell_of_the_dead(_noted(config, runs.begin, os.getpid(), utcnow()))
        try:
            yield
        finally:
            with contextlib.suppress(DatabaseError):
                _noted(config, runs.end)
    finally:
        os.close(lock)


def _noted(config: Config, function: Callable[..., T], *args: Any) -> T:
    from monitor.db import Database

    with contextlib.closing(Database(config.database)) as database:
        return database.now(function, *args)


def _who_runs(config: Config) -> str:
    from monitor.desk.store import runs

    who = ""
    with contextlib.suppress(DatabaseError):
        who = _noted(config, runs.running)
    return (
        f"another run-once of {config.folder} is still running{f' ({who})' if who else ''}; this "
        "one did nothing. Let cron call it less often, or give it --max-seconds"
    )


def _tell_of_the_dead(before: str) -> None:
    from monitor.db import LEASE
    from monitor.log import Log

    if before:
        minutes = LEASE.total_seconds() / 60
        comes_back = f"what it was at is taken up again within {minutes:g} minutes of its claim"
        Log("run").info("a run never came to its end", run=before, remedy=comes_back)
