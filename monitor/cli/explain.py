"""`monitor explain URL`: the fate of an article or entry, stage by stage."""

from collections.abc import Iterator
from typing import Any

import click

from monitor.cli.common import (
    Command,
    Exit,
    Options,
    pass_options,
    print_json,
    printable,
    with_db,
)
from monitor.cli.words import verdict_lines
from monitor.records import counted

AS = {
    "json_ld": "the page holds it as data only",
    "feed": "its page could not be read, so the text is the feed's",
    "headline": "its page could not be read, so the headline alone was judged",
}


@click.command(cls=Command)
@click.argument("url")
@pass_options
def explain(options: Options, /, *, url: str) -> int:
    """Tell why an address alerted, why it did not, or why it could not be read."""
    from monitor.addresses import canonical
    from monitor.cli.exactly import completed
    from monitor.desk.store import fates

    bare = url.strip().partition("#")[0]
    told = [f"{scheme}:{bare.partition(':')[2]}" for scheme in ("http", "https")]
    names = [url, bare, *told, canonical(url), *(canonical(name) for name in told)]
    stored = with_db(options, fates.find, names)
    found = completed(options, stored) if stored else None
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
        _sighting(entry)
    article = found["article"]
    if article is None:
        click.echo("nothing of it is read")
        return
    if article["judged_at"] is None:
        click.echo("read, and waiting to be judged")
    click.echo(_read(article))
    for line in _trouble(article, found["entries"]):
        click.echo(printable(line))
    for verdict in found["verdicts"]:
        click.echo("\n".join(verdict_lines(verdict)))
        if verdict["case_id"]:
            why = printable(verdict["joined"])
            click.echo(f"  in case {verdict['case_id']} because: {why}")
    for told in found["told"]:
        click.echo(f"  {printable(told)}")


def _trouble(article: dict[str, Any], entries: list[dict[str, Any]]) -> Iterator[str]:
    """Why its page could not be read, where no sighting has told it yet; and if that is final."""
    why = article["detail"]
    if why and not any(why in entry["detail"] for entry in entries):
        yield f"  its page: {why}"
    if article["read_as"] == "headline" and not any(entry["next_try"] for entry in entries):
        yield "  no try is left to read its page"


def _sighting(entry: dict[str, Any]) -> None:
    seen = f"seen in feed {entry['feed']} at {_minute(entry['first_seen'])}: {entry['link']}"
    click.echo(f"{entry['fate']}: {printable(entry['title'])}\n  {printable(seen)}")
    if entry["detail"]:
        click.echo(f"  because: {printable(entry['detail'])}")
    for said in entry["revisions"]:
        was = f": {printable(said['title'])}" if "title" in said["changed"] else ""
        click.echo(
            f"  its feed changed the {said['changed']} at {_minute(said['until'])}, before{was}"
        )
    if entry["next_try"]:
        tries = counted(entry["attempts"], "attempt")
        click.echo(f"  page: {tries} so far; the next at {_minute(entry['next_try'])} UTC")


def _read(article: dict[str, Any]) -> str:
    flags = [name for name in ("truncated", "paywalled") if article[name] and article["words"]]
    outlet = f" of {printable(article['outlet'])}" if article["outlet"] else ""
    size = counted(article["words"], "word") + outlet if article["words"] else ""
    notes = f" ({', '.join(flags)})" if flags else ""
    said = "; ".join(part for part in (AS.get(article["read_as"], ""), size) if part)
    return f"read as {article['read_as']}: {said}{notes}"


def _minute(when: str) -> str:
    return when[:16].replace("T", " ")
