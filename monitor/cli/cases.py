"""`monitor cases …`: list, show, export."""

from typing import Any

import click

from monitor.cli.common import (
    Group,
    Options,
    pass_options,
    print_json,
    print_lines,
    print_table,
    printable,
    with_db,
)
from monitor.cli.words import Since, fact_lines
from monitor.errors import UsageError
from monitor.records import Stage


@click.group(cls=Group)
def cases() -> None:
    """Cases: the events that hits report."""


def _cases(options: Options, /, **filters: Any) -> list[dict[str, Any]]:
    from monitor.desk.store import cases as desk

    return with_db(options, desk.cases, **filters)


@cases.command("list")
@click.option("--beat", help="Only this beat.")
@click.option(
    "--stage", type=click.Choice([stage.value for stage in Stage]), help="Only this stage."
)
@click.option("--since", type=Since(), help="Seen since then.")
@pass_options
def list_(options: Options, /, **filters: Any) -> None:
    """List cases, the newest first; --json prints one JSON object a line."""
    rows = _cases(options, **filters)
    if options.json:
        print_lines(rows)
        return
    head = ("ID", "OPENED", "STAGE", "WHO", "WHERE", "SOURCES", "TOLD", "TITLE")
    print_table(head, [_row(case) for case in rows], nothing="no cases yet")


def _row(case: dict[str, Any]) -> list[Any]:
    facts = {name: fact.get("value") for name, fact in case["facts"].items()}
    where = [facts[name] for name in ("county", "state", "country") if facts.get(name)]
    told = sum(delivery["state"] == "sent" for delivery in case["told"])
    opened = case["opened_at"][:16].replace("T", " ")
    who = facts.get("exonerees")
    head = [case["id"], opened, case["stage"], who, where or None]
    return [*head, case["independent_sources"], told, case["title"]]


@cases.command()
@click.argument("number", metavar="ID", type=int)
@pass_options
def show(options: Options, /, *, number: int) -> None:
    """Show a case: its card, who told it, who was told."""
    if not (rows := _cases(options, only=number)):
        raise UsageError(f"there is no case {number}; see `monitor cases list`")
    case = rows[0]
    if options.json:
        print_json(case)
        return
    click.echo(f"case {case['id']}: {printable(case['title'])}")
    click.echo(f"stage {case['stage']}, beat {case['beat']}")
    click.echo("\n".join(fact_lines(case["facts"])))
    for article in case["articles"]:
        copy = " (a copy)" if article["copy"] else ""
        click.echo(printable(f"{article['outlet']}{copy}: {article['title']}"))
        click.echo(f"  {printable(article['url'])}\n  “{printable(article['sentence'])}”")
        click.echo(f"  here because: {printable(article['why'])}")
    for told in case["told"]:
        when = f" at {told['sent_at'][:16]}" if told["sent_at"] else ""
        to = f"{told['channel']} {told['recipient']}".strip()
        click.echo(f"told {to}: {told['kind']} ({told['reason']}), {told['state']}{when}")


@cases.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "nre"]),
    default="csv",
    show_default=True,
    help="What to write; nre: the Registry's columns.",
)
@pass_options
def export(options: Options, /, *, form: str) -> None:
    """Write cases as JSON Lines, CSV, or CSV in the Registry's column order."""
    from monitor.desk import formats, registry

    rows = _cases(options)
    if form == "jsonl":
        print_lines(rows)
    elif form == "nre":
        click.echo(registry.table(rows), nl=False)
    else:
        columns = ("id", "beat", "stage", "title", "outlets", "url", "opened_at")
        facts = list(dict.fromkeys(name for case in rows for name in case["facts"]))
        click.echo(formats.table(rows, (*columns, *facts)), nl=False)
