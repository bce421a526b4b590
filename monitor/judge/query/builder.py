"""The parser's tree → nodes, with every mistake of meaning collected on the way. Pure."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from monitor.judge.query.folding import exactly, words
from monitor.judge.query.terms import Field, Unit
from monitor.judge.query.tree import (
    MAX_DISTANCE,
    And,
    EntityTerm,
    ListTerm,
    Near,
    Node,
    Not,
    Or,
    Part,
    QueryError,
    Scoped,
    Term,
    Within,
)

if TYPE_CHECKING:
    from lark import Token, Tree

    Branch = Tree[Token]

_FIELDS = ("title", "lead", "body", "outlet", "url", "entity")
_NAME = re.compile(r"\w[\w.-]*")
_DISTANCE = re.compile(r"(?:NEAR|THEN)/([0-9]{1,6})")
_SHORTEST_PREFIX = 2
_LONGEST_CHAIN = 8
_LONGEST_PHRASE = 50


class Builder:
    """Makes the nodes of one query; `mistakes` are those met so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.mistakes: list[QueryError] = []
        self._scope = ""
        self._unit = ""

    def node(self, branch: "Branch") -> Node:
        """The node for one branch of the parser's tree."""
        place = branch.meta.start_pos
        parts = branch.children
        match branch.data:
            case "either":
                made: Node = Or(nodes=self._operands(parts, Or), place=place)
            case "both":
                made = And(nodes=self._operands(parts, And), place=place)
            case "negated":
                made = self.node(cast("Branch", parts[-1]))
                made = Not(child=made, place=place) if len(parts) % 2 == 0 else made
            case "chain":
                made = self._chain(parts)
            case "scoped" | "unit":
                made = self._inside(cast("Token", parts[0]), cast("Branch", parts[1]), place)
            case "group":
                made = self.node(cast("Branch", parts[0]))
            case _:
                made = self._leaf(cast("Token", parts[0]), place)
        return made

    def _wrong(self, problem: str, place: int, *kept: Node) -> Node:
        """Note a mistake; `kept` is what stands beside it, which may have mistakes too."""
        self.mistakes.append(QueryError(problem, text=self.text, place=place))
        return Or(nodes=kept, place=place)

    def _operands(
        self, parts: "Sequence[Branch | Token]", joined: type[And] | type[Or]
    ) -> tuple[Node, ...]:
        """The operands, with those of brackets of the same kind among them."""
        nodes = [self.node(cast("Branch", part)) for part in parts if hasattr(part, "data")]
        return tuple(
            inner
            for node in nodes
            for inner in (node.children if type(node) is joined else (node,))
        )

    def _chain(self, parts: "Sequence[Branch | Token]") -> Node:
        """`a NEAR/3 b THEN/5 c`, from left to right."""
        left = self.node(cast("Branch", parts[0]))
        if len(parts) > 1:
            self._check_operand(left)
        if len(parts) > 2 * _LONGEST_CHAIN + 1:
            problem = f"more than {_LONGEST_CHAIN} NEAR or THEN in a row: use SENTENCE(...)"
            return self._wrong(problem, left.place)
        for token, branch in zip(parts[1::2], parts[2::2], strict=True):
            right = self.node(cast("Branch", branch))
            self._check_operand(right)
            left = self._near(left, right, cast("Token", token))
        return left

    def _near(self, left: Node, right: Node, token: "Token") -> Node:
        given = _DISTANCE.fullmatch(token)
        place = token.start_pos or 0
        if not given:
            name = token[:4]
            return self._wrong(
                f"{name} needs a distance in words, such as {name}/5", place, left, right
            )
        distance = int(given[1])
        if not 1 <= distance <= MAX_DISTANCE:
            problem = f"the distance must be 1 (neighbours) to {MAX_DISTANCE:,} words"
            return self._wrong(problem, place, left, right)
        ordered = token.startswith("THEN")
        return Near(left=left, right=right, distance=distance, ordered=ordered, place=left.place)

    def _check_operand(self, node: Node) -> None:
        """NEAR and THEN measure between words: each side must be a place in the text."""
        stack = [node]
        while stack:
            node = stack.pop()
            if isinstance(node, And | Not | Within):
                name = type(node).__name__.upper() if not isinstance(node, Within) else node.unit
                problem = (
                    f"NEAR and THEN join words, phrases and OR groups, not {name.upper()}; "
                    "for neighbouring words use quotation marks"
                )
                self._wrong(problem, node.place)
            else:
                stack += node.children

    def _inside(self, token: "Token", branch: "Branch", place: int) -> Node:
        inside = self._scoped if token.type == "FIELD" else self._within
        return inside(token, branch, place)

    def _scoped(self, token: "Token", branch: "Branch", place: int) -> Node:
        name = token[:-1]
        if self._scope:
            return self._wrong(f"{name}: inside {self._scope}: has no meaning", place)
        self._scope = name
        child = self.node(branch)
        self._scope = ""
        return Scoped(field=cast("Field", name), child=child, place=place)

    def _within(self, token: "Token", branch: "Branch", place: int) -> Node:
        unit = token.lower()
        if self._unit and (self._unit, unit) != ("paragraph", "sentence"):
            return self._wrong(f"{token} inside {self._unit.upper()} has no meaning", place)
        outer, self._unit = self._unit, unit
        child = self.node(branch)
        self._unit = outer
        return Within(unit=cast("Unit", unit), child=child, place=place)

    def _leaf(self, token: "Token", place: int) -> Node:
        match token.type:
            case "LIST":
                return self._named(token[1:], place)
            case "ENTITY":
                return self._entity(token.partition(":")[2], place)
            case "WORD":
                return self._word(token, place)
            case _:
                return self.term(token, place)

    def _named(self, name: str, place: int) -> Node:
        if not _NAME.fullmatch(name):
            return self._wrong("after @ comes the name of a list, such as @courts", place)
        return ListTerm(name=name, place=place)

    def _entity(self, name: str, place: int) -> Node:
        if not _NAME.fullmatch(name):
            problem = "after entity: comes the name of a gazetteer, such as entity:counties"
            return self._wrong(problem, place)
        if self._scope in ("outlet", "url"):
            return self._wrong(f"entities are not looked for in {self._scope}:", place)
        return EntityTerm(gazetteer=name, place=place)

    def _word(self, text: str, place: int) -> Node:
        if text in ("and", "or", "not", "near"):
            problem = f'write {text.upper()} in capitals, or "{text}" to look for the word itself'
            return self._wrong(problem, place)
        name, colon, _ = text.partition(":")
        if colon and name.isalpha():
            near = get_close_matches(name.lower(), _FIELDS, n=1)
            hint = f"did you mean {near[0]}:?" if near else f"the fields are {', '.join(_FIELDS)}"
            return self._wrong(f"there is no field {name}: ({hint})", place)
        return self.term(text, place)

    def term(self, text: str, place: int) -> Node:
        """A word or phrase; what is between the words only matters where it is a wildcard."""
        exact = text.startswith("=")
        inner = text[1:] if exact else text
        found = words(inner)
        if not found:
            return self._wrong(_empty(inner), place)
        if len(found) > _LONGEST_PHRASE:
            problem = f"the phrase has {len(found):,} words; the most is {_LONGEST_PHRASE}"
            return self._wrong(problem, place)
        stars = {at for at, char in enumerate(inner) if char == "*"}
        if wrong := stars - {end for _, _, end in found if not inner[end + 1 : end + 2].isalnum()}:
            problem = "a wildcard can only end a word, such as exonerat*"
            return self._wrong(problem, place + exact + min(wrong))
        parts = tuple(
            Part(word=w, prefix=end in stars, exact=exactly(inner[start:end]) if exact else "")
            for w, start, end in found
        )
        if any(part.prefix and len(part.word) < _SHORTEST_PREFIX for part in parts):
            problem = f"at least {_SHORTEST_PREFIX} letters must stand before a wildcard"
            return self._wrong(problem, place)
        return Term(parts=parts, place=place)


def _empty(text: str) -> str:
    if "*" in text:
        return "a wildcard alone matches everything: put letters before it, such as exonerat*"
    return "there is no letter or digit to look for here"
