"""YAML text → plain values and the line of each; secrets and environment looked up on the way."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.errors import Mistake

Place = tuple[str | int, ...]
PREFIX = "MONITOR__"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40  # the parser recurses: a file 20,000 deep would end the process
MOST_VALUES = 200_000  # each alias repeats what it names, so ten lines can say a billion things
CONFIDENTIAL = re.compile(
    r"""(?x) ( \b (?:password|secret|token|url|database|user) ["']? \s* [:=] \s* ) [^\s{].* """
)


class _TooMuch(Exception):
    """The file says more than a person would write."""


@dataclass(slots=True, kw_only=True)
class Tree:
    """Plain values, where each one was said, and what is wrong already."""

    path: str
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    sources: dict[Place, str] = field(default_factory=dict)
    secrets: dict[Place, str] = field(default_factory=dict)
    failed: set[Place] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Find the line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)

    def wrong(self, place: Place, problem: str) -> None:
        """Note one mistake at the line where it was made, or under the variable that made it."""
        self.failed.add(place)
        for secret in self.secrets.values():
            problem = problem.replace(secret, "…")
        source = self.sources.get(place, "")
        path, line = (source, 0) if source.startswith("$") else (self.path, self.line(place))
        self.mistakes.append(Mistake(problem=problem, path=path, line=line))


def read(path: Path, environment: Mapping[str, str] = os.environ) -> Tree:
    """Read one YAML file; a mistake in its form is noted with line and column."""
    tree = Tree(path=str(path), data={}, environment=environment)
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        _bounded(text)
        if (node := yaml.compose(text, LOADER)) is not None:
            tree.data = _value(tree, node, ())
    except OSError as error:
        tree.mistakes.append(Mistake(problem=f"cannot be read: {error.strerror}", path=str(path)))
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
        tree.mistakes.append(Mistake(problem=problem, path=str(path)))
    except yaml.MarkedYAMLError as error:
        tree.mistakes.append(_malformed(path, text, error))
    except yaml.YAMLError as error:
        problem = f"is not YAML: {str(error).splitlines()[0]}"
        tree.mistakes.append(Mistake(problem=problem, path=str(path)))
    except (_TooMuch, RecursionError) as error:
        problem = str(error) if isinstance(error, _TooMuch) else "an alias contains itself"
        tree.mistakes.append(Mistake(problem=f"{problem}; write it out", path=str(path)))
    return tree


def _bounded(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                line = f"line {event.start_mark.line + 1}" if event.start_mark else "it"
                raise _TooMuch(f"{line} is nested more than {DEEPEST} levels deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _malformed(path: Path, text: str, error: yaml.MarkedYAMLError) -> Mistake:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (-1, -1)
    return Mistake(
        problem=f"is not YAML: {error.problem or error.context}",
        path=str(path),
        line=line + 1,
        column=column + 1,
        excerpt=_excerpt(text, line, column) if mark else "",
    )


def _excerpt(text: str, line: int, column: int) -> str:
    """The line and a caret under the column, what it keeps secret left out."""
    said = [*text.splitlines(), ""][line].replace("\t", " ")
    start = max(0, column - 60)
    shown = CONFIDENTIAL.sub(r"\1…", said)
    if shown != said:
        return f"  {shown}"
    return f"  {said[start : column + 60]}\n  {' ' * (column - start)}^"


def _value(tree: Tree, node: yaml.Node, place: Place) -> Any:
    tree.lines.setdefault(place, node.start_mark.line + 1)
    if len(tree.lines) > MOST_VALUES:
        raise _TooMuch(f"holds more than {MOST_VALUES:,} values")
    if isinstance(node, yaml.MappingNode):
        return _mapping(tree, node, place)
    if isinstance(node, yaml.SequenceNode):
        return [_value(tree, item, (*place, index)) for index, item in enumerate(node.value)]
    return _scalar(tree, node, place)


def _scalar(tree: Tree, node: yaml.Node, place: Place) -> Any:
    tree.sources[place] = f"{tree.path}:{node.start_mark.line + 1}"
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except yaml.YAMLError as error:
        tree.wrong(place, str(getattr(error, "problem", error)))
    except ValueError as error:
        tree.wrong(place, f"cannot be read: {error}; put it in quotes if it is text")
    return None


def _mapping(tree: Tree, node: yaml.MappingNode, place: Place) -> Any:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        inner = (*place, key)
        tree.lines[inner] = key_node.start_mark.line + 1
        if key in values:
            tree.wrong(inner, f"key {key!r} is given twice; keep one")
        values[key] = _value(tree, value_node, inner)
    if set(values) in ({"env"}, {"file"}) and place:
        return _secret(tree, place, values)
    return values


def _secret(tree: Tree, place: Place, values: Mapping[str, Any]) -> str | None:
    (kind, name), *_ = values.items()
    tree.sources[place] = f"{{{kind}: {name}}}"
    value = _variable(tree, place, name) if kind == "env" else _content(tree, place, name)
    if value is not None:
        tree.secrets[place] = value
    return value


def _variable(tree: Tree, place: Place, name: Any) -> str | None:
    value = tree.environment.get(str(name))
    if not value:
        state = "is not set" if value is None else "is empty"
        tree.wrong(place, f"environment variable {name} {state}; set it, or use {{file: PATH}}")
    return value or None


def _content(tree: Tree, place: Place, name: Any) -> str | None:
    path = Path(tree.path).parent / Path(str(name)).expanduser()
    try:
        value = path.read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text in UTF-8"
        tree.wrong(place, f"secret file {path} cannot be read: {why}; write the secret into it")
        return None
    if not value:
        tree.wrong(place, f"secret file {path} is empty; write the secret into it")
    return value or None


def overlay(tree: Tree) -> None:
    """Let `MONITOR__HTTP__TIMEOUT=10s` replace what the file says."""
    for name, text in _variables(tree.environment):
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
    except yaml.YAMLError:
        return text
