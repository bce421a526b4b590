"""`monitor feeds …`: list, add, remove, pause, resume, import, export, health."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import (
    Exit,
    Group,
    Options,
    change_db,
    dry_run,
    make_db,
    pass_options,
    print_json,
    print_table,
    read_input,
    with_db,
)
from monitor.errors import DatabaseError, UsageError
from monitor.records import counted


@click.group(cls=Group)
def feeds() -> None:
    """Feeds: what is polled."""


def _sync(options: Options) -> None:
    """Let the table know what feeds.yaml says, before it is changed."""
    from monitor.app import utcnow
    from monitor.collect import store

    change_db(options, store.sync_feeds, options.load().feeds, utcnow())


def _rows(options: Options, **filters: Any) -> list[dict[str, Any]]:
    """Every feed, as feeds.yaml says now where that can be written, else as it was known."""
    from monitor.desk.store import feeds as desk

    with suppress(DatabaseError):  # a database that can only be read; any other trouble comes back
        _sync(options)
    return with_db(options, desk.feeds, **filters)


@feeds.command("list")
@click.option("--tag", help="Only feeds with this tag.")
@pass_options
def list_(options: Options, /, *, tag: str | None) -> None:
    """List feeds with their state, last poll and next turn."""
    rows = _rows(options, tag=tag)
    if options.json:
        print_json(rows)
        return
    head = ("NAME", "STATE", "ENTRIES", "LAST POLL", "NEXT TURN", "ADDRESS", "PROBLEM")
    keys = ("name", "state", "entries", "polled_at", "due_at", "url", "detail")
    nothing = f"no feed has the tag {tag!r}" if tag else "no feeds yet; `monitor feeds add URL`"
    print_table(head, [[row[key] for key in keys] for row in rows], nothing=nothing)


@feeds.command()
@click.argument("url")
@click.option("--name", default="", help="Short name, for --feed.")
@click.option("--outlet", default="", help="Who publishes it.")
@click.option("--tag", "tags", multiple=True, help="Word to select it by; repeatable.")
@click.option(
    "--links", default="", metavar="CSS", help="Of a page without a feed: selects its links."
)
@dry_run
@pass_options
def add(options: Options, /, *, url: str, **given: Any) -> None:
    """Add a feed to the database; feeds.yaml is left alone."""
    from pydantic import ValidationError

    from monitor.config import FeedConfig

    try:
        feed = FeedConfig(url=url, **given)
    except ValidationError as error:
        raise UsageError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
    _add(options, [feed])


def _add(options: Options, new: list[Any]) -> None:
    from monitor.app import utcnow
    from monitor.collect import store

    if options.dry_run:
        for feed in new:
            click.echo(f"would add {feed.url}")
        return
    make_db(options)
    _sync(options)
    added = change_db(options, store.add_feeds, new, utcnow())
    if options.json:
        print_json({"added": added, "known": [f.url for f in new if f.url not in added]})
        return
    for feed in new:
        click.echo(f"added {feed.url}" if feed.url in added else f"{feed.url} is there already")


@feeds.command()
@click.argument("name")
@dry_run
@pass_options
def remove(options: Options, /, *, name: str) -> None:
    """Stop polling a feed for good; what it brought stays."""
    config = options.load()
    if any(name in {feed.url, feed.name} for feed in config.feeds):
        path = config.folder / "feeds.yaml"
        raise UsageError(f"{name} stands in {path}; remove it there, or use `monitor feeds pause`")
    _set_state(options, name, "removed")


@feeds.command()
@click.argument("name")
@dry_run
@pass_options
def pause(options: Options, /, *, name: str) -> None:
    """Keep a feed, but do not poll it until it is resumed."""
    _set_state(options, name, "paused")


@feeds.command()
@click.argument("name")
@dry_run
@pass_options
def resume(options: Options, /, *, name: str) -> None:
    """Poll a paused or gone feed again, at once."""
    _set_state(options, name, "active")


def _set_state(options: Options, name: str, state: str) -> None:
    from monitor.app import utcnow
    from monitor.collect import store
    from monitor.desk.store import feeds as desk

    _sync(options)
    known = {row["name"]: row["url"] for row in with_db(options, desk.feeds)}
    url = name if name in known.values() else known.get(name)
    if url is None:
        raise UsageError(desk.no_such(name, [*known, *known.values()]))
    if options.dry_run:
        click.echo(f"would set {url} to {state}")
        return
    change_db(options, store.set_state, url, state, utcnow())
    if options.json:
        print_json({"url": url, "state": state})
    else:
        click.echo(f"{url}: {state}")


@feeds.command()
@click.argument("url")
@click.option("--plain", is_flag=True, help="Addresses only, for `monitor feeds import -`.")
@pass_options
def discover(options: Options, /, *, url: str, plain: bool) -> int:
    """Find the feeds and news sitemaps of a site; each is fetched and read."""
    import asyncio
    from dataclasses import asdict

    from monitor.collect.scout import discover_feeds
    from monitor.errors import Permanent, Temporary

    url = url if "://" in url else f"https://{url}"
    try:
        found = asyncio.run(discover_feeds(options.load().http, url))
    except (Temporary, Permanent) as error:
        raise UsageError(str(error)) from error
    if options.json:
        print_json({"url": url, "found": [asdict(feed) for feed in found]})
    elif plain:
        for feed in found:
            click.echo(feed.url)
    else:
        head = ("KIND", "ENTRIES", "NEWEST", "TITLE", "ADDRESS", "FOUND")
        rows = [[f.kind, f.entries, f.newest, f.title, f.url, f.why] for f in found]
        print_table(head, rows, nothing=f"{url}: no feed and no news sitemap was found")
    if found and not plain and not options.json:
        click.echo("To poll one: monitor feeds add ADDRESS --outlet NAME", err=True)
    return Exit.OK if found else Exit.FOUND


@feeds.command("import")
@click.argument("file")
@dry_run
@pass_options
def import_(options: Options, /, *, file: str) -> None:
    """Add the feeds of an OPML, YAML, CSV or text file (- for standard input).

    Feeds that cannot be are named with their line, and the others are added; exit 2.
    """
    from monitor.cli.feedfiles import read_feeds

    found, mistakes = read_feeds(file, read_input(file))
    if found or not mistakes:
        _add(options, found)
    if mistakes:
        said = "\n".join(str(mistake) for mistake in mistakes)
        were = "the others were" if found else "nothing was"
        verb = "looked at" if options.dry_run and found else "added"
        raise UsageError(f"{counted(len(mistakes), 'mistake')}; {were} {verb}\n{said}")


@feeds.command()
@click.argument("file", default="-")
@click.option("--format", "form", type=click.Choice(["opml", "yaml"]), help="Default: by the name.")
@pass_options
def export(options: Options, /, *, file: str, form: str | None) -> None:
    """Write every feed as OPML or YAML."""
    from monitor.cli.feedfiles import write_feeds

    form = form or ("yaml" if file.endswith((".yaml", ".yml")) else "opml")
    rows = _rows(options)
    text = write_feeds(rows, form)
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(file).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    said = f"wrote {file}: {counted(len(rows), 'feed')}"
    print_json({"file": file, "feeds": len(rows)}) if options.json else click.echo(said)


@feeds.command()
@click.option("--plan", is_flag=True, help="Show each feed's rate, next turn, and why then.")
@pass_options
def health(options: Options, /, *, plan: bool) -> int:
    """Show feeds in trouble, and times in which entries may have been missed."""
    from monitor.cli import planning

    if plan:
        planning.show_plan(options)
    else:
        planning.show_trouble(options, _rows(options))
    return Exit.OK
