"""A `run-once` with nothing to do → its summary, without loading what a run needs. SQLite only."""

import fcntl
import os
from pathlib import Path
from typing import Any

from monitor.app import utcnow
from monitor.cli.prints import feeds_print, fingerprint
from monitor.config import Config
from monitor.config.shipped import newest_migration
from monitor.desk import summary
from monitor.desk.store.idle import idle

FILE = "sqlite:///"


def nothing_to_do(config: Config) -> dict[str, Any] | None:
    """The summary of a run in which no room has anything to do; None if one has, or may have."""
    address = config.database
    if not address.startswith(FILE) or "?" in address or not _free(config.folder):
        return None
    now = utcnow()
    prints = {"good rules": fingerprint(config), "feeds": feeds_print(config)}
    stored = idle(Path(address.removeprefix(FILE)), prints, newest_migration(), now)
    return summary.summary({}, stored, now, utcnow(), 0) if stored else None


def _free(folder: Path) -> bool:
    """Whether no other run of this configuration is at work."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
