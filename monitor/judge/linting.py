"""The file of a beat → every mistake in its form, lists and queries, with line and caret. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from monitor.config.tree import Place, Tree
from monitor.errors import Mistake
from monitor.judge import beat
from monitor.judge.beat import Beat
from monitor.judge.query import Checker

MOST_OF_ONE_QUERY = 25
FOREIGN = ("in list ", "a list cannot hold itself")  # told where the list is
SLOW = "has no word that must be there, so every article is tried on it; add one with AND"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """A beat as far as it can be read, what makes it unusable, and what makes it slow."""

    beat: Beat | None = None
    name: Mistake | None = None
    mistakes: tuple[Mistake, ...] = ()
    advice: tuple[Mistake, ...] = ()


def lint(
    text: str,
    path: str = "beat",
    gazetteers: Collection[str] | None = None,
    *,
    advise: bool = True,
) -> Linted:
    """Find everything that is wrong; `gazetteers` are those there are, None: any."""
    read, tree = beat.draft(text, path)
    if read is None:
        return Linted(mistakes=tuple(tree.mistakes))
    checker = Checker(read.lists, gazetteers)
    _check_lists(tree, checker)
    sound = [query for query in _queries(tree.data) if _is_sound(tree, checker, *query)]
    advice = [
        tree.mistake(f"{name}: {SLOW}", *tree.mark(place))
        for place, name, query in (sound if advise else ())
        if name != "gate" and checker.is_slow(query)
    ]
    return Linted(
        beat=read,
        name=tree.mistake("", *tree.mark(("name",))),
        mistakes=_ordered(tree.mistakes),
        advice=_ordered(advice),
    )


def _ordered(mistakes: list[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda one: (one.line, one.column)))


def _check_lists(tree: Tree, checker: Checker) -> None:
    lists = tree.data.get("lists")
    for name, items in lists.items() if isinstance(lists, dict) else ():
        for number in range(len(items)) if isinstance(items, list) else ():
            place: Place = ("lists", name, number)
            item = tree.written(place) or ""
            for error in checker.item_errors(name, item) if item.strip() else ():
                tree.wrong_in(place, error.place, error.problem)


def _queries(data: Any) -> Iterator[tuple[Place, str, str]]:
    """Every query of the file: its place, what it is called, its text."""
    if isinstance(data.get("gate"), str) and data["gate"].strip():
        yield ("gate",), "gate", data["gate"]
    for key in ("signals", "senses", "stages"):
        items = data.get(key)
        for number, node in enumerate(items if isinstance(items, list) else ()):
            query = node.get("query") if isinstance(node, dict) else None
            if isinstance(query, str) and query.strip():
                name = node.get("id") or node.get("stage") or number + 1
                yield (key, number, "query"), str(name), query


def _is_sound(tree: Tree, checker: Checker, place: Place, name: str, query: str) -> bool:
    """Note what is wrong with a query; tell whether nothing is."""
    errors = checker.errors(query)
    for error in errors[:MOST_OF_ONE_QUERY]:
        if not error.problem.startswith(FOREIGN):
            tree.wrong_in(place, error.place, f"{name}: {error.problem}")
    return not errors
