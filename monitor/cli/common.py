"""What every command shares: options, opening the house, printing results, exit codes."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor import log

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.config import Config
    from monitor.db import Database

T = TypeVar("T")
LONGEST_INPUT = 50_000_000


class Exit(IntEnum):
    """What the exit code says."""

    OK = 0
    BUG = 1
    USAGE = 2
    CONFIG = 3
    DATABASE = 4
    LOCKED = 5
    FEEDS = 6
    DEAD_LETTERS = 7
    FOUND = 8


@dataclass(slots=True)
class Options:
    """The options that every command takes, given before or after its name."""

    config: str | None = None
    json: bool = False
    verbosity: int = 0
    log_format: str = "text"
    color: bool | None = None
    dry_run: bool = False
    database: "Database | None" = None
    loaded: "Config | None" = None

    def load(self) -> "Config":
        """Read the configuration, once; ConfigError lists every mistake."""
        from monitor.cli import whole

        if self.loaded is None:
            self.loaded = whole.load(self.config)
        return self.loaded


def _store(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        options = context.find_root().ensure_object(Options)
        if name == "verbosity":
            options.verbosity += value
        elif name == "quiet":
            options.verbosity -= int(value)
        elif name == "no_color":
            options.color = False if value else options.color
        elif value:
            setattr(options, name, value)

    return callback


def shared() -> list[click.Option]:
    """The options of every command, made anew for each."""

    def option(*names: str, to: str, **settings: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_store(to), **settings)

    return [
        option("-c", "--config", to="config", metavar="PATH", help="Configuration file or folder."),
        option("--json", "_json", to="json", is_flag=True, help="Print results as JSON."),
        option("-v", "--verbose", to="verbosity", count=True, help="Say more; twice: everything."),
        option("-q", "--quiet", to="quiet", is_flag=True, help="Say less."),
        option(
            "--log-format",
            to="log_format",
            type=click.Choice(["text", "json"]),
            help="Form of the log lines on stderr.",
        ),
        option("--no-color", to="no_color", is_flag=True, help="No colors (also NO_COLOR)."),
    ]


class Command(click.Command):
    """A command that takes the shared options too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(shared())

    def invoke(self, ctx: click.Context) -> Any:
        """Set up the log, now that all options are known, and run."""
        options = ctx.find_root().ensure_object(Options)
        log.setup(verbosity=options.verbosity, form=options.log_format)
        return super().invoke(ctx)


class Group(click.Group):
    """A group whose commands take the shared options."""

    command_class = Command
    group_class = type


def dry_run(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --dry-run to a command that writes or sends."""
    return click.option(
        "--dry-run",
        is_flag=True,
        expose_value=False,
        callback=_store("dry_run"),
        help="Say what would be done, and do nothing.",
    )(command)


pass_options = click.make_pass_decorator(Options, ensure=True)


def with_app(options: Options, job: Callable[["App"], Awaitable[T]]) -> T:
    """Open the house, run one job in it, close it again."""
    from monitor.app import open_app

    async def inside() -> T:
        async with open_app(options.load()) as app:
            return await job(app)

    return asyncio.run(inside())


def with_db(options: Options, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Read with one `function(session, …)`: no writer is waited for, and nothing is made."""
    result: T = open_db(options)(function, *args, **kwargs)
    return result


def change_db(options: Options, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run one `function(session, …)` in a transaction on a database that is there."""
    result: T = _opened(options).now(function, *args, **kwargs)
    return result


def open_db(options: Options) -> Callable[..., Any]:
    """Open the configured database, its schema at head; return what reads with functions."""
    return _opened(options).read


def make_db(options: Options) -> None:
    """Make the configured database where there is none yet."""
    from contextlib import closing

    from monitor import schema
    from monitor.db import Database

    with closing(Database(options.load().database)) as database:
        schema.ensure(database.engine)


def _opened(options: Options) -> "Database":
    from monitor import schema
    from monitor.db import Database

    if options.database is None:
        database = Database(options.load().database)
        click.get_current_context().find_root().call_on_close(database.close)
        schema.require(database.engine)
        options.database = database
    return options.database


def print_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, default=_text))


def _text(value: Any) -> str:
    return str(value.isoformat() if isinstance(value, datetime) else value)


def print_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print JSON Lines."""
    for row in rows:
        print_json(row)


def print_table(head: Sequence[str], rows: Sequence[Sequence[Any]], *, nothing: str) -> None:
    """Print columns that line up and fit the terminal; the last column is cut, never wrapped."""
    if not rows:
        click.echo(nothing, err=True)
        return
    cells = [[printable(cell) for cell in row] for row in [list(head), *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    space = terminal_width()
    for number, row in enumerate(cells):
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = line.rstrip() if space is None else line.rstrip()[:space]
        click.echo(click.style(line, bold=True) if number == 0 else line)


def terminal_width() -> int | None:
    """The width of the terminal, or None when the output goes elsewhere."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def printable(value: Any) -> str:
    """A cell: one line, no control characters, times without fractions."""
    if value is None:
        return "–"
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y-%m-%d %H:%M"))
    text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    return "".join(char if char.isprintable() else " " for char in text)


def read_input(name: str) -> bytes:
    """Read a file, or standard input for `-`; raise UsageError with the remedy."""
    from monitor.errors import UsageError

    try:
        if name == "-":
            data = sys.stdin.buffer.read(LONGEST_INPUT + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(LONGEST_INPUT + 1)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from error
    if len(data) > LONGEST_INPUT:
        raise UsageError(f"{name}: is larger than {LONGEST_INPUT:,} bytes; give a part of it")
    return data
