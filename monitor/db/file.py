"""The file of a SQLite database: where it is, whether it is there, and how it is begun."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import URL


def file_of(url: URL) -> Path | None:
    """The file that holds a database; None for one in memory, by URI, or on a server."""
    name = url.database
    if url.get_backend_name() != "sqlite" or not name:
        return None
    return None if name == ":memory:" or name.startswith("file:") else Path(name)


def missing(url: URL) -> bool:
    """Say whether a database's file was never made, or is gone."""
    path = file_of(url)
    if path is None:
        return False
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may well be there: opening it says what is wrong
        return False
    return False


def identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where it cannot be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def address(path: Path) -> str:
    """The URI under which SQLite opens a file that exists, and never makes one."""
    # With no log beside it nobody writes; SQLite would fail for want of a place to make one.
    folder = path.absolute().parent
    sealed = not os.access(folder, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{path.absolute().as_uri()}?mode=rw" + ("&immutable=1" if sealed else "")


def hindered(path: Path) -> str:
    """Why a file could not be made, as far as that can be seen without making it."""
    near = next(folder for folder in path.absolute().parents if os.path.lexists(folder))
    if os.path.lexists(path):
        return ""
    if not near.is_dir():
        return f"{near} is no folder"
    return "" if os.access(near, os.W_OK) else f"this user may not write to {near}"


def begin(path: Path) -> None:
    """Make an empty database in WAL mode, whole or not at all; one that is there stays.

    Processes that meet here make one file between them. Raises OSError or sqlite3.Error.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as folder:
        # SQLite does not wait for its turn to change the mode of a file that others use.
        new = Path(folder) / "new"
        with closing(sqlite3.connect(new)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        with suppress(FileExistsError):
            _put(new, path)


def _put(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        with path.open("xb") as target, new.open("rb") as source:
            shutil.copyfileobj(source, target)
