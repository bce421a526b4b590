"""Query text → `Query`. Pure; every way to get it wrong has a message with its place.

Words that stand side by side are joined by AND. Limits: 100,000 characters, 10,000 terms,
brackets 32 deep, a distance of 1,000 words.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from monitor.judge.query.builder import Builder
from monitor.judge.query.tree import (
    MAX_DEPTH,
    MAX_LENGTH,
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

_LIMITS = re.compile(r'"[^"]*("|$)|#[^\n]*|[()]')


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


def attempt(text: str) -> tuple[Query, tuple[QueryError, ...]]:
    """The query as far as it can be read, and every mistake found on the way."""
    nothing = Query(root=Or(nodes=()), text=text)
    try:
        tree = _read(_plain(text))
    except QueryError as error:
        return nothing, (error,)
    builder = Builder(text)
    root = builder.node(cast("Tree[Token]", tree.children[0]))
    if not builder.mistakes:
        builder.mistakes += _measure(root, text)
    return Query(root=root, text=text), tuple(sorted(builder.mistakes, key=lambda e: e.place))


def _plain(text: str) -> str:
    """The text with straight quotation marks, inside the limits of length and depth."""
    if len(text) > MAX_LENGTH:
        problem = f"the query has {len(text):,} characters; the most is {MAX_LENGTH:,}: split it"
        raise QueryError(problem, text=text[:MAX_LENGTH])
    text = re.sub("[\u201c\u201d\u201e]", '"', text)
    opened: list[int] = []
    for match in _LIMITS.finditer(text):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and not opened:
            raise QueryError("this bracket closes nothing", text=text, place=match.start())
        elif match[0] == ")":
            opened.pop()
        elif match[0][0] == '"' and not match[1]:
            raise QueryError("this quotation is not closed", text=text, place=match.start())
        if len(opened) > MAX_DEPTH:
            problem = f"brackets nest deeper than {MAX_DEPTH}: use a named list"
            raise QueryError(problem, text=text, place=match.start())
    if opened:
        raise QueryError("this bracket is not closed", text=text, place=opened[-1])
    return text


def _read(text: str) -> "Tree[Token]":
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken  # noqa: PLC0415

    try:
        return _parser().parse(text)
    except UnexpectedToken as error:
        raise _unexpected(text, error.token) from None
    except UnexpectedCharacters as error:
        place = len(text) - len(text[error.pos_in_stream :])
        problem = f"{text[place]!r} cannot stand here; put it in quotation marks"
        raise QueryError(problem, text=text, place=place) from None


def _unexpected(text: str, token: "Token") -> QueryError:
    """The parser's complaint in a reporter's words."""
    before = [*_tokens(text, token)]
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


def _tokens(text: str, until: "Token") -> Iterator[str]:
    for token in _parser().lex(text):
        if token.start_pos == until.start_pos and token.type == until.type:
            return
        yield str(token)


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
