"""The tree of a beat's file → values, each kind checked where it stands. Pure."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from monitor.config.tree import Place, Tree
from monitor.records import Stage

Node = Mapping[str, Any]
LONGEST = 60


class Reader:
    """One file being read; every mistake is noted at the line where it was made."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def wrong(self, place: Place, problem: str) -> None:
        """Note one mistake at the nearest thing that has a line."""
        self.tree.mistakes.append(self.tree.mistake(problem, *self.tree.mark(place)))

    def line(self, place: Place) -> int:
        """The line of a value."""
        return self.tree.line(place)

    def keys(self, node: Node, known: set[str], place: Place) -> None:
        """Refuse keys nobody reads."""
        for key in node:
            if key not in known:
                self.wrong((*place, key), f"unknown key {key!r}; {_meant(key, known)}")

    def known(self, names: Sequence[str], known: Sequence[str], place: Place, what: str) -> None:
        """Refuse names that stand for nothing in this beat."""
        for name in names:
            if name not in known:
                self.wrong(place, f"no {what} is called {name!r}; {_meant(name, known)}")


def _meant(word: str, known: Sequence[str] | set[str]) -> str:
    near = get_close_matches(word, sorted(known), 1)
    listed = ", ".join(sorted(set(known))) or "none"
    return f"did you mean {near[0]!r}?" if near else f"known here: {listed}"


def items_of(reader: Reader, data: Node, key: str, known: set[str]) -> Iterator[tuple[Place, Node]]:
    """The items of a list of groups, each with its place."""
    found = data.get(key) or []
    if not isinstance(found, list):
        reader.wrong((key,), f"{key} is a list; begin each with a dash")
        return
    for number, node in enumerate(found):
        place = (key, number)
        if isinstance(node, dict):
            reader.keys(node, known, place)
            yield place, node
        else:
            reader.wrong(place, f"an item of {key} has keys of its own; found {_short(node)}")


def group_of(reader: Reader, data: Node, key: str, what: str) -> Node:
    """A group of names, each with something of its own."""
    found = data.get(key)
    if found is None or isinstance(found, dict):
        return found or {}
    reader.wrong((key,), f"{key} is a group: write {what}")
    return {}


def pattern_of(reader: Reader, phrases: object, place: Place) -> re.Pattern[str] | None:
    """One pattern for a list of phrases; `*` stands for the rest of a word, or for a word."""
    if phrases is None:
        return None
    if not isinstance(phrases, list):
        reader.wrong(place, "a list of words or phrases is expected, such as [not, never]")
        return None
    return pattern(checked_names(reader, phrases, place))


def pattern(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """One pattern for some phrases; none for no phrase."""
    if not phrases:
        return None
    found = "|".join(map(_phrase, phrases))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _phrase(text: str) -> str:
    return r"[\s,]+".join(_word(part) for part in text.split())


def _word(text: str) -> str:
    plain = re.escape(text).replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    return plain.replace(r"\*", r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")


def names_of(node: object) -> tuple[str, ...]:
    """A list of names, or one alone."""
    if node is None:
        return ()
    return tuple(str(item) for item in node) if isinstance(node, list) else (str(node),)


def checked_names(reader: Reader, node: object, place: Place) -> tuple[str, ...]:
    """A list of words as they are written, or one alone; anything else is a mistake."""
    if not isinstance(node, list):
        names = [(place, node)] if node is not None else []
    else:
        names = [((*place, number), item) for number, item in enumerate(node)]
    found = []
    for inner, item in names:
        text = reader.tree.written(inner)
        if isinstance(item, dict | list):
            reader.wrong(inner, f"{_what(place)} is a list of words, such as [freed, released]")
        elif item is None or text is None or not text.strip():
            reader.wrong(inner, f"an item of {_what(place)} is empty; write a word or take it out")
        else:
            found.append(text)
    return tuple(found)


def _what(place: Place) -> str:
    return str(next(part for part in reversed(place) if isinstance(part, str)))


def stage_of(reader: Reader, name: object, place: Place) -> Stage:
    """A legal stage."""
    try:
        return Stage(str(name))
    except ValueError:
        reader.wrong(place, f"no such stage: {_short(name)}; one of {', '.join(Stage)}")
        return Stage.UNKNOWN


def text_of(reader: Reader, node: Node, key: str, place: Place) -> str:
    """A text that must be there."""
    value = node.get(key)
    if value is not None and not isinstance(value, str):
        reader.wrong((*place, key), f"{key} is not a text; put it in quotes")
        return ""
    if value is None or not value.strip():
        reader.wrong((*place, key), f"{key} is missing; write {key}: and a text")
        return ""
    return value.strip()


def number_of(reader: Reader, node: Node, key: str, default: float | None = None) -> float:
    """A number; without a default it must be there."""
    value = node.get(key, default)
    if not is_number(value):
        reader.wrong((key,), f"{key} is missing or not a number; write {key}: 5")
        return 0.0
    return float(value)


def whole_of(reader: Reader, node: Node, place: Place, default: int) -> int:
    """A whole number of words."""
    value = node.get(str(place[-1]), default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        reader.wrong(place, f"{place[-1]} is a whole number of words; write {default}")
        return default
    return value


def switch_of(reader: Reader, node: Node, place: Place) -> bool:
    """True or false; false where nothing is said."""
    value = node.get(str(place[-1]), False)
    if not isinstance(value, bool):
        reader.wrong(place, f"{place[-1]} is true or false; write one of them, without quotes")
        return False
    return value


def is_number(value: object) -> bool:
    """Tell whether this is a number people can mean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def twice(names: Sequence[str]) -> list[str]:
    """The names that stand more than once."""
    return sorted({name for name in names if names.count(name) > 1})


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
