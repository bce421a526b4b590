"""Queries that name lists → queries that hold them. Pure.

An item of a list is a word or a phrase, quoted or not; `@other` is another list; an item with a
bracket, a quotation inside or a NEAR/n or THEN/n is a query.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from monitor.judge.query.builder import Builder
from monitor.judge.query.syntax import parse
from monitor.judge.query.tree import (
    And,
    ListTerm,
    Near,
    Node,
    Not,
    Or,
    Query,
    QueryError,
    Scoped,
    Within,
    walk,
)

Lists = Mapping[str, Sequence[str]]

MAX_LIST_DEPTH = 5
MAX_RESOLVED_TERMS = 20_000
MAX_RESOLVED_DEPTH = 96

_IS_QUERY = re.compile(r'^@|[()"]|\b(?:NEAR|THEN)/')
_QUOTED = re.compile(r'\s*=?"[^"]*"\s*')


class Resolver:
    """Puts the items of named lists where queries name them; each list is read once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._known: dict[str, Node] = {}
        self._open: list[str] = []
        self._sizes: dict[int, tuple[int, int]] = {}

    def resolve(self, query: Query) -> Node:
        """The query's nodes without names; raises `QueryError` for an unknown or circular one."""
        self._open = []
        root = self._node(query.root, query.text)
        self._measure(root, query)
        return root

    def _measure(self, root: Node, query: Query) -> None:
        """Refuse what lists have made too large or too deep to run safely."""
        terms, depth = self._size(root)
        if depth > MAX_RESOLVED_DEPTH:
            raise QueryError("with its lists the query nests too deeply", text=query.text)
        if terms > MAX_RESOLVED_TERMS:
            problem = f"with its lists the query has {terms:,} terms; the most is"
            raise QueryError(f"{problem} {MAX_RESOLVED_TERMS:,}", text=query.text)

    def _size(self, node: Node) -> tuple[int, int]:
        """Terms, repeated ones too, and depth."""
        shared = isinstance(node, Or) and node.shared
        if shared and id(node) in self._sizes:
            return self._sizes[id(node)]
        below = [self._size(child) for child in node.children]
        terms = sum(terms for terms, _ in below) if below else 1
        size = terms, 1 + max((depth for _, depth in below), default=0)
        if shared:
            self._sizes[id(node)] = size
        return size

    def _node(self, node: Node, text: str) -> Node:
        match node:
            case ListTerm():
                return self._list(node, text)
            case And() | Or():
                return replace(node, nodes=tuple(self._node(n, text) for n in node.nodes))
            case Not() | Within() | Scoped():
                return replace(node, child=self._node(node.child, text))
            case Near():
                left, right = self._node(node.left, text), self._node(node.right, text)
                self._check_near(left, right, text)
                return replace(node, left=left, right=right)
        return node

    def _check_near(self, left: Node, right: Node, text: str) -> None:
        for side in (left, right):
            for node, _ in walk(side):
                if isinstance(node, And | Not | Within):
                    problem = "NEAR and THEN need lists of words and phrases only"
                    raise QueryError(problem, text=text, place=side.place)

    def _list(self, term: ListTerm, text: str) -> Node:
        name = term.name
        if name in self._known:
            return self._known[name]
        if name in self._open:
            ring = " → ".join(f"@{n}" for n in (*self._open[self._open.index(name) :], name))
            problem = f"a list cannot hold itself: {ring}"
            raise QueryError(problem, text=text, place=term.place)
        if name not in self._lists:
            near = get_close_matches(name, self._lists, n=1)
            hint = f"did you mean @{near[0]}?" if near else "define it under lists:"
            raise QueryError(f"there is no list @{name} ({hint})", text=text, place=term.place)
        self._open.append(name)
        if len(self._open) > MAX_LIST_DEPTH:
            problem = f"lists nest deeper than {MAX_LIST_DEPTH}"
            raise QueryError(problem, text=text, place=term.place)
        nodes = tuple(self._item(name, item) for item in self._lists[name])
        self._open.pop()
        self._known[name] = Or(nodes=nodes, place=term.place, shared=True)
        return self._known[name]

    def item(self, name: str, item: str) -> None:
        """Try one item of a list; raises `QueryError`, also where a list it names is wrong."""
        self._open = [name]
        self._item(name, item)

    def _item(self, name: str, item: str) -> Node:
        try:
            return self._node(read_item(item).root, item)
        except QueryError as error:
            if error.problem.startswith(("in list", "a list cannot")):
                raise
            problem = f"in list {name}, item {item[:60]!r}: {error.problem}"
            raise QueryError(problem, text=item, place=error.place) from None


@lru_cache(maxsize=2**14)  # a list is looked over, then compiled
def read_item(item: str) -> Query:
    """One item of a list as a query; raises `QueryError`."""
    if _IS_QUERY.search(item.strip()) and not _QUOTED.fullmatch(item):
        return parse(item)
    builder = Builder(item)
    root = builder.term(item.strip(), 0)
    if builder.mistakes:
        raise builder.mistakes[0]
    return Query(root=root, text=item)
