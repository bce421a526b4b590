"""A YAML file → its tree; secrets and environment looked up on the way."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from monitor.config.files import Unreadable, text_of
from monitor.config.tree import Place, Tree, parse
from monitor.errors import Mistake

PREFIX = "MONITOR__"


def read(path: Path, environment: Mapping[str, str] = os.environ) -> Tree:
    """Read one YAML file; a mistake in its form is noted with line and column."""

    def secret(tree: Tree, place: Place, values: Mapping[str, Any]) -> str | None:
        return _secret(tree, place, values, environment)

    try:
        tree = parse(text_of(path), str(path), secret=secret)
    except Unreadable as error:
        tree = Tree(path=str(path))
        tree.mistakes.append(Mistake(problem=str(error), path=str(path)))
    tree.data = {} if tree.mistakes and tree.data is None else tree.data
    return tree


def _secret(
    tree: Tree, place: Place, values: Mapping[str, Any], environment: Mapping[str, str]
) -> str | None:
    (kind, name), *_ = values.items()
    tree.sources[place] = f"{{{kind}: {name}}}"
    if kind == "env":
        value = _variable(tree, place, name, environment)
    else:
        value = _content(tree, place, name)
    if value is not None:
        tree.secrets[place] = value
    return value


def _variable(tree: Tree, place: Place, name: Any, environment: Mapping[str, str]) -> str | None:
    value = environment.get(str(name))
    if not value:
        state = "is not set" if value is None else "is empty"
        tree.wrong(place, f"environment variable {name} {state}; set it, or use {{file: PATH}}")
    return value or None


def _content(tree: Tree, place: Place, name: Any) -> str | None:
    path = Path(tree.path).parent / os.path.expanduser(str(name))  # noqa: PTH111 never raises
    try:
        value = text_of(path).strip()
    except Unreadable as error:
        tree.wrong(place, f"secret file {path} {error}")
        return None
    if not value:
        tree.wrong(place, f"secret file {path} is empty; write the secret into it")
    return value or None


def overlay(tree: Tree, environment: Mapping[str, str]) -> None:
    """Let `MONITOR__HTTP__TIMEOUT=10s` replace what the file says."""
    for name, text in _variables(environment):
        place: Place = tuple(part.lower() for part in name.removeprefix(PREFIX).split("__"))
        target = tree.data
        for depth, part in enumerate(place[:-1], 1):
            if target.get(part) is None:
                target[part] = {}
                tree.sources[place[:depth]] = f"${name}"
            target = target[part]
            if not isinstance(target, dict):
                tree.sources[place] = f"${name}"
                above = ".".join(map(str, place[:depth]))
                tree.wrong(place, f"{above} is no group of settings; set it in {tree.path}")
                break
        else:
            target[place[-1]] = _parsed(text)
            tree.sources[place] = f"${name}"


def _variables(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, environment[name]) for name in sorted(environment) if name.startswith(PREFIX))


def _parsed(text: str) -> Any:
    # Numbers and switches are understood as text; a password of digits must stay text.
    try:
        return yaml.safe_load(text) if text.lstrip().startswith(("[", "{")) else text
    except (yaml.YAMLError, ValueError, RecursionError):
        return text
