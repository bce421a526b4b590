"""Query text → `Query`. Pure; every way to get it wrong has a message with its place.

Words that stand side by side are joined by AND. Limits: 100,000 characters, 10,000 terms,
brackets 32 deep, a distance of 1,000 words.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from monitor.judge.query.balance import balanced
from monitor.judge.query.builder import Builder
from monitor.judge.query.tree import (
    MAX_TERMS,
    MAX_TREE_DEPTH,
    Node,
    Or,
    Query,
    QueryError,
    walk,
)

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

_WAITING = {"AND", "OR", "NOT", "NEAR", "THEN", "FIELD"}
_MOST_REPAIRS = 20
_LONG = 5_000


@cache
def _parser() -> "Lark":
    """The parser, built at first use: loading it takes longer than parsing a hundred queries."""
    from lark import Lark  # noqa: PLC0415

    grammar = files(__package__).joinpath("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", propagate_positions=True)


def parse(text: str) -> Query:
    """The query this text asks; raises `QueryError` with the first mistake."""
    query, mistakes = attempt(text)
    if mistakes:
        raise mistakes[0]
    return query


@lru_cache(maxsize=2**10)  # a beat is looked over, then compiled
def attempt(text: str) -> tuple[Query, tuple[QueryError, ...]]:
    """The query as far as it can be read, and every mistake found on the way."""
    nothing = Query(root=Or(nodes=()), text=text)
    try:
        sound, mistakes = balanced(text)
        tree, more = _read(sound, text, _MOST_REPAIRS if len(text) < _LONG else 1)
    except QueryError as error:
        return nothing, (error,)
    mistakes += more
    if tree is None:
        return nothing, tuple(sorted(mistakes, key=lambda e: e.place))
    builder = Builder(text)
    root = builder.node(cast("Tree[Token]", tree.children[0]))
    if too_large := _measure(root, text):
        return nothing, tuple(too_large)
    mistakes += builder.mistakes
    return Query(root=root, text=text), tuple(sorted(mistakes, key=lambda e: e.place))


def _read(sound: str, text: str, repairs: int) -> "tuple[Tree[Token] | None, list[QueryError]]":
    """Parse; where a word is missing, note it, blank what waits for it, and parse again."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    mistakes: list[QueryError] = []
    for _ in range(repairs):
        try:
            return _parser().parse(sound), mistakes
        except UnexpectedToken as error:
            before = [*_tokens(sound, error.token)]
            if before or error.token.type != "$END" or not (mistakes or sound != text):
                mistakes.append(_unexpected(text, error.token, before))
            sound = _without(sound, error.token, before)
        except UnexpectedCharacters as error:
            place = len(sound) - len(sound[error.pos_in_stream :])
            problem = f"{sound[place]!r} cannot stand here; put it in quotation marks"
            mistakes.append(QueryError(problem, text=text, place=place))
            return None, mistakes
        if not sound.strip():
            break
    return None, mistakes


def _without(sound: str, token: "Token", before: "list[Token]") -> str:
    """The text with blanks for the token that cannot stand there, or for what waits for a word."""
    last = before[-1] if before else None
    gone = [token]
    if last is not None and last.type in _WAITING and token.type in ("$END", "RPAR"):
        gone = [last]
    if last is not None and last.type == "LPAR" and token.type == "RPAR":
        gone = [last, token]
    for one in gone:
        start, end = one.start_pos or 0, one.end_pos or 0
        if one.type != "$END":
            sound = sound[:start] + " " * (end - start) + sound[end:]
    return sound if gone[0].type != "$END" else ""


def _unexpected(text: str, token: "Token", before: "list[Token]") -> QueryError:
    """The parser's complaint in a reporter's words."""
    last = before[-1] if before else ""
    place = token.start_pos if token.type != "$END" else len(text.rstrip())
    if token.type == "$END":
        problem = f"a word is missing after {last}" if last else "the query is empty"
    elif token.type == "RPAR" and last == "(":
        problem = "there is nothing between these brackets"
    elif token.type == "RPAR":
        problem = f"a word is missing between {last} and the bracket"
    elif token.type == "NOT":
        problem = f"NOT cannot follow {last}: NEAR and THEN join words, phrases and OR groups"
    else:
        problem = f"a word is missing before {token}"
    return QueryError(problem, text=text, place=place or 0)


def _tokens(text: str, until: "Token") -> "Iterator[Token]":
    for token in _parser().lex(text):
        if token.start_pos == until.start_pos and token.type == until.type:
            return
        yield token


def _measure(root: Node, text: str) -> list[QueryError]:
    """Complaints about a query too large or too deep to run safely."""
    terms = 0
    for node, depth in walk(root):
        terms += not node.children
        if depth > MAX_TREE_DEPTH:
            return [QueryError("the query nests too deeply", text=text, place=node.place)]
    if terms > MAX_TERMS:
        problem = f"the query has {terms:,} terms; the most is {MAX_TERMS:,}: split it"
        return [QueryError(problem, text=text)]
    return []
