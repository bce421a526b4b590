"""`monitor explain URL`: the fate of an article or entry, stage by stage."""

from typing import Any

import click

from monitor.cli.common import Command, Exit, Options, pass_options, print_json, printable, with_db
from monitor.cli.words import verdict_lines


@click.command(cls=Command)
@click.argument("url")
@pass_options
def explain(options: Options, /, *, url: str) -> int:
    """Tell why an address alerted, why it did not, or why it could not be read."""
    from monitor.collect.parse.links import canonical_link
    from monitor.desk.store import fates

    found = with_db(options, fates.find, [url, canonical_link(url)])
    if options.json:
        print_json(found or {"url": url, "entries": [], "article": None, "verdicts": []})
    elif found is None:
        click.echo(
            f"{url} was never seen in any feed. "
            "Is the outlet's feed listed (`monitor feeds list`)? Did it keep the entry long enough (`monitor feeds health`)? "
            "To judge the page itself: `monitor judge URL`"
        )
    else:
        _tell(found)
    return Exit.OK if found else Exit.FOUND


def _tell(found: dict[str, Any]) -> None:
    for entry in found["entries"]:
        click.echo(f"{entry['fate']}: {printable(entry['title'])}")
        click.echo(f"  seen in feed {entry['feed']} at {entry['first_seen'][:16]}: {entry['link']}")
        if entry["detail"]:
            click.echo(f"  because: {printable(entry['detail'])}")
        if entry["next_try"]:
            click.echo(f"  {entry['attempts']} attempts; next at {entry['next_try'][:16]}")
    article = found["article"]
    if article is None:
        click.echo("not read yet")
        return
    flags = [name for name in ("truncated", "paywalled") if article[name]]
    click.echo(
        f"read as {article['read_as']}: {article['words']} words of {article['outlet']}"
        + (f" ({', '.join(flags)})" if flags else "")
    )
    for verdict in found["verdicts"]:
        click.echo("\n".join(verdict_lines(verdict)))
        if verdict["case_id"]:
            click.echo(f"  in case {verdict['case_id']} because: {verdict['joined']}")
