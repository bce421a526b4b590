"""`check` and `healthcheck`: all mistakes at once, before they cost a story."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import click

from monitor.cli.common import Command, Exit, Options, pass_options, print_json, with_db
from monitor.cli.house import route_mistakes
from monitor.config import Config
from monitor.errors import ConfigError, DatabaseError

STUCK_MINUTES = 15


@click.command(cls=Command)
@click.option("--send", is_flag=True, help="Send a test message through every channel.")
@click.option("--feeds", "poll", is_flag=True, help="Ask every feed once; store nothing.")
@pass_options
def check(options: Options, /, *, send: bool, poll: bool) -> int:
    """Check configuration, database, beats, channels and feeds: all mistakes at once."""
    config = options.load()
    problems: list[tuple[str, str]] = []
    parts: list[Callable[[Config], Iterator[tuple[str, str]]]] = [_beats, _database, _routes]
    parts += [_channels] if send else []
    parts += [_feeds] if poll else []
    for look in parts:
        problems.extend(look(config))
    if options.json:
        rows = [{"part": part, "problem": problem} for part, problem in problems]
        print_json({"ok": not problems, "problems": rows})
    else:
        for part, problem in problems:
            click.echo(f"{part}: {problem}")
        if not problems:
            click.echo(_well(config))
    return Exit.FOUND if problems else Exit.OK


def _well(config: Config) -> str:
    channels, routes = len(config.alerts.channels), len(config.alerts.routes)
    return (
        f"{config.folder}: no mistakes; {len(config.feeds)} feeds, {len(config.beats)} beats, "
        f"{channels} channels, {routes} routes"
    )


def _beats(config: Config) -> Iterator[tuple[str, str]]:
    from monitor.judge.rules import lint

    for mistake in lint(config.beats, config.gazetteers):
        yield "beat", str(mistake)


def _database(config: Config) -> Iterator[tuple[str, str]]:
    from monitor import schema
    from monitor.db import Database
    from monitor.desk.store import upkeep

    try:
        with closing(Database(config.database)) as database:
            schema.ensure(database.engine)
            problems = database.now(upkeep.integrity)
    except DatabaseError as error:
        problems = [str(error)]
    for problem in problems:
        yield "database", problem


def _routes(config: Config) -> Iterator[tuple[str, str]]:
    from monitor.judge.rules import rules_of

    try:
        known = {beat.name for beat in rules_of(config).beats}
    except ConfigError:
        known = {route.beat for route in config.alerts.routes}  # the beats' own mistakes come first
    for problem in route_mistakes(config, known):
        yield "route", problem
    if not config.alerts.routes:
        yield "route", "no route: hits would be stored but nobody told; add one to alerts.routes"
    if not config.feeds:
        yield "feeds", f"no feeds; list some in {config.folder / 'feeds.yaml'}"


def _channels(config: Config) -> Iterator[tuple[str, str]]:
    from monitor.deliver import trial

    results = asyncio.run(trial.send_all(config, list(config.alerts.channels)))
    for name, problem in results.items():
        if problem:
            yield f"channel {name}", problem


def _feeds(config: Config) -> Iterator[tuple[str, str]]:
    from monitor.collect import probe

    for feed, problem in asyncio.run(probe.probe_all(config)):
        yield f"feed {feed.name or feed.url}", problem


@click.command(cls=Command)
@pass_options
def healthcheck(options: Options) -> int:
    """Exit 0 if the database answers and work is being done; 8 and the reason if not."""
    from monitor.app import utcnow
    from monitor.desk.store import health

    report: dict[str, Any] = with_db(options, health.report, utcnow(), minutes=STUCK_MINUTES)
    if options.json:
        print_json(report)
    else:
        for problem in report["problems"]:
            click.echo(problem)
        if options.verbosity > 0 and not report["problems"]:
            click.echo("well")
    return Exit.FOUND if report["problems"] else Exit.OK
