"""Nodes as parsed → nodes that run: fields go down to the terms, cheap questions first. Pure."""

from dataclasses import replace
from typing import cast

from monitor.judge.query.asked import Asked
from monitor.judge.query.compiled import Compiled, Places
from monitor.judge.query.nodes import AllOf, InUnit, OneOf
from monitor.judge.query.places import AnyPlace, NearPlace
from monitor.judge.query.terms import Field
from monitor.judge.query.tree import (
    And,
    EntityTerm,
    Near,
    Node,
    Not,
    Or,
    Part,
    Scoped,
    Term,
    Within,
    walk,
)
from monitor.judge.query.view import SIDES
from monitor.judge.query.words import Entities, Phrase, Prefix, Word


class Compiler:
    """Nodes as parsed → nodes that run; shared lists are compiled once.

    `asked` is all that the queries compiled so far name.
    """

    def __init__(self) -> None:
        self.asked = Asked()
        self._shared: dict[tuple[int, Field, Field], tuple[Node, Compiled]] = {}
        self._relaxed: dict[int, tuple[Node, Node | None]] = {}

    def compile(self, node: Node, field: Field = "text", universe: Field = "text") -> Compiled:
        """`field` is where terms are looked for, `universe` bounds the units that NOT speaks of."""
        if not (isinstance(node, Or) and node.shared):
            return self._compile(node, field, universe)
        key = (id(node), field, universe)
        if key not in self._shared:
            self._shared[key] = node, self._compile(node, field, universe)
        return self._shared[key][1]

    def _compile(self, node: Node, field: Field, universe: Field) -> Compiled:
        match node:
            case Term() | EntityTerm():
                return self._leaf(node, field)
            case Near(left=left, right=right):
                a, b = (cast("Places", self.compile(n, field, universe)) for n in (left, right))
                return NearPlace(a, b, node.distance, ordered=node.ordered)
            case Within():
                return self._within(node, field)
            case Scoped(field=inner, child=child):
                return self.compile(child, inner, universe)
            case Or(nodes=nodes):
                return _either([self.compile(n, field, universe) for n in nodes], node)
        return self._both(node, field, universe)

    def _leaf(self, node: Term | EntityTerm, field: Field) -> Compiled:
        if isinstance(node, EntityTerm):
            return Entities(node.gazetteer, field)
        side = SIDES.get(field, "")
        for part in node.parts:
            if part.prefix:
                self.asked.beginning(side + part.word)
            else:
                self.asked.word(side + part.word)
        match node.parts:
            case (Part(word=word, prefix=False, exact=""),):
                return Word(word, field)
            case (Part(word=word, prefix=True, exact=""),):
                return Prefix(word, field)
        phrase = Phrase(node.parts, field)
        for pair in phrase.pairs:
            self.asked.pair(pair)
        return phrase

    def _within(self, node: Within, field: Field) -> Compiled:
        loose = self._relax(node.child)
        relaxed = self.compile(loose, field, field) if loose else None
        strays = field != "text" or any(isinstance(n, Scoped) for n, _ in walk(node.child))
        child = self.compile(node.child, field, field)
        return InUnit(node.unit, child, relaxed, field if strays else None)

    def _both(self, node: Node, field: Field, universe: Field) -> Compiled:
        nodes = node.nodes if isinstance(node, And) else (node,)
        yes = [self.compile(n, field, universe) for n in nodes if not isinstance(n, Not)]
        no = [self.compile(n.child, field, universe) for n in nodes if isinstance(n, Not)]
        return AllOf(sorted(yes, key=_expense), no, universe)

    def _relax(self, node: Node) -> Node | None:
        """The query without its NOTs, true wherever it is true; None if nothing is left."""
        match node:
            case Not():
                return None
            case And(nodes=nodes) | Or(nodes=nodes):
                if id(node) not in self._relaxed:
                    loose = [self._relax(child) for child in nodes]
                    self._relaxed[id(node)] = node, _joined(node, loose)
                return self._relaxed[id(node)][1]
            case Within(child=child):
                return self._relax(child)
            case Scoped(child=child):
                inner = self._relax(child)
                return replace(node, child=inner) if inner else None
        return node


def _joined(node: And | Or, loose: list[Node | None]) -> Node | None:
    """AND without what is left of nothing; OR only if something is left of all."""
    kept = tuple(child for child in loose if child)
    if all(new is old for new, old in zip(loose, node.nodes, strict=True)):
        return node
    if not kept or (isinstance(node, Or) and len(kept) < len(loose)):
        return None
    return replace(node, nodes=kept)


def _expense(node: Compiled) -> int:
    """Words before phrases before what has to be worked out."""
    return (Word, Prefix, Phrase, AnyPlace, Entities, NearPlace, OneOf, AllOf, InUnit).index(
        type(node)
    )


def _either(nodes: list[Compiled], node: Or) -> Compiled:
    places = [child for child in nodes if isinstance(child, Places)]
    if len(places) < len(nodes):
        return OneOf(nodes)
    return AnyPlace(places, shared=node.shared)
