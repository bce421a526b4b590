"""The YAML text of a beat → where each weight stands in it, and the text with other weights. Pure.

Only digits change: comments, order and layout stay as the author left them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from monitor.judge.beat.form import is_number
from monitor.judge.beat.words import ZONES

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number in the file, and the signals and zones that it weighs."""

    start: int
    end: int
    value: float
    places: tuple[Place, ...]


def numbers(text: str) -> tuple[Number, ...]:
    """Every weight of a beat, in the order of the file; an alias (`*name`) is the same number."""
    skipped = int(text.startswith("\ufeff"))  # the loader does not count a byte order mark
    found: dict[tuple[int, int], list[Place]] = {}
    for place, node in _weights(yaml.compose(text, yaml.CSafeLoader)):
        span = (node.start_mark.index + skipped, node.end_mark.index + skipped)
        found.setdefault(span, []).append(place)
    return tuple(
        Number(start=start, end=end, value=float(value), places=tuple(places))
        for (start, end), places in sorted(found.items())
        if is_number(value := yaml.load(text[start:end], yaml.CSafeLoader))
    )


def _weights(tree: yaml.Node | None) -> Iterator[tuple[Place, yaml.Node]]:
    for key in ("signals", "senses"):
        tests = _get(tree, key)
        for test in tests.value if isinstance(tests, yaml.SequenceNode) else ():
            name, weight = _get(test, "id"), _get(test, "weight")
            for zone in ZONES:
                node = weight if isinstance(weight, yaml.ScalarNode) else _get(weight, zone)
                if isinstance(name, yaml.ScalarNode) and isinstance(node, yaml.ScalarNode):
                    yield (name.value.strip(), zone), node


def _get(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def rewrite(text: str, weights: Mapping[Place, float]) -> str:
    """The same file with these weights; a number that keeps its value keeps its digits."""
    parts, last = [], 0
    for number in numbers(text):
        value = next((weights[place] for place in number.places if place in weights), number.value)
        if value != number.value:
            parts += [text[last : number.start], f"{value:g}"]
            last = number.end
    return "".join([*parts, text[last:]])
