"""`monitor search QUERY`: full text over stored articles."""

from datetime import datetime

import click

from monitor.cli.common import Command, Options, pass_options, print_lines, printable, with_db
from monitor.cli.words import LIMIT, Since


@click.command(cls=Command)
@click.argument("query", nargs=-1, required=True)
@click.option("--since", type=Since(), help="First seen since then.")
@click.option("--limit", type=LIMIT, default=20, show_default=True, help="At most this many.")
@pass_options
def search(
    options: Options, /, *, query: tuple[str, ...], since: datetime | None, limit: int
) -> None:
    """Find stored articles that hold every word and "phrase"."""
    from monitor.desk.store import search as desk

    words = " ".join(f'"{word}"' if " " in word else word for word in query)
    rows = with_db(options, desk.search, words, since=since, limit=limit)
    if options.json:
        print_lines(rows)
        return
    if not rows:
        click.echo("nothing found", err=True)
    for row in rows:
        click.echo(click.style(printable(row["title"]), bold=True))
        day = (row["published"] or row["first_seen"])[:10]
        click.echo(f"  {printable(row['outlet'])} · {day} · {printable(row['url'])}")
        click.echo(f"  {printable(row['snippet'])}")
