"""`monitor alerts …`: the exact message, who would hear of a hit, one delivery and its log."""

from collections.abc import Sequence
from dataclasses import asdict
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
    printable,
    with_db,
)
from monitor.cli.words import ID
from monitor.errors import UsageError
from monitor.records import counted

DONE = {"retry": "tried again by the next run", "drop": "given up"}
FORMS = ("text", "html", "webhook", "slack", "discord", "teams")


@click.command(cls=Command)
@click.argument("number", metavar="[ID]", type=ID, required=False)
@click.option("--hit", "hit", type=ID, help="The message that this hit would make.")
@click.option("--form", type=click.Choice(FORMS), help="Default: the form of its channel.")
@pass_options
def render(options: Options, /, *, number: int | None, hit: int | None, form: str | None) -> None:
    """Print the exact message of a delivery, or of a hit."""
    from monitor.deliver import render as rendering

    if (number is None) == (hit is None):
        raise UsageError("say which message: the id of a delivery, or --hit HIT")
    delivery = _delivery(options, number) if number is not None else _of_hit(options, hit or 0)
    delivery = _linked(options, delivery)
    channel = options.load().alerts.channels.get(delivery.channel)
    kind = {"email": "text", "apprise": "text"}.get(channel.type, channel.type) if channel else ""
    form = form or kind or "text"
    message = rendering.render(delivery)
    if form in rendering.CARDS:
        print_json(rendering.card(delivery, form))
    elif form == "webhook" or options.json:
        print_json(message.payload)
    elif form == "html":
        click.echo(message.html)
    else:
        click.echo(f"Subject: {message.subject}\n\n{message.text}", nl=False)


def must_exist(options: Options, numbers: Sequence[int]) -> None:
    """Raise UsageError for ids that no delivery has."""
    from monitor.deliver import store

    if not numbers:
        return
    found = with_db(options, store.list_deliveries, ids=numbers, limit=len(numbers))
    if strange := sorted(set(numbers) - {row.id for row in found}):
        said = ", ".join(map(str, strange))
        raise UsageError(f"there is no delivery {said}; see `monitor alerts list`")


def _delivery(options: Options, number: int) -> Any:
    from monitor.deliver import store

    found = with_db(options, store.look, number)
    if found is None:
        raise UsageError(f"there is no delivery {number}; see `monitor alerts list`")
    return found


def _linked(options: Options, delivery: Any) -> Any:
    """As it is sent: with its links to the desk, once there is a key that signs them."""
    from monitor.db.keys import known_key
    from monitor.deliver import links

    config = options.load()
    key = with_db(options, known_key) if config.desk.public_url else None
    if key is None:
        return delivery
    routes = config.alerts.routes
    desk = links.Desk(address=config.desk.public_url, key=key, routes=routes)
    return links.linked(delivery, desk)


def _of_hit(options: Options, hit: int) -> Any:
    from monitor.app import utcnow
    from monitor.deliver import trial

    case, found = _case_and_hit(options, hit)
    return trial.of_hit(options.load(), case, found, utcnow())


def _case_and_hit(options: Options, hit: int) -> tuple[dict[str, Any], dict[str, Any]]:
    from monitor.desk.store import cases, hits

    found = next(iter(with_db(options, lambda session: list(hits.hits(session, only=hit)))), None)
    if found is None:
        raise UsageError(f"there is no hit {hit}; see `monitor hits list`")
    known = with_db(options, cases.cases, only=found["case_id"]) if found["case_id"] else []
    return (known[0] if known else {}), found


@click.command("route-test", cls=Command)
@click.argument("hit", type=ID)
@pass_options
def route_test(options: Options, /, *, hit: int) -> int:
    """Say who would hear of a hit, when, and why; and who would not."""
    from monitor.app import utcnow
    from monitor.judge import policy
    from monitor.judge.store import holding

    def look(session: Any) -> Any:
        heard = holding.hit(session, hit)
        return heard, heard and holding.count_sources(session, heard.case_id), utcnow()

    heard, sources, now = with_db(options, look)
    if heard is None:
        raise UsageError(f"there is no hit {hit}; see `monitor hits list`")
    routes = options.load().alerts.routes
    rows = policy.explained(routes, heard.verdict, heard.outlet, sources, now)
    silence = with_db(options, holding.hiding, heard, now)
    if options.json:
        print_json({"hit": hit, "silenced": silence, "routes": [asdict(row) for row in rows]})
        return Exit.OK
    for row in rows:
        to = ", ".join(row.to)
        head = f"route {row.number} to {to}: " + ("yes" if row.wanted else "no")
        click.echo(printable(f"{head}, {row.why}"))
    if silence:
        click.echo(printable(f"but nobody hears of it: {silence}"))
    if not rows:
        click.echo("no route is configured; add one to alerts.routes", err=True)
    return Exit.OK


@click.command(cls=Command)
@click.argument("number", metavar="ID", type=ID)
@pass_options
def show(options: Options, /, *, number: int) -> None:
    """Show one delivery, with every attempt to send it."""
    from monitor.deliver import store

    must_exist(options, [number])
    rows = with_db(options, store.list_deliveries, ids=[number])
    tries = [asdict(attempt) for attempt in with_db(options, store.attempts, number)]
    if options.json:
        print_json({**asdict(rows[0]), "log": tries})
        return
    for name, value in asdict(rows[0]).items():
        if value not in (None, ""):
            click.echo(f"{name.replace('_', ' '):12} {printable(value)}")
    click.echo("\n".join(attempt_lines(tries)) or "no attempt yet")


def attempt_lines(tries: list[dict[str, Any]]) -> list[str]:
    """The log of one delivery, a line for each attempt."""
    return [printable(f"{one['at']:%Y-%m-%d %H:%M:%S}  {_said(one)}") for one in tries]


def _said(one: dict[str, Any]) -> str:
    return one["detail"] if not one["ok"] else "sent" + (one["detail"] and f": {one['detail']}")


@click.command(cls=Command)
@click.argument("numbers", metavar="ID...", nargs=-1, type=ID, required=True)
@click.option("--who", default="", help="Who acknowledges.")
@dry_run
@pass_options
def ack(options: Options, /, *, numbers: tuple[int, ...], who: str) -> None:
    """Acknowledge deliveries by id: nobody is reminded of their alerts again."""
    from monitor.app import utcnow
    from monitor.deliver import store

    must_exist(options, numbers)
    if options.dry_run:
        click.echo(f"would acknowledge {', '.join(map(str, numbers))}")
        return
    count = change_db(options, store.acknowledge, utcnow(), ids=numbers, who=who)
    if options.json:
        print_json({"acknowledged": count})
    else:
        click.echo(f"{counted(count, 'alert')} acknowledged")
