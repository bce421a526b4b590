"""`monitor cases audit`: what the Registry has and we missed, and why."""

from typing import Any

import click

from monitor.cli.common import (
    Command,
    Options,
    pass_options,
    print_json,
    print_table,
    read_input,
    with_db,
)
from monitor.records import counted


@click.command(cls=Command)
@click.option(
    "--registry",
    required=True,
    metavar="FILE",
    help="The Registry's table, exported as CSV; `-` for standard input.",
)
@pass_options
def audit(options: Options, /, *, registry: str) -> None:
    """List the Registry's cases that nobody was told of, and the stage that lost each.

    A case that ended before the first feed was watched is counted and not blamed. The lead is in
    days, from the day we opened a case to the day the Registry posted it.
    """
    from monitor.desk import audit as desk
    from monitor.desk import registry as export
    from monitor.desk.store import audit as store

    people = export.read(read_input(registry), registry)
    known, before = with_db(options, store.everybody, people)
    report = desk.report(known, before=before)
    if options.json:
        print_json(report)
        return
    rows = [_row(missed) for missed in report["missed"]]
    if rows:
        print_table(("STAGE", "NAME", "STATE", "EXONERATED", "POSTED", "WHY"), rows, nothing="")
    click.echo(_summary(report))


def _row(missed: dict[str, Any]) -> list[Any]:
    return [missed[key] for key in ("stage", "name", "state", "exonerated", "posted", "why")]


def _summary(report: dict[str, Any]) -> str:
    found, people = len(report["found"]), counted(report["people"], "person", "people")
    said = f"{found} of {people} found"
    if lead := report["lead_days"]:
        least, most = lead["least"], lead["most"]
        days = "day" if lead["median"] == 1 else "days"
        said += f", {lead['median']:g} {days} before the Registry at the median ({least} to {most})"
    lost = [f"{number} {stage}" for stage, number in report["by_stage"].items() if number]
    said += f"; missed: {', '.join(lost)}" if lost else "; none missed"
    return f"{said}; {report['before_us']} ended before we watched"
