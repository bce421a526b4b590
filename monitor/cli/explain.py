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
    from monitor.addresses import canonical
    from monitor.desk.store import fates

    bare = url.strip().partition("#")[0]
    told = [f"{scheme}:{bare.partition(':')[2]}" for scheme in ("http", "https")]
    names = [url, bare, *told, canonical(url), *(canonical(name) for name in told)]
    found = with_db(options, fates.find, names)
    if options.json:
        print_json(found or {"url": url, "entries": [], "article": None, "verdicts": []})
    elif found is None:
        click.echo(
            f"{printable(url)} was never seen in any feed.\n"
            "  Is the outlet's feed listed? `monitor feeds list`\n"
            "  Did it keep its entries long enough? `monitor feeds health`\n"
            "  To judge the page itself: `monitor judge URL`"
        )
    else:
        _tell(found)
    return Exit.OK if found else Exit.FOUND


def _tell(found: dict[str, Any]) -> None:
    for entry in found["entries"]:
        seen = f"seen in feed {entry['feed']} at {_minute(entry['first_seen'])}: {entry['link']}"
        click.echo(f"{entry['fate']}: {printable(entry['title'])}\n  {printable(seen)}")
        if entry["detail"]:
            click.echo(f"  because: {printable(entry['detail'])}")
        if entry["next_try"]:
            click.echo(f"  attempts: {entry['attempts']}; the next at {_minute(entry['next_try'])}")
    article = found["article"]
    if article is None:
        click.echo("nothing of it is read")
        return
    if article["judged_at"] is None:
        click.echo("read, and waiting to be judged")
    flags = [name for name in ("truncated", "paywalled") if article[name]]
    click.echo(
        f"read as {article['read_as']}: {article['words']} words of {printable(article['outlet'])}"
        + (f" ({', '.join(flags)})" if flags else "")
    )
    for verdict in found["verdicts"]:
        click.echo("\n".join(verdict_lines(verdict)))
        if verdict["case_id"]:
            why = printable(verdict["joined"])
            click.echo(f"  in case {verdict['case_id']} because: {why}")
    for told in found["told"]:
        click.echo(f"  {printable(told)}")


def _minute(when: str) -> str:
    return when[:16].replace("T", " ")
