"""`monitor alerts …`: list, test, retry, drop; more of them in `telling` and `dead`."""

import asyncio
from dataclasses import asdict
from typing import Any

import click

from monitor.cli import telling
from monitor.cli.common import (
    Exit,
    Group,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
    print_lines,
    print_table,
    printable,
    with_db,
)
from monitor.cli.dead import dead
from monitor.cli.words import ID, LIMIT
from monitor.errors import UsageError
from monitor.records import counted

EVERY = 1_000_000
STATES = ("pending", "sent", "dead", "dropped")


@click.group(cls=Group)
def alerts() -> None:
    """Alerts: who was told, who was not, and why."""


@alerts.command("list")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Repeatable.")
@click.option("--channel", help="Only this channel.")
@click.option("--limit", type=LIMIT, default=100, show_default=True, help="At most this many.")
@pass_options
def list_(options: Options, /, **filters: Any) -> None:
    """List deliveries, the newest first; -v adds every attempt to send each.

    --json prints one JSON object a line.
    """
    from monitor.deliver import store

    rows = [asdict(row) for row in with_db(options, store.list_deliveries, **filters)]
    if rows and options.verbosity > 0 and not options.json:
        _logged(options, rows)
        return
    if options.json:
        print_lines(rows)
        return
    head = ("ID", "STATE", "KIND", "CASE", "CHANNEL", "TO", "TRIES", "SENT", "NEXT TRY", "PROBLEM")
    keys = ("id", "state", "kind", "case_id", "channel", "recipient", "attempts", "sent_at")
    table = [[*(row[key] for key in keys), row["due_at"], row["detail"]] for row in rows]
    chosen = filters["states"] or filters["channel"]
    print_table(head, table, nothing="no such alert" if chosen else "nobody was to be told yet")


def _logged(options: Options, rows: list[dict[str, Any]]) -> None:
    """Each delivery with every attempt to send it."""
    from monitor.deliver import store

    for row in rows:
        head = f"{row['id']} {row['state']} {row['kind']} to {row['channel']} {row['recipient']}"
        tries = [asdict(one) for one in with_db(options, store.attempts, row["id"])]
        lines = telling.attempt_lines(tries) or ["no attempt yet"]
        click.echo("\n  ".join([head.rstrip(), *lines]))


@alerts.command()
@click.argument("channel", required=False)
@dry_run
@pass_options
def test(options: Options, /, *, channel: str | None) -> int:
    """Send a test message through one channel, or through all."""
    config = options.load()
    names = [channel] if channel else list(config.alerts.channels)
    if channel and channel not in config.alerts.channels:
        known = ", ".join(config.alerts.channels) or "none"
        raise UsageError(f"no channel is called {channel!r}; configured: {known}")
    if not names:
        raise UsageError("no channel is configured; add one to alerts.channels")
    if options.dry_run:
        click.echo(f"would send a test to {', '.join(names)}")
        return Exit.OK
    from monitor.deliver import trial

    sent = asyncio.run(trial.tell_all(config, names))
    if options.json:
        print_json([told.as_json() for told in sent])
    else:
        click.echo("\n".join(printable(told) for told in sent))
    return Exit.FOUND if any(told.problem for told in sent) else Exit.OK


def _chosen(options: Options, numbers: tuple[int, ...], channel: str | None, *, what: str) -> Any:
    if not numbers and channel is None:
        raise UsageError(f"say which deliveries to {what}: their ids, or --channel NAME")
    telling.must_exist(options, numbers)
    return {"ids": numbers, "channel": channel}


@alerts.command()
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=ID)
@click.option("--channel", help="All of this channel.")
@dry_run
@pass_options
def retry(options: Options, /, *, numbers: tuple[int, ...], channel: str | None) -> None:
    """Try dead and waiting deliveries again, at once and with their full time."""
    from monitor.app import utcnow
    from monitor.deliver import store

    chosen = _chosen(options, numbers, channel, what="retry")
    if options.dry_run:
        _would(options, "retry", chosen)
        return
    _done(options, "retry", change_db(options, store.retry, utcnow(), **chosen))


@alerts.command()
@click.argument("numbers", metavar="[ID]...", nargs=-1, type=ID)
@click.option("--channel", help="All of this channel.")
@dry_run
@pass_options
def drop(options: Options, /, *, numbers: tuple[int, ...], channel: str | None) -> None:
    """Give up dead and waiting deliveries for good."""
    from monitor.app import utcnow
    from monitor.deliver import store

    chosen = _chosen(options, numbers, channel, what="drop")
    if options.dry_run:
        _would(options, "drop", chosen)
        return
    _done(options, "drop", change_db(options, store.drop, utcnow(), **chosen))


def _would(options: Options, what: str, chosen: dict[str, Any]) -> None:
    from monitor.deliver import store

    chosen |= {"states": ("pending", "dead"), "limit": EVERY}
    rows = with_db(options, store.list_deliveries, **chosen)
    for row in rows:
        click.echo(f"would {what} {row.id}: {row.kind} to {row.channel} {row.recipient}".rstrip())
    if not rows:
        click.echo(f"nothing to {what}", err=True)


def _done(options: Options, what: str, count: int) -> None:
    if options.json:
        print_json({what: count})
    elif not count:
        click.echo(f"nothing to {what}: no dead or waiting delivery is chosen by that", err=True)
    else:
        click.echo(f"{counted(count, 'delivery', 'deliveries')}: {telling.DONE[what]}")


for command in (telling.render, telling.route_test, telling.show, telling.ack, dead):
    alerts.add_command(command)
