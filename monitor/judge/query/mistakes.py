"""A query and its place in a file → every mistake in it, with line, column, caret. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from monitor.errors import Mistake
from monitor.judge.query.compiler import Compiler
from monitor.judge.query.lists import Lists, Resolver
from monitor.judge.query.syntax import attempt
from monitor.judge.query.tree import ListTerm, Node, Query, QueryError, walk

_MOST_NAMES = 100
NO_NECESSARY_WORD = (
    "no word of this query has to be in an article for it to be true, so it is tried on every one: "
    "add a word, phrase or beginning that must be there"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a text stands in a file.

    `line` and `column` are of its first character, from 1; `indent` is the column where its
    further lines begin (that of a YAML block scalar). Line 0: unknown.
    """

    path: str = ""
    line: int = 0
    column: int = 1
    indent: int = 1


NOWHERE = Position()


def lint(
    text: str, lists: Lists | None = None, position: Position = NOWHERE
) -> tuple[Mistake, ...]:
    """What is wrong with a query, and whether it is one that no presearch can help."""
    if found := check(text, lists, position):
        return found
    query, _ = attempt(text)
    root = Resolver(lists or {}).resolve(query)
    if Compiler().compile(root).keys():
        return ()
    return (placed(QueryError(NO_NECESSARY_WORD, text=text, place=_first(text)), position),)


def check(
    text: str, lists: Lists | None = None, position: Position = NOWHERE
) -> tuple[Mistake, ...]:
    """What makes a query unusable: all of it, in the order of the text; nothing if it is sound."""
    query, errors = attempt(text)
    return tuple(placed(error, position) for error in errors or _unresolved(query, lists or {}))


def lint_lists(
    lists: Lists, positions: Mapping[tuple[str, int], Position] | None = None
) -> tuple[Mistake, ...]:
    """What is wrong with the items of named lists; positions by list and index of the item."""
    return tuple(
        placed(error, (positions or {}).get((name, number), NOWHERE))
        for name, items in lists.items()
        for number, item in enumerate(items)
        for error in _item_errors(name, item, lists)
    )


def _item_errors(name: str, item: str, lists: Lists) -> list[QueryError]:
    """What is wrong with one item itself, not with the lists it names."""
    try:
        Resolver(lists).item(name, item)
    except QueryError as error:
        own = (f"in list {name},", f"a list cannot hold itself: @{name} ")
        return [error] if error.problem.startswith(own) else []
    return []


def _unresolved(query: Query, lists: Lists) -> list[QueryError]:
    """Every list that cannot be put in, or else why the whole cannot be used."""
    resolver = Resolver(lists)
    named = (node for node, _ in walk(query.root) if isinstance(node, ListTerm))
    tried = (_error(resolver, node, query.text) for node in islice(named, _MOST_NAMES))
    found = [error for error in tried if error]
    if not found and (error := _error(resolver, query.root, query.text)):
        found.append(error)
    return sorted(found, key=lambda error: error.place)


def _error(resolver: Resolver, node: Node, text: str) -> QueryError | None:
    try:
        resolver.resolve(Query(root=node, text=text))
    except QueryError as error:
        return error
    return None


def placed(error: QueryError, position: Position) -> Mistake:
    """The error as a mistake at its place in the file."""
    line, column = error.line, error.column
    if position.line:
        column += (position.column if line == 1 else position.indent) - 1
        line += position.line - 1
    return Mistake(
        problem=error.problem, path=position.path, line=line, column=column, excerpt=error.excerpt
    )


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())
