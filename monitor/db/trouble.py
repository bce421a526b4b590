"""What a database's library said → what is wrong and what to do, without a password."""

import os
import re
from pathlib import Path

from sqlalchemy import URL, exc, make_url

from monitor.db.file import file_of, missing
from monitor.errors import DatabaseError

BUSY_SECONDS = 30
KINDS = "sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE"
FAILURES = (exc.DBAPIError, exc.TimeoutError)  # any other SQLAlchemyError is a bug of ours
RUNS = "check the address, and that the server runs"
# what the library says → what is wrong → what to do
TROUBLES = (
    (
        "is locked",
        f"another program has been writing to it for {BUSY_SECONDS} s",
        "end that one, or try again later",
    ),
    (
        "readonly|read-only",
        "it may only be read",
        "let this user write to the file and to its folder",
    ),
    (
        "disk is full|disk full|no space|could not extend|disk i/o",
        "its disk is full or failing",
        "make room on its disk; what was done is kept",
    ),
    ("not a database", "the file is no SQLite database", "name another, or restore a backup"),
    ("malformed", "the file is damaged", "restore a backup; `monitor db backup` makes them"),
    (
        "no such table|no such column|(relation|column) .* does not exist",
        "tables are missing from it",
        "run `monitor db upgrade`",
    ),
    (
        'database "(?P<name>[^"]*)" does not exist',
        "the server has no database {name!r}",
        "create it with `createdb {name}`",
    ),
    (
        'role "(?P<name>[^"]*)" does not exist',
        "the server knows no user {name!r}",
        "create it with `createuser {name}`, or name another",
    ),
    (
        "password|no pg_hba|authentication",
        "the server did not let this user in",
        "check user and password (PGPASSWORD or ~/.pgpass)",
    ),
    ("permission denied", "this user lacks a right there", "grant this user the right to do that"),
    (
        "too many (clients|connections)|remaining connection slots",
        "the server has no connection left",
        "end other programs, or raise its max_connections",
    ),
    ("resolve|translate|name or service", "no host of that name is known", RUNS),
    ("refused|no route|unreachable", "no server answers there", RUNS),
    ("timeout expired|timed out|timeout", "no answer came in time", RUNS),
    (
        "closed|terminat|shut|starting|lost|reset|eof",
        "the server ended the connection",
        RUNS,
    ),
)


def explain(url: URL, error: exc.SQLAlchemyError) -> str:
    """Say what is wrong with the database and what to do, without a password."""
    cause = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
    problem, remedy = _of_file(url, cause) or _known(cause) or (_clean(url, cause), "")
    return f"database {shown(url)}: {problem}; {remedy or 'see `monitor db check`'}"


def _known(cause: str) -> tuple[str, str] | None:
    for words, problem, remedy in TROUBLES:
        if found := re.search(words, cause, re.IGNORECASE):
            names = found.groupdict()
            return problem.format(**names), remedy.format(**names)
    return None


def _of_file(url: URL, cause: str) -> tuple[str, str] | None:
    """SQLite says no more than that it cannot open a file; the file itself tells why."""
    path = file_of(url)
    if path is None or "unable to open" not in cause:
        return None
    if missing(url):
        return "the file is gone", "put it back, or start again to begin a new one"
    if path.is_dir():
        return "this is a folder", f"name a file in it, such as {path / 'monitor.db'}"
    if not os.access(path, os.R_OK):
        return "this user may not read it", "let this user read and write the file"
    if not os.access(path.parent, os.W_OK):
        problem = "this user may not write to its folder, where SQLite keeps what is new"
        return problem, f"let this user write to {path.parent}"
    return "the file cannot be opened", "let this user read and write it"


def _clean(url: URL, cause: str) -> str:
    cause = cause.splitlines()[0]
    for secret in _secrets(url):
        cause = cause.replace(secret, "***")
    return cause


def _secrets(url: URL) -> list[str]:
    hidden = [url.password, url.query.get("password"), url.query.get("sslpassword")]
    # An @ in a password that is not written as %40 ends it too early: the rest looks like a host.
    hidden.append((url.host or "").rpartition("@")[0])
    return [str(secret) for secret in hidden if secret]


def shown(address: str | URL) -> str:
    """Give the address of a database without its password, wherever that stands."""
    clean = make_url(address).difference_update_query(["password", "sslpassword"])
    if clean.host and "@" in clean.host:
        clean = clean.set(host=clean.host.rpartition("@")[2])
    return clean.render_as_string(hide_password=True)


def no_file(url: URL, path: Path, error: Exception | str) -> DatabaseError:
    """The error for a database whose file could not be made."""
    why = getattr(error, "strerror", None) or error
    remedy = f"let this user write to {path.parent}, or name another place"
    return DatabaseError(f"database {shown(url)}: it cannot be made: {why}; {remedy}")
