"""`monitor alerts dead …`: list what was given up, try it again, or give it up for good."""

from dataclasses import asdict
from typing import Any

import click

from monitor.cli import telling
from monitor.cli.common import (
    Group,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
    print_lines,
    print_table,
    with_db,
)
from monitor.cli.words import ID
from monitor.errors import UsageError
from monitor.records import counted


@click.group(cls=Group)
def dead() -> None:
    """Dead letters: alerts that were given up."""


@dead.command("list")
@click.option("--channel", help="Only this channel.")
@pass_options
def dead_list(options: Options, /, *, channel: str | None) -> None:
    """List dead letters with what went wrong."""
    from monitor.deliver import store

    found = with_db(options, store.list_deliveries, states=("dead",), channel=channel)
    if options.json:
        print_lines(asdict(row) for row in found)
        return
    head = ("ID", "KIND", "CASE", "CHANNEL", "TO", "TRIES", "PROBLEM")
    table = [(r.id, r.kind, r.case_id, r.channel, r.recipient, r.attempts, r.detail) for r in found]
    print_table(head, table, nothing="no dead letters")


def _dead(options: Options, numbers: tuple[int, ...], channel: str | None, *, what: str) -> Any:
    from monitor.app import utcnow
    from monitor.deliver import store

    telling.must_exist(options, numbers)
    rows = with_db(
        options, store.list_deliveries, states=("dead",), channel=channel, ids=numbers, limit=10**6
    )
    chosen = [row.id for row in rows]
    if options.dry_run:
        for row in rows:
            click.echo(f"would {what} {row.id}: {row.kind} to {row.channel}")
        return
    change = store.retry if what == "retry" else store.drop
    count = change_db(options, change, utcnow(), ids=chosen) if chosen else 0
    if options.json:
        print_json({what: count})
    else:
        click.echo(
            f"{counted(count, 'dead letter')}: {telling.DONE[what]}"
            if count
            else f"nothing to {what}",
            err=not count,
        )


@dead.command("retry")
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=ID)
@click.option("--channel", help="Only this channel.")
@dry_run
@pass_options
def dead_retry(options: Options, /, *, numbers: tuple[int, ...], channel: str | None) -> None:
    """Try dead letters again at once; without an id, all of them."""
    _dead(options, numbers, channel, what="retry")


@dead.command("drop")
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=ID)
@click.option("--channel", help="Only this channel.")
@dry_run
@pass_options
def dead_drop(options: Options, /, *, numbers: tuple[int, ...], channel: str | None) -> None:
    """Give dead letters up for good: by id, or by --channel."""
    if not numbers and channel is None:
        raise UsageError("say which dead letters to drop: their ids, or --channel NAME")
    _dead(options, numbers, channel, what="drop")
