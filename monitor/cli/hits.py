"""`monitor hits …`: list, show, label, export."""

import getpass
import sys
from datetime import datetime
from typing import Any

import click

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
from monitor.cli.words import ID, LIMIT, STAGE, Since, short, verdict_lines
from monitor.errors import UsageError
from monitor.records import Label

TAIL = ("case_id", "label", "outlet")
FORMS = ("table", "json", "jsonl", "csv", "atom")


@click.group(cls=Group)
def hits() -> None:
    """Hits: articles whose verdict reached the threshold."""


def _filters(command: Any) -> Any:
    for option in (
        click.option("--limit", type=LIMIT, help="At most this many."),
        click.option("--since", type=Since(), help="First seen since then."),
        click.option("--stage", type=STAGE, help="Only this legal stage."),
        click.option("--beat", help="Only this beat."),
    ):
        command = option(command)
    return command


@hits.command("list")
@_filters
@pass_options
def list_(options: Options, /, **filters: Any) -> None:
    """List hits, the newest first; --json prints one JSON object a line."""
    rows = _hits(options, **filters)
    if options.json:
        print_lines(rows)
        return
    head = ("ID", "FIRST SEEN", "STAGE", "SCORE", "CASE", "LABEL", "OUTLET", "TITLE")
    table = [[r["id"], _day(r), r["stage"], f"{r['score']:.2f}", *_tail(r)] for r in rows]
    print_table(head, table, nothing=_nothing(options, filters))


def _tail(row: dict[str, Any]) -> list[Any]:
    return [*(row[key] for key in TAIL), short(row["title"])]


def _nothing(options: Options, filters: dict[str, Any]) -> str:
    from monitor.desk.store import hits as desk

    asked = any(value is not None for value in filters.values())
    all_hits = with_db(options, desk.count) if asked else 0
    return f"no hit matches this ({all_hits} in all)" if all_hits else "no hits yet"


def _day(row: dict[str, Any]) -> str:
    return str(row["first_seen"])[:16].replace("T", " ")


def _hits(options: Options, /, **filters: Any) -> list[dict[str, Any]]:
    from monitor.desk.store import hits as desk

    return with_db(options, lambda session: list(desk.hits(session, **filters)))


def _one(options: Options, number: int) -> dict[str, Any]:
    if not (rows := _hits(options, only=number)):
        raise UsageError(f"there is no hit {number}; see `monitor hits list`")
    return rows[0]


@hits.command()
@click.argument("number", metavar="ID", type=ID)
@pass_options
def show(options: Options, /, *, number: int) -> None:
    """Show a hit with its evidence, facts and labels."""
    from monitor.desk.store import hits as desk

    hit = _one(options, number)
    hit["labels"] = with_db(options, desk.labels_of, number)
    if options.json:
        print_json(hit)
        return
    click.echo(f"{printable(hit['title'])}\n{printable(hit['outlet'])} · {printable(hit['url'])}")
    click.echo(f"read as {hit['read_as']}; case {hit['case_id']}: {hit['joined']}")
    click.echo("\n".join(verdict_lines(hit)))
    for label in hit["labels"]:
        note = f": {label['note']}" if label["note"] else ""
        click.echo(printable(f"{label['label']} by {label['who']}, {label['at'][:16]}{note}"))


@hits.command()
@click.argument("number", metavar="ID", type=ID)
@pass_options
def page(options: Options, /, *, number: int) -> None:
    """Write the page of a hit as it was served; --json says when, and its hash."""
    from monitor.desk.store import hits as desk

    _one(options, number)
    if not (kept := with_db(options, desk.pages_of, number)):
        raise UsageError(f"of hit {number} no page was kept: it was not read from one")
    if options.json:
        print_json([{name: one[name] for name in one if name != "body"} for one in kept])
        return
    click.echo(kept[-1]["body"], nl=False)


@hits.command()
@click.argument("number", metavar="ID", type=ID)
@click.argument("label", type=click.Choice([label.value for label in Label]))
@click.option("--who", default=getpass.getuser, help="Who decided; default: your user name.")
@click.option("--note", default="", help="Why.")
@dry_run
@pass_options
def label(options: Options, /, *, number: int, label: str, who: str, note: str) -> None:
    """Say what a hit is: confirmed, related or rejected."""
    from monitor.app import utcnow
    from monitor.desk.store import hits as desk
    from monitor.watch.store import watches

    hit = _one(options, number)
    if options.dry_run:
        click.echo(f"would label hit {number} {label}")
        return
    now: datetime = utcnow()
    change_db(options, desk.put_label, number, Label(label), who=who, note=note, now=now)
    change_db(options, watches.sync, options.load().alerts.follow, now)
    if options.json:
        print_json({"id": number, "label": label, "who": who, "note": note})
    elif sys.stdout.isatty():
        click.echo(printable(f"hit {number} is {label}: {hit['title']}"))


@hits.command()
@_filters
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="jsonl",
    show_default=True,
    help="What to write.",
)
@pass_options
def export(options: Options, /, *, form: str, **filters: Any) -> int:
    """Write hits as JSON, JSON Lines, CSV or an Atom feed."""
    from monitor.desk import formats

    rows = _hits(options, **filters)
    click.echo(formats.render(rows, form), nl=False)
    return Exit.OK
