"""`run` and `run-once`: the pipeline as a daemon and as a cron job."""

import asyncio
import contextlib
import signal
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import click

from monitor.cli.common import (
    Command,
    Exit,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
)
from monitor.cli.lock import only_one
from monitor.cli.progress import Progress
from monitor.config import Config
from monitor.records import counted


def _fail_on(_context: click.Context, _option: click.Parameter, value: str) -> float | None:
    if value in {"never", "any"}:
        return None if value == "never" else 0.0
    name, _, number = value.partition("=")
    with contextlib.suppress(ValueError):
        if name == "threshold" and 0 < float(number) <= 1:
            return float(number)
    raise click.BadParameter("write never, any or threshold=0.5 (a share between 0 and 1)")


@click.command(cls=Command)
@click.option("--desk", is_flag=True, help="Also serve the pages that alerts link to.")
@pass_options
def run(options: Options, /, *, desk: bool) -> int:
    """Run as a daemon: poll, read, judge and alert until SIGINT or SIGTERM.

    Logs one line per unit of work; -q says less, -v more.
    """
    from monitor import daemon, log
    from monitor.app import App, open_app
    from monitor.cli.house import open_house
    from monitor.cli.serving import beside

    log.setup(verbosity=options.verbosity + 1, form=options.log_format)
    config = open_house(options)

    async def inside() -> int:
        async with open_app(config) as app:
            await _sync(app)
            async with beside(config, app.db, app.now) if desk else contextlib.nullcontext():
                return await daemon.run(app)

    async def _sync(app: App) -> None:
        from monitor.collect import store

        await app.db.run(store.sync_feeds, config.feeds, app.now())

    return asyncio.run(inside())


@click.command("run-once", cls=Command)
@click.option("--all", "everything", is_flag=True, help="Poll every feed, due or not.")
@click.option("--feed", "names", multiple=True, metavar="NAME", help="Poll only this feed, now.")
@click.option(
    "--max-seconds",
    metavar="N",
    type=click.FloatRange(min=0),
    help="Claim nothing after this time.",
)
@click.option("--no-send", is_flag=True, help="Leave alerts in the outbox.")
@click.option("--learn", is_flag=True, help="Mark what is there as known; alert nothing.")
@click.option(
    "--fail-on",
    default="threshold=0.5",
    callback=_fail_on,
    metavar="never|any|threshold=0.5",
    show_default=True,
    help="Share of failed feeds that makes the exit code 6.",
)
@dry_run
@pass_options
def run_once(options: Options, /, *, fail_on: float | None, **how: Any) -> int:
    """Do one full cycle for cron: poll what is due, read, judge, alert, exit."""
    from monitor.cli.quiet import nothing_to_do
    from monitor.desk import summary

    if options.dry_run:
        return _dry_run(options)
    chosen = how["everything"] or how["names"]
    result, stopped_by = None if chosen else nothing_to_do(options.load()), 0
    if result is None:
        result, stopped_by = _opened(options, how)
    result["exit_code"] = 128 + stopped_by if stopped_by else summary.exit_code(result, fail_on)
    if options.json:
        print_json(result)
    elif sys.stderr.isatty() or options.verbosity > 0:
        click.echo(summary.line(result), err=True)
    if result["exit_code"] in {Exit.FEEDS, Exit.DEAD_LETTERS}:
        _complain(result)
    return int(result["exit_code"])


def _opened(options: Options, how: dict[str, Any]) -> tuple[dict[str, Any], int]:
    from monitor.cli.house import open_house

    config = open_house(options)
    with only_one(config):
        return asyncio.run(_once(config, **how))


async def _once(
    config: Config,
    *,
    everything: bool,
    names: tuple[str, ...],
    max_seconds: float | None,
    no_send: bool,
    learn: bool,
) -> tuple[dict[str, Any], int]:
    from monitor import cycle
    from monitor.app import open_app
    from monitor.cli.prints import feeds_print
    from monitor.collect import flow as collect
    from monitor.collect import store
    from monitor.desk import summary
    from monitor.desk.store import feeds, runs, upkeep

    async with open_app(config, learn=learn) as app:
        started, stop = app.now(), _Stop()
        await app.db.run(store.sync_feeds, config.feeds, started)
        await app.db.run(upkeep.keep_print, upkeep.FEEDS, feeds_print(config), started)
        await app.db.run(feeds.must_poll, names)
        only = await app.db.run(store.choose_feeds, names, everything=everything, now=started)
        due = await app.db.run(runs.due_feeds, started)
        progress = Progress(app, due=due)
        limits = cycle.Limits(
            stop=partial(stop.asked, app.now, started, max_seconds),
            on_begin=progress.begin,
            on_end=progress.end,
        )
        rooms = tuple(
            replace(room, claim=partial(collect.claim, only=only))
            if room.name == "collect" and only is not None
            else room
            for room in cycle.ROOMS
        )
        async with progress:
            await cycle.run_once(app, rooms, limits, send=not no_send)
        stored = await app.db.run(runs.stored, started)
        return summary.summary(app.tally, stored, started, app.now(), due), stop.signal


class _Stop:
    """Set by SIGINT or SIGTERM: claim nothing more, finish what is under way."""

    def __init__(self) -> None:
        self.signal = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._set, number)

    def _set(self, number: int) -> None:
        self.signal = number

    def asked(self, now: Any, started: datetime, seconds: float | None) -> bool:
        late = seconds is not None and (now() - started).total_seconds() > seconds
        return late or bool(self.signal)


def _dry_run(options: Options) -> int:
    from monitor import schema
    from monitor.app import utcnow
    from monitor.cli import whole
    from monitor.collect import store
    from monitor.db import open_engine
    from monitor.desk.store import feeds

    def would_poll(session: Any) -> list[str]:
        now = utcnow()
        store.sync_feeds(session, config.feeds, now)
        session.flush()
        found = feeds.due(session, now)
        session.rollback()
        return found

    config = options.load()
    whole.compile_all(options.config)
    new = schema.current(open_engine(config.database)) is None
    due = [feed.url for feed in config.feeds] if new else change_db(options, would_poll)
    if options.json:
        print_json({"schema": 1, "would_poll": due, "configured": len(config.feeds)})
    for url in [] if options.json else due:
        click.echo(f"would poll {url}")
    return Exit.OK


def _complain(result: dict[str, Any]) -> None:
    for failed in result["failed_feeds"]:
        click.echo(f"feed {failed['feed']} failed: {failed['detail']} ({failed['url']})", err=True)
    if dead := result["alerts"]["dead"]:
        click.echo(
            f"{counted(dead, 'alert')} could not be delivered; see `monitor alerts list "
            "--state dead`, then retry or drop",
            err=True,
        )
