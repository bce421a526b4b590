"""`check` and `healthcheck`: all mistakes at once, before they cost a story."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from monitor.cli import whole
from monitor.cli.common import (
    Command,
    Exit,
    Options,
    pass_options,
    print_json,
    with_db,
)
from monitor.config import Config
from monitor.config.load import Found, examine
from monitor.errors import DatabaseError, Mistake
from monitor.records import counted

if TYPE_CHECKING:
    from monitor.deliver.trial import Told

LOST = "confirmed story"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong: in a file, or in a part of the house."""

    part: str
    text: str
    mistake: Mistake | None = None

    def __str__(self) -> str:
        """As people read it: a file's mistakes begin with the file."""
        return self.text if self.mistake else f"{self.part}: {self.text}"

    def as_json(self) -> dict[str, Any]:
        """As programs read it."""
        row = {"part": self.part, "problem": self.text}
        if (told := self.mistake) is None:
            return row
        return {**row, "path": told.path, "line": told.line, "column": told.column}


@click.command(cls=Command)
@click.option("--send", is_flag=True, help="Send a test message through every channel.")
@click.option("--feeds", "poll", is_flag=True, help="Ask every feed once; store nothing.")
@pass_options
def check(options: Options, /, *, send: bool, poll: bool) -> int:
    """Check configuration, database, beats, channels and feeds: all mistakes at once."""
    from monitor.config.advice import advice

    found = examine(options.config)
    lacking = _lacking(found.config)
    problems = [*_files(found), *lacking.values(), *_house(found)]
    sent: list[Told] = []
    if not found.mistakes:
        names = [name for name in found.config.alerts.channels if name not in lacking]
        sent = _send(found.config, names) if send else []
        problems += [_failed(told) for told in sent if told.problem]
        problems += [*_feeds(found.config)] if poll else []
    warnings = [_in_file("config", one) for one in advice(found)]
    if options.json:
        _print_json(problems, warnings, sent)
    else:
        _print(found, problems, warnings, sent)
    if found.mistakes or any(problem.part == LOST for problem in problems):
        return Exit.CONFIG
    return Exit.FOUND if problems else Exit.OK


def _print_json(problems: list[Problem], warnings: list[Problem], sent: "list[Told]") -> None:
    told = [one.as_json() for one in sent]
    rows = [problem.as_json() for problem in problems]
    more = {"warnings": [warning.as_json() for warning in warnings], "sent": told}
    print_json({"ok": not problems, "problems": rows, **more})


def _print(
    found: Found, problems: list[Problem], warnings: list[Problem], sent: "list[Told]"
) -> None:
    for problem in problems:
        click.echo(str(problem))
    for warning in warnings:
        click.echo(f"warning: {warning}")
    for told in sent:
        if not told.problem:
            click.echo(str(told))
    click.echo(counted(len(problems), "mistake") if problems else _well(found.config))


def _well(config: Config) -> str:
    numbers = (
        (len(config.feeds), "feed"),
        (len(config.beats), "beat"),
        (len(config.alerts.channels), "channel"),
        (len(config.alerts.routes), "route"),
    )
    said = ", ".join(counted(number, noun) for number, noun in numbers)
    return f"{config.folder}: no mistakes; {said}"


def _in_file(part: str, mistake: Mistake) -> Problem:
    return Problem(part=part, text=str(mistake), mistake=mistake)


def _files(found: Found) -> list[Problem]:
    """Every mistake in the files, and what will cause trouble in beats and gazetteers."""
    from monitor.judge.rules import lint

    config = found.config
    linted = lint(config.beats, tuple(config.gazetteers.values()))
    told = [
        *(_in_file("config", mistake) for mistake in found.mistakes),
        *(_in_file("route", mistake) for mistake in whole.route_mistakes(found)),
        *(_in_file("beat", mistake) for mistake in linted),
    ]
    return sorted(told, key=_place)


def _place(problem: Problem) -> tuple[str, int, int]:
    told = problem.mistake
    return (told.path, told.line, told.column) if told else ("", 0, 0)


def _lacking(config: Config) -> dict[str, Problem]:
    """The channels whose package is not installed; the database says so itself."""
    need = [name for name, one in config.alerts.channels.items() if one.type == "apprise"]
    if not need:
        return {}
    from monitor.deliver import apprise

    if apprise.installed():
        return {}
    return {name: Problem(part=f"channel {name}", text=apprise.MISSING) for name in need}


def _house(found: Found) -> Iterator[Problem]:
    """The database, if it is known and can be asked, and what is missing to be of use."""
    config = found.config
    if not found.faulty(("database",)):
        yield from _database(config)
    if not config.alerts.routes and not found.faulty(("alerts", "routes")):
        text = "no route: hits would be stored but nobody told; add one to alerts.routes"
        yield Problem(part="route", text=text)
    if not config.feeds and not any("feeds." in mistake.path for mistake in found.mistakes):
        yield Problem(part="feeds", text=f"no feeds; list some in {config.folder / 'feeds.yaml'}")


def _database(config: Config) -> Iterator[Problem]:
    from monitor import schema
    from monitor.cli import drops
    from monitor.db import Database, makeable
    from monitor.desk.store import upkeep

    lost: tuple[Mistake, ...] = ()
    try:
        with closing(Database(config.database)) as database:
            if schema.current(database.engine) is None:
                makeable(database.engine)  # the first run makes it
                return
            schema.require(database.engine)
            problems = database.read(upkeep.integrity)
            lost = drops.found(config, database)
    except DatabaseError as error:
        problems = [str(error)]
    for problem in problems:
        yield Problem(part="database", text=problem)
    yield from (_in_file(LOST, mistake) for mistake in lost)


def _send(config: Config, names: list[str]) -> "list[Told]":
    from monitor.deliver import trial

    return asyncio.run(trial.tell_all(config, names))


def _failed(told: "Told") -> Problem:
    return Problem(part=f"channel {told.channel}", text=f"{told.to}: {told.problem}")


def _feeds(config: Config) -> Iterator[Problem]:
    from monitor.collect import probe

    for feed, problem in asyncio.run(probe.probe_all(config)):
        yield Problem(part=f"feed {feed.name or feed.url}", text=problem)


@click.command(cls=Command)
@pass_options
def healthcheck(options: Options) -> int:
    """Exit 0 if the database answers and work is being done; 8 and the reason if not, 4 without."""
    from monitor.app import utcnow
    from monitor.desk.store import health

    report: dict[str, Any] = with_db(options, health.report, utcnow(), minutes=health.STUCK_MINUTES)
    if options.json:
        print_json(report)
    else:
        for problem in report["problems"]:
            click.echo(problem)
        if options.verbosity > 0 and not report["problems"]:
            click.echo("well")
    return Exit.FOUND if report["problems"] else Exit.OK
