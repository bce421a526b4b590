"""The code's own help and descriptions → docs/commands.md and docs/configuration.md.

Run as `python docs/reference.py`; tests fail while the files say anything else than the code.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from monitor.cli.common import shared  # noqa: E402
from monitor.cli.main import cli  # noqa: E402
from monitor.config import models  # noqa: E402

SHARED = {name for option in shared() for name in option.opts} | {"--help"}
MIB = 2**20
PARTS = {"commands": "<!-- commands -->", "configuration": "<!-- settings -->"}


def written() -> dict[Path, str]:
    """Each file with what it should say."""
    parts = {"commands": commands(), "configuration": settings()}
    return {
        HERE / f"{name}.md": (HERE / f"{name}.in.md").read_text("utf-8").replace(mark, parts[name])
        for name, mark in PARTS.items()
    }


def commands() -> str:
    """Every command with its arguments and options."""
    return "\n".join(_command(path, command) for path, command in every(cli)).strip()


def every(group: click.Group, path: str = "monitor") -> Iterator[tuple[str, click.Command]]:
    """Every command under a group with its full name, groups before what is in them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from every(command, f"{path} {name}")


def _command(path: str, command: click.Command) -> str:
    level = "###" if path.count(" ") == 1 else "####"
    text = " ".join((command.help or "").split())
    if isinstance(command, click.Group):
        return f"{level} `{path}`\n\n{text}\n"
    context = click.Context(command)
    words = [param.make_metavar(context) for param in arguments(command)]
    rows = [f"| `{_names(option, context)}` | {_told(option)} |" for option in options(command)]
    table = "\n".join(["| option | |", "|---|---|", *rows, ""]) if rows else ""
    return f"{level} `{' '.join([path, *words])}`\n\n{text}\n\n{table}".rstrip() + "\n"


def arguments(command: click.Command) -> list[click.Argument]:
    """What stands after the name, in order."""
    return [param for param in command.params if isinstance(param, click.Argument)]


def options(command: click.Command) -> list[click.Option]:
    """The command's own options that people may use."""
    found = [param for param in command.params if isinstance(param, click.Option)]
    return [option for option in found if not option.hidden and not set(option.opts) & SHARED]


def _names(option: click.Option, context: click.Context) -> str:
    names = ", ".join(option.opts)
    value = "" if option.is_flag or option.count else f" {option.make_metavar(context)}"
    return f"{names}{value}".replace("|", "\\|")


def _told(option: click.Option) -> str:
    default = option.default
    shown = option.show_default and default not in (None, "", ())
    values = ", ".join(map(str, default)) if isinstance(default, tuple) else default
    extra = f" Default: `{values}`." if shown else ""
    return f"{option.help or ''}{' Repeatable.' if option.multiple else ''}{extra}".strip()


def settings() -> str:
    """Every setting of monitor.yaml and of a feed, with its default."""
    main = _table("monitor.yaml", models.Config, "")
    return f"{main}\n\n{_table('feeds.yaml', models.FeedConfig, 'feeds[].')}"


def _table(title: str, model: type[BaseModel], path: str) -> str:
    rows = [f"| `{name}` | {default} | {text} |" for name, default, text in keys(model, path)]
    return "\n".join(
        [f"### {title}", "", "| setting | default | meaning |", "|---|---|---|", *rows]
    )


def keys(model: type[BaseModel], path: str) -> Iterator[tuple[str, str, str]]:
    """Each setting under a model: its dotted name, its default, what it is for."""
    for name, field in model.model_fields.items():
        if field.exclude or name == "type":
            continue
        inner = list(_models(field.annotation))
        several = "[]" if str(field.annotation).startswith("tuple") else ""
        several = ".NAME" if str(field.annotation).startswith("dict[") and inner else several
        if not inner:
            yield f"{path}{name}", _default(field), field.description or ""
        for kind in inner:
            words = " (type: " + "".join(_literal(kind)) + ")" if len(inner) > 1 else ""
            yield from (
                (f"{path}{name}{several}.{key}", default, f"{text}{words}")
                for key, default, text in keys(kind, "")
            )


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _literal(kind: type[BaseModel]) -> tuple[str, ...]:
    return get_args(kind.model_fields["type"].annotation)


def _default(field: Any) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined or value in (None, "", (), {}, SecretStr("")):
        return ""
    if isinstance(value, int) and value > MIB and value % MIB == 0:
        return f"`{value // MIB}MiB`"
    if hasattr(value, "total_seconds"):
        return f"`{_duration(value.total_seconds())}`"
    words = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"`{words.lower() if isinstance(value, bool) else words}`"


def _duration(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


def main() -> None:
    """Write both files."""
    for path, text in written().items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
