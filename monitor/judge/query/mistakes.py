"""A query and its place in a file → every mistake in it, with line, column, caret. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from monitor.errors import Mistake
from monitor.judge.query.compiler import Compiler
from monitor.judge.query.lists import Lists, Resolver, read_item
from monitor.judge.query.syntax import attempt
from monitor.judge.query.tree import EntityTerm, ListTerm, Node, Query, QueryError, walk

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


class Checker:
    """Checks the queries of one beat, which share its lists; each list is read once.

    `gazetteers` are the names that `entity:` may stand before; None: any.
    """

    def __init__(self, lists: Lists, gazetteers: Collection[str] | None = None) -> None:
        self._lists = lists
        self._gazetteers = gazetteers
        self._resolver = Resolver(lists)

    def errors(self, text: str) -> list[QueryError]:
        """What makes a query unusable: all of it, in the order of the text."""
        query, errors = attempt(text)
        found = [*errors, *self._strangers(query), *self._unresolved(query, sound=not errors)]
        return sorted(found, key=lambda error: error.place)

    def item_errors(self, name: str, item: str) -> list[QueryError]:
        """What is wrong with one item of a list itself, not with the lists it names."""
        try:
            Resolver(self._lists).item(name, item)
        except QueryError as error:
            own = (f"in list {name},", f"a list cannot hold itself: @{name} ")
            return [error] if error.problem.startswith(own) else []
        return list(self._strangers(read_item(item)))

    def is_slow(self, text: str) -> bool:
        """Whether a sound query needs no word, so that no presearch can help."""
        root = self._resolver.resolve(attempt(text)[0])
        return not Compiler().compile(root).keys()

    def _strangers(self, query: Query) -> Iterator[QueryError]:
        """Every `entity:` that names no gazetteer."""
        if self._gazetteers is None:
            return
        for node, _ in walk(query.root):
            if isinstance(node, EntityTerm) and node.gazetteer not in self._gazetteers:
                yield QueryError(self._no_gazetteer(node), text=query.text, place=node.place)

    def _no_gazetteer(self, node: EntityTerm) -> str:
        known = sorted(self._gazetteers or ())
        near = get_close_matches(node.gazetteer, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known) or 'none'}"
        return f"there is no gazetteer {node.gazetteer} ({hint})"

    def _unresolved(self, query: Query, *, sound: bool) -> list[QueryError]:
        """Every list that cannot be put in, or else why the whole cannot be used."""
        named = (node for node, _ in walk(query.root) if isinstance(node, ListTerm))
        tried = (self._error(node, query.text) for node in islice(named, _MOST_NAMES))
        found = [error for error in tried if error]
        if sound and not found and (error := self._error(query.root, query.text)):
            found.append(error)
        return found

    def _error(self, node: Node, text: str) -> QueryError | None:
        try:
            self._resolver.resolve(Query(root=node, text=text))
        except QueryError as error:
            return error
        return None


def lint(
    text: str, lists: Lists | None = None, position: Position = NOWHERE
) -> tuple[Mistake, ...]:
    """What is wrong with a query, and whether it is one that no presearch can help."""
    if found := check(text, lists, position):
        return found
    if not Checker(lists or {}).is_slow(text):
        return ()
    return (placed(QueryError(NO_NECESSARY_WORD, text=text, place=_first(text)), position),)


def check(
    text: str, lists: Lists | None = None, position: Position = NOWHERE
) -> tuple[Mistake, ...]:
    """What makes a query unusable: all of it, in the order of the text; nothing if it is sound."""
    return tuple(placed(error, position) for error in Checker(lists or {}).errors(text))


def lint_lists(
    lists: Lists, positions: Mapping[tuple[str, int], Position] | None = None
) -> tuple[Mistake, ...]:
    """What is wrong with the items of named lists; positions by list and index of the item."""
    return tuple(
        placed(error, (positions or {}).get((name, number), NOWHERE))
        for name, items in lists.items()
        for number, item in enumerate(items)
        for error in Checker(lists).item_errors(name, item)
    )


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
