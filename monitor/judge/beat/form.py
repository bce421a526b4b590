"""A YAML text → values and lines, and each kind of value checked where it stands. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from monitor.errors import Mistake
from monitor.records import Stage

Node = Mapping[str, Any]
DEEPEST = 4


@dataclass(slots=True)
class Reader:
    """One file being read: its lines, and what is wrong so far."""

    path: str
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, place: str, problem: str) -> None:
        """Note one mistake at the line of the nearest thing that has one."""
        while place and place not in self.lines:
            place = place.rpartition("/")[0]
        self.mistakes.append(
            Mistake(problem=problem, path=self.path, line=self.lines.get(place, 0))
        )

    def keys(self, node: Node, known: set[str], place: str) -> None:
        """Refuse keys nobody reads."""
        for key in node:
            if key not in known:
                near = get_close_matches(key, sorted(known), 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.wrong(f"{place}/{key}", f"unknown key {key!r}{hint}")


def malformed(path: str, error: Exception) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Mistake(problem=f"is not YAML: {error}", path=path)
    problem = f"is not YAML: {getattr(error, 'problem', error)}"
    return Mistake(problem=problem, path=path, line=mark.line + 1, column=mark.column + 1)


def lines_of(node: yaml.Node, place: str) -> Iterator[tuple[str, int]]:
    """Each place that a beat has, `/signals/0/weight`, and its line; nothing deeper."""
    if place.count("/") > DEEPEST:
        return
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from lines_of(value, f"{place}/{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from lines_of(value, f"{place}/{number}")


def items_of(reader: Reader, data: Node, key: str, known: set[str]) -> Iterator[tuple[str, Node]]:
    found = data.get(key) or []
    if not isinstance(found, list):
        reader.wrong(f"/{key}", f"{key} is a list; begin each with a dash")
        return
    for number, node in enumerate(found):
        place = f"/{key}/{number}"
        if isinstance(node, dict):
            reader.keys(node, known, place)
            yield place, node
        else:
            reader.wrong(place, f"an item of {key} has keys of its own; found {node!r}")


def pattern_of(reader: Reader, phrases: object, place: str) -> re.Pattern[str] | None:
    """One pattern for a list of phrases; `*` stands for the rest of a word, or for a word."""
    if phrases is None:
        return None
    if not isinstance(phrases, list):
        reader.wrong(place, "a list of words or phrases is expected")
        return None
    return re.compile(
        r"(?<!\w)(?:" + "|".join(_phrase(str(p)) for p in phrases) + r")(?!\w)", re.IGNORECASE
    )


def _phrase(text: str) -> str:
    return r"[\s,]+".join(_word(part) for part in text.split())


def _word(text: str) -> str:
    plain = re.escape(text).replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    return plain.replace(r"\*", r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")


def names_of(node: object) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(str(item) for item in node) if isinstance(node, list) else (str(node),)


def stage_of(reader: Reader, name: object, place: str) -> Stage:
    try:
        return Stage(str(name))
    except ValueError:
        reader.wrong(place, f"no such stage: {name!r}; one of {', '.join(Stage)}")
        return Stage.UNKNOWN


def text_of(reader: Reader, node: Node, key: str, place: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        reader.wrong(place, f"{key} is missing; write {key}: and a text")
        return ""
    return value.strip()


def number_of(reader: Reader, node: Node, key: str, default: float | None = None) -> float:
    value = node.get(key, default)
    if not is_number(value):
        reader.wrong(f"/{key}", f"{key} is missing or not a number; write {key}: 5")
        return 0.0
    return float(value)


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
