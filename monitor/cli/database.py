"""`monitor db …`: upgrade, current, check, backup, prune."""

import sys
from pathlib import Path

import click

from monitor.cli.common import (
    Exit,
    Group,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
    with_db,
)
from monitor.records import counted


@click.group(cls=Group)
def db() -> None:
    """The database: its schema, its health, its size."""


@db.command()
@dry_run
@pass_options
def upgrade(options: Options) -> None:
    """Bring the schema to what this version needs."""
    from monitor import schema
    from monitor.db import open_engine

    engine = open_engine(options.load().database)
    before, head = schema.current(engine), schema.head()
    if options.dry_run:
        click.echo(f"would go from {before or 'nothing'} to {head}")
    else:
        schema.upgrade(engine)
        if options.json:
            print_json({"before": before, "now": head})
        else:
            click.echo(f"schema: {before or 'nothing'} → {head}", err=True)
    engine.dispose()


@db.command()
@pass_options
def current(options: Options) -> int:
    """Print the schema's revision; exit 4 if this version needs another, or there is none yet."""
    from monitor import schema
    from monitor.db import open_engine

    engine = open_engine(options.load().database)
    try:
        found, head = schema.current(engine), schema.head()
        if found is None and not options.json:
            schema.require(engine)
    finally:
        engine.dispose()
    if options.json:
        print_json({"current": found, "head": head, "at_head": found == head})
    else:
        hint = "" if found == head else f" (this version needs {head}: `monitor db upgrade`)"
        click.echo(f"{found}{hint}")
    return Exit.OK if found == head else Exit.DATABASE


@db.command()
@pass_options
def check(options: Options) -> int:
    """Look for damage, and count the rows of each table."""
    from monitor.desk.store import fates, upkeep

    problems = with_db(options, upkeep.integrity)
    sizes = with_db(options, upkeep.sizes)
    standing = with_db(options, fates.count)
    if options.json:
        print_json({"problems": problems, "rows": sizes, "fates": standing})
    else:
        for table, rows in sizes.items():
            click.echo(f"{rows:>10}  {table}")
        for fate, rows in sorted(standing.items()):
            click.echo(f"{rows:>10}  entries {fate}")
        click.echo("\n".join(problems) or "no damage found")
    return Exit.FOUND if problems else Exit.OK


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_options
def backup(options: Options, /, *, file: Path) -> None:
    """Copy a SQLite database to a new FILE while the service runs; never overwrites."""
    from monitor.desk.store import upkeep

    with_db(options, upkeep.backup, file)
    if options.json:
        print_json({"file": str(file), "bytes": file.stat().st_size})
    else:
        click.echo(f"wrote {file}: {counted(file.stat().st_size, 'byte')}")


@db.command()
@dry_run
@pass_options
def prune(options: Options) -> None:
    """Let go of old texts that are no hit, as `retention` says; addresses stay known."""
    from monitor.app import utcnow
    from monitor.desk.store import upkeep

    keep, now = options.load().retention, utcnow()
    look = with_db if options.dry_run else change_db
    found = look(
        options,
        upkeep.prune,
        articles_before=now - keep.articles,
        entries_before=now - keep.entries,
        dry_run=options.dry_run,
    )
    if options.json:
        print_json({**found, "dry_run": options.dry_run})
    elif any(found.values()):
        verb = "would empty" if options.dry_run else "emptied"
        articles = counted(found["articles"], "article")
        click.echo(f"{verb} {articles} and {counted(found['entries'], 'entry', 'entries')}")
    elif sys.stdout.isatty():
        click.echo("nothing is old enough to be emptied; see `retention`")
