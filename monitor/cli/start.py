"""`init` and `demo`: the first things a newcomer runs."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import Command, Exit, Options, dry_run, pass_options, print_json
from monitor.errors import UsageError


@click.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default="config", type=click.Path(path_type=Path))
@dry_run
@pass_options
def init(options: Options, /, *, folder: Path) -> None:
    """Write a starter configuration to DIR (default: config); files that exist are left alone."""
    from monitor.config.shipped import shipped

    source = shipped("config")
    written: list[str] = []
    kept: list[str] = []
    for path in sorted(path for path in source.rglob("*.yaml") if path.is_file()):
        target = folder / path.relative_to(source)
        (kept if target.exists() else written).append(str(target))
        if not target.exists() and not options.dry_run:
            _copy(path, target)
    if options.json:
        print_json({"written": written, "kept": kept})
        return
    verb = "would write" if options.dry_run else "wrote"
    for name in written:
        click.echo(f"{verb} {name}")
    for name in kept:
        click.echo(f"kept {name} (it was there already)")
    if written and not options.dry_run:
        click.echo(
            f"\nNext: put your mail server and addresses into {folder / 'monitor.yaml'}, then\n"
            f"  monitor -c {folder} check\n"
            f"  monitor -c {folder} run-once --learn   # know what is there, tell nobody\n"
            f"  monitor -c {folder} run"
        )


def _copy(path: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    except OSError as error:
        problem = f"{target}: cannot be written: {error.strerror}; choose another folder"
        raise UsageError(problem) from error


@click.command(cls=Command)
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Leave configuration and database there, to look around in.",
)
@pass_options
def demo(options: Options, /, *, keep: Path | None) -> int:
    """Play a small newsroom on loopback through the whole pipeline; needs no network."""
    from monitor.app import utcnow
    from monitor.demo import summary

    started = utcnow()
    if keep is not None:
        played = _play(keep, started)
    else:
        with tempfile.TemporaryDirectory(prefix="monitor-demo-") as folder:
            played = _play(Path(folder) / "config", started)
    wrong = summary.surprises(played)
    if options.json:
        print_json({"cases": len(played.cases), "mails": played.mails, "surprises": wrong})
    else:
        click.echo(summary.render(played, kept=str(keep or "")))
    return Exit.FOUND if wrong else Exit.OK


def _play(folder: Path, started: datetime) -> Any:
    from monitor.app import utcnow
    from monitor.demo import flow
    from monitor.demo.store import cases_told, quiet
    from monitor.judge.rules import rules_of

    outcome = asyncio.run(flow.play(folder, _pipeline, now=started))
    database = _database(folder)
    cases, silent = database.now(cases_told), database.now(quiet, rules_of(_loaded(folder)))
    database.close()
    from monitor.demo.summary import Played
    from monitor.read.identify import canonical_url

    return Played(
        written=tuple(replace(w, url=canonical_url(w.url, w.url)) for w in outcome.written),
        cases=cases,
        quiet=silent,
        mails=len(outcome.mails),
        posts=len(outcome.posts),
        seconds=(utcnow() - started).total_seconds(),
    )


async def _pipeline(folder: Path) -> None:
    from monitor import cycle, schema
    from monitor.app import open_app
    from monitor.collect import store

    config = await asyncio.to_thread(_loaded, folder)
    async with open_app(config) as app:
        schema.ensure(app.db.engine)
        await app.db.run(store.sync_feeds, config.feeds, app.now())
        await cycle.run_once(app)


def _loaded(folder: Path) -> Any:
    from monitor import config

    return config.load(folder)


def _database(folder: Path) -> Any:
    from monitor.db import Database

    return Database(_loaded(folder).database)
