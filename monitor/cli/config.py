"""`monitor config show`: the configuration as it is understood."""

from collections.abc import Iterator, Mapping
from typing import Any

import click
from pydantic import SecretStr

from monitor.cli.common import Group, Options, pass_options, print_json


@click.group("config", cls=Group)
def config() -> None:
    """The configuration: what is in force."""


@config.command()
@click.option("--sources", is_flag=True, help="Say where each value comes from.")
@pass_options
def show(options: Options, /, *, sources: bool) -> None:
    """Print every setting in force; secrets stay hidden."""
    from monitor.config.load import load_with_sources

    settings, origins = load_with_sources(options.config)
    rows = dict(_flat(settings, ()))
    if options.json:
        values = {".".join(map(str, path)): value for path, value in rows.items()}
        from_ = {".".join(map(str, path)): _origin(origins, path) for path in rows}
        print_json({"folder": str(settings.folder), "values": values, "sources": from_})
        return
    click.echo(f"# {settings.folder}: {len(settings.feeds)} feeds, {len(settings.beats)} beats")
    for path, value in rows.items():
        origin = f"  # {_origin(origins, path)}" if sources else ""
        click.echo(f"{'.'.join(map(str, path))} = {value}{origin}")


def _origin(origins: Mapping[tuple[str | int, ...], str], path: tuple[str | int, ...]) -> str:
    # A list has no origin of its own: its first value tells.
    return origins.get(path) or origins.get((*path, 0)) or "default"


def _flat(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if hasattr(type(value), "model_fields"):
        hidden = {n for n, field in type(value).model_fields.items() if field.exclude}
        for name in type(value).model_fields:
            if name not in hidden:
                yield from _flat(getattr(value, name), (*path, name))
    elif isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(inner, (*path, name))
    elif isinstance(value, tuple) and value and not isinstance(value[0], str):
        for index, inner in enumerate(value):
            yield from _flat(inner, (*path, index))
    else:
        yield path, _plain(value, path)


def _plain(value: Any, path: tuple[str | int, ...]) -> Any:
    if isinstance(value, SecretStr):
        return "(hidden)" if value.get_secret_value() else ""
    if path == ("database",):
        from monitor.db import shown

        return shown(value)
    if hasattr(value, "total_seconds"):
        return f"{value.total_seconds():g}s"
    return list(value) if isinstance(value, tuple) else value
