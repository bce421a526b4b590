"""The entry: commands found on use, and every error turned into its words and exit code."""

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence

import click

from monitor import __version__, log
from monitor.cli.common import Command, Exit, Options, shared
from monitor.errors import ConfigError, DatabaseError, Locked, MonitorError, UsageError

# command → the module of monitor.cli that holds it, and its first line of help
COMMANDS = {
    "init": ("start", "Write a starter configuration; never overwrites."),
    "run": ("run", "Run as a daemon until told to stop."),
    "run-once": ("run", "Do one full cycle for cron: poll, read, judge, alert, exit."),
    "serve": ("serving", "Serve the pages that alerts link to."),
    "demo": ("start", "Play a small newsroom on loopback through the whole pipeline."),
    "check": ("check", "Check configuration, database, beats, channels and feeds."),
    "explain": ("explain", "Tell the fate of an article or entry, stage by stage."),
    "judge": ("judging", "Judge a page or a text; store nothing."),
    "evaluate": ("judging", "Measure a beat on labelled texts."),
    "rejudge": ("judging", "Judge stored articles again after a beat changed."),
    "backtest": ("judging", "See what a changed beat would have alerted."),
    "feeds": ("feeds", "List, add, remove, pause, import and export feeds."),
    "beats": ("beats", "List, show, lint and fit beats; report on shadow beats."),
    "hits": ("hits", "List, show, label and export hits."),
    "cases": ("cases", "List, show and export cases."),
    "alerts": ("alerts", "List, render, test, retry, acknowledge and drop alerts."),
    "silence": ("silence", "Hide what nobody wants to hear of; list, expire."),
    "search": ("search", "Search the text of stored articles."),
    "db": ("database", "Upgrade, check, back up and prune the database."),
    "healthcheck": ("check", "Say whether the service is well, for container engines."),
    "config": ("config", "Show the configuration and where each value comes from."),
}


class Lazy(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"monitor.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or suggest the one that was meant."""
        import difflib

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else " See `monitor --help`."
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=Lazy, params=list(shared()), context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="monitor")
def cli() -> None:
    """Watch the news for a desk that cannot afford to miss one kind of story."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with the code that tells what happened."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run(arguments))


def _terminated(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code."""
    options = Options()
    log.setup()
    if os.environ.get("NO_COLOR"):
        options.color = False
    try:
        _must_be_text(sys.argv[1:] if arguments is None else arguments)
        result = cli.main(
            arguments, prog_name="monitor", standalone_mode=False, obj=options, color=options.color
        )
    except (click.exceptions.Abort, KeyboardInterrupt):
        return 128 + signal.SIGINT
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # click ends so for `monitor … | head`
            return _failed(end.__context__)
        raise
    except BaseExceptionGroup as group:
        return _failed(_first(group))
    except Exception as error:  # noqa: BLE001  the last door: every bug leaves with code 1
        return _failed(error)
    return int(result or 0)


def _must_be_text(arguments: Sequence[str]) -> None:
    for word in arguments:
        if not word.isascii() and any("\ud800" <= char <= "\udfff" for char in word):
            shown = word.encode("utf-8", "backslashreplace").decode()
            raise UsageError(f"{shown!r} is no text: its bytes are not UTF-8; write it anew")


def _failed(error: BaseException) -> int:
    if isinstance(error, click.ClickException):
        error.show()
        return Exit.USAGE
    if isinstance(error, BrokenPipeError):
        with contextlib.suppress(OSError, ValueError):  # what is still buffered goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    codes: tuple[tuple[type[MonitorError], Exit], ...] = (
        (UsageError, Exit.USAGE),
        (ConfigError, Exit.CONFIG),
        (DatabaseError, Exit.DATABASE),
        (Locked, Exit.LOCKED),
    )
    for kind, code in codes:
        if isinstance(error, kind):
            click.echo(_words(error), err=True)
            return code
    if not isinstance(error, Exception):
        raise error
    log.Log("cli").bug(error)
    return Exit.BUG


def _words(error: BaseException) -> str:
    if isinstance(error, ConfigError) and len(error.mistakes) > 1:
        return f"{error}\n{len(error.mistakes)} mistakes; nothing was started"
    return f"error: {error}" if not isinstance(error, ConfigError) else str(error)


def _first(group: BaseException) -> BaseException:
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


__all__ = ["Command", "cli", "main", "run"]
