"""`monitor config show`: the configuration as it is understood."""

import click

from monitor.cli.common import Exit, Group, Options, pass_options, print_json
from monitor.records import counted


@click.group("config", cls=Group)
def config() -> None:
    """The configuration: what is in force."""


@config.command()
@click.option("--sources", is_flag=True, help="Say where each value comes from.")
@pass_options
def show(options: Options, /, *, sources: bool) -> int:
    """Print every setting in force as it would be written; secrets stay hidden.

    What is wrong is left out and listed, and the exit code is 3.
    """
    from monitor.cli.whole import every_mistake
    from monitor.config import written
    from monitor.config.load import examine
    from monitor.config.tree import dotted

    found = examine(options.config)
    rows = {
        dotted(found.partial.written(place)): (value, found.source(place))
        for place, value in written.settings(found.config)
        if not found.faulty(place)
    }
    mistakes = every_mistake(found) if found.mistakes else ()
    if options.json:
        values = {name: value for name, (value, _) in rows.items()}
        from_ = {name: source for name, (_, source) in rows.items()}
        told = {"mistakes": [str(mistake) for mistake in mistakes]} if mistakes else {}
        folder = str(found.config.folder)
        print_json({"folder": folder, "values": values, "sources": from_, **told})
        return Exit.CONFIG if mistakes else Exit.OK
    feeds, beats = len(found.config.feeds), len(found.config.beats)
    click.echo(f"# {found.config.folder}: {counted(feeds, 'feed')}, {counted(beats, 'beat')}")
    for name, (value, source) in rows.items():
        click.echo(f"{name} = {written.as_yaml(value)}{f'  # {source}' if sources else ''}")
    for mistake in mistakes:
        click.echo(str(mistake), err=True)
    if mistakes:
        said = counted(len(mistakes), "mistake")
        click.echo(f"{said}; what they are in is left out above", err=True)
    return Exit.CONFIG if mistakes else Exit.OK
