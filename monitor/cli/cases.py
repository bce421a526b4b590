"""`monitor cases …`: list, show, merge, split, export, audit."""

import getpass
from collections.abc import Callable, Sequence
from typing import Any

import click

from monitor.cli import told
from monitor.cli.auditing import audit
from monitor.cli.common import (
    Group,
    Options,
    change_db,
    pass_options,
    print_json,
    print_lines,
    print_table,
    printable,
    with_db,
)
from monitor.cli.words import ID, STAGE, Since, fact_lines, people, short
from monitor.errors import UsageError
from monitor.records import fact_name


@click.group(cls=Group)
def cases() -> None:
    """Cases: the events that hits report."""


def _cases(options: Options, /, **filters: Any) -> list[dict[str, Any]]:
    from monitor.desk.store import cases as desk

    return with_db(options, desk.cases, **filters)


@cases.command("list")
@click.option("--beat", help="Only this beat.")
@click.option("--stage", type=STAGE, help="Only this legal stage.")
@click.option("--since", type=Since(), help="Seen since then.")
@pass_options
def list_(options: Options, /, **filters: Any) -> None:
    """List cases, the newest first; --json prints one JSON object a line."""
    rows = _cases(options, **filters)
    if options.json:
        print_lines(rows)
        return
    head = ("ID", "OPENED", "STAGE", "WHO", "WHERE", "SOURCES", "TOLD", "TITLE")
    asked = any(value is not None for value in filters.values())
    others = len(_cases(options)) if asked and not rows else 0
    nothing = f"no case matches this ({others} in all)" if others else "no cases yet"
    print_table(head, [_row(case) for case in rows], nothing=nothing)


def _row(case: dict[str, Any]) -> list[Any]:
    facts = {name: fact.get("value") for name, fact in case["facts"].items()}
    where = [facts[name] for name in ("county", "state", "country") if facts.get(name)]
    heard = sum(delivery["state"] == "sent" for delivery in case["told"])
    opened = case["opened_at"][:16].replace("T", " ")
    who = people(facts.get("exonerees"))
    head = [case["id"], opened, case["stage"], who, where or None]
    return [*head, case["independent_sources"], heard, short(case["title"])]


@cases.command()
@click.argument("number", metavar="ID", type=ID)
@pass_options
def show(options: Options, /, *, number: int) -> None:
    """Show a case: its card, who told it, who was told, what people decided about it."""
    if not (rows := _cases(options, only=number)):
        raise UsageError(_absent(options, number))
    case = rows[0] | {"regroupings": _regroupings(options, number)}
    if options.json:
        print_json(case)
        return
    click.echo(f"case {case['id']}: {printable(case['title'])}")
    click.echo(f"stage {case['stage']}, beat {case['beat']}")
    click.echo("\n".join(fact_lines(case["facts"], case["stage"])))
    click.echo("".join(f"{line}\n" for line in _disagreements(case)), nl=False)
    for line in (*told.articles(case), *_followed(case), *told.tellings(case)):
        click.echo(printable(line))
    for made in case["regroupings"]:
        click.echo(_decision(made))


def _followed(case: dict[str, Any]) -> list[str]:
    watched = [f"watched until {case['watched_until'][:10]}"] if case["watched_until"] else []
    found = [
        f"{one['at'][:10]} {one['topic']}: {one['outlet']}: {one['title']} ({one['url']})"
        for one in case["follow_ups"]
    ]
    return [*watched, *found]


def _absent(options: Options, number: int) -> str:
    from monitor.judge import store

    found = with_db(options, store.find_case, number)
    if found is None or found[1] is None:
        return f"there is no case {number}; see `monitor cases list`"
    return f"case {number} was merged into case {found[1]}; see `monitor cases show {found[1]}`"


def _regroupings(options: Options, number: int) -> list[dict[str, Any]]:
    from monitor.judge import store

    found: list[dict[str, Any]] = with_db(options, store.regroupings, number)
    return found


def _disagreements(case: dict[str, Any]) -> list[str]:
    return [
        f"  outlets disagree on {fact_name(name, case['stage']).replace('_', ' ')}: "
        f"also {printable(other['value'])} "
        f"({printable(other['url'])}: “{printable(other['sentence'])}”)"
        for name, fact in case["facts"].items()
        for other in fact.get("also", ())
    ]


def _decision(made: dict[str, Any]) -> str:
    source, what, target = made["other_id"], "merged into", made["case_id"]
    if made["kind"] == "split":
        source, what, target = target, "split off to", source
    moved = f"{_hits(made['hits'])} of case {source} {what} case {target}"
    said = f"{made['at'][:16]} {made['who']}: {moved}"
    return printable(f"{said}: {made['reason']}" if made["reason"] else said)


def _hits(numbers: Sequence[int]) -> str:
    return f"hit{'' if len(numbers) == 1 else 's'} {', '.join(map(str, numbers))}"


def _person(command: Callable[..., Any]) -> Callable[..., Any]:
    who = "Who decided; default: your user name."
    command = click.option("--who", default=getpass.getuser, help=who)(command)
    return click.option("--reason", default="", help="Why; kept, and shown with the case.")(command)


@cases.command()
@click.argument("kept", metavar="A", type=ID)
@click.argument("other", metavar="B", type=ID)
@_person
@pass_options
def merge(options: Options, /, *, kept: int, other: int, who: str, reason: str) -> None:
    """Put every hit of case B into case A; the reason is kept, and the machine never undoes it."""
    from monitor.app import utcnow
    from monitor.judge import regroup

    said = {"who": who, "reason": reason, "now": utcnow()}
    hits = change_db(options, regroup.merge, kept, other, **said)
    if options.json:
        print_json({"case_id": kept, "merged": other, "hits": list(hits)})
        return
    click.echo(f"case {other} is now part of case {kept} ({_hits(hits)})")


@cases.command()
@click.argument("number", metavar="CASE", type=ID)
@click.argument("hits", metavar="HIT...", type=ID, nargs=-1, required=True)
@_person
@pass_options
def split(
    options: Options, /, *, number: int, hits: tuple[int, ...], who: str, reason: str
) -> None:
    """Take hits out of a case into a new one; the machine never puts them back."""
    from monitor.app import utcnow
    from monitor.judge import regroup

    said = {"who": who, "reason": reason, "now": utcnow()}
    new = change_db(options, regroup.split, number, hits, **said)
    if options.json:
        print_json({"case_id": new, "split_from": number, "hits": list(hits)})
        return
    click.echo(f"{_hits(hits)} {'is' if len(hits) == 1 else 'are'} now case {new}")


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


cases.add_command(audit)
