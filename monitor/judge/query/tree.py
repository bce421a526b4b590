"""What a query means, as plain frozen values, and the error that says where one is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.errors import MonitorError
from monitor.judge.query.terms import Field, Unit

MAX_LENGTH = 100_000
MAX_TERMS = 10_000
MAX_DEPTH = 32
MAX_TREE_DEPTH = 48
MAX_DISTANCE = 1_000


class QueryError(MonitorError):
    """A query that cannot be used: the problem, its place, the line with a caret under it."""

    def __init__(self, problem: str, *, text: str = "", place: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.line = text.count("\n", 0, place) + 1
        start = text.rfind("\n", 0, place) + 1
        self.column = place - start + 1
        self.excerpt = _excerpt(text, start, place) if text else ""

    def __str__(self) -> str:
        """`line:column: problem`, then the line and the caret."""
        head = f"{self.line}:{self.column}: {self.problem}"
        return f"{head}\n{self.excerpt}" if self.excerpt else head


def _excerpt(text: str, start: int, place: int, *, width: int = 80) -> str:
    """The line that holds `place`, cut to `width` characters, and a caret under it."""
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)]
    column = place - start
    cut = max(0, column - width // 2)
    shown = "".join(char if char.isprintable() else " " for char in line[cut : cut + width])
    return f"{shown}\n{' ' * (column - cut)}^"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One word of a term: folded; a beginning only if `prefix`; as written if `exact`."""

    word: str
    prefix: bool = False
    exact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything in a query; `place` is where it begins in the query's text."""

    place: int = field(default=0, compare=False)

    @property
    def children(self) -> "tuple[Node, ...]":
        """The nodes right below."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Node):
    """A word, a prefix, or a phrase of such."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTerm(Node):
    """Any entity that the gazetteer of this name knows."""

    gazetteer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTerm(Node):
    """Any item of a named list of the beat."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Near(Node):
    """Two terms at most `distance` words apart (neighbours are 1 apart), in this order or any."""

    left: Node
    right: Node
    distance: int
    ordered: bool = False

    @property
    def children(self) -> tuple[Node, ...]:
        """Left, then right."""
        return self.left, self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Node):
    """A query that one single sentence, or paragraph, must answer."""

    unit: Unit
    child: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """The one query."""
        return (self.child,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped(Node):
    """A query asked of one field only."""

    field: Field
    child: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """The one query."""
        return (self.child,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """True where the query below is not."""

    child: Node

    @property
    def children(self) -> tuple[Node, ...]:
        """The one query."""
        return (self.child,)


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """All of them."""

    nodes: tuple[Node, ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """All of them."""
        return self.nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """Any of them; `shared` where it stands for a named list, met again and again."""

    nodes: tuple[Node, ...]
    shared: bool = field(default=False, compare=False)

    @property
    def children(self) -> tuple[Node, ...]:
        """All of them."""
        return self.nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A parsed query; `text` is what it was read from."""

    root: Node
    text: str = ""


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Each distinct node below and its depth, without recursion."""
    stack, seen = [(root, 1)], {id(root)}
    while stack:
        node, depth = stack.pop()
        yield node, depth
        for child in node.children:
            if id(child) not in seen:
                seen.add(id(child))
                stack.append((child, depth + 1))
