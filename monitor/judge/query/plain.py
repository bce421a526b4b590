"""The meaning of a query, slowly and plainly: what the engine is compared with in the tests.

A query is asked of a set of positions: those of title and body, of a field, of one sentence.
`document` alone knows words, zones, sentences and fields, here and in the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.judge.query.folding import exactly
from monitor.judge.query.terms import Document
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
)
from monitor.records import Entity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Where a query is asked: inside `unit` if given, of the words of `field`."""

    document: Document
    entities: Sequence[Entity] = ()
    field: frozenset[int]
    unit: frozenset[int] | None = None

    def allows(self, span: Span) -> bool:
        """Whether every word of the span may count."""
        places = set(range(span[0], span[1] + 1))
        zones = {self.document.zone_of(place) for place in places}
        return places <= self.field and places <= (self.unit or places) and len(zones) == 1


def ask(document: Document, entities: Sequence[Entity] = ()) -> Question:
    """The question put to title and body."""
    text = frozenset(range(*document.field("text")))
    return Question(document=document, entities=entities, field=text)


def true(node: Node, question: Question) -> bool:
    """Whether the query is true."""
    match node:
        case And(nodes=nodes):
            found = all(true(n, question) for n in nodes)
        case Or(nodes=nodes):
            found = any(true(n, question) for n in nodes)
        case Not(child=child):
            found = not true(child, question)
        case Scoped(child=child):
            found = true(child, _scoped(node, question))
        case Within(child=child):
            found = any(true(child, unit) for unit in _units(node, question))
        case _:
            found = bool(spans(node, question))
    return found


def witness(node: Node, question: Question) -> set[Span]:
    """Every span that made it true."""
    if not true(node, question):
        return set()
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            found = [witness(n, question) for n in nodes]
        case Not():
            found = []
        case Scoped(child=child):
            found = [witness(child, _scoped(node, question))]
        case Within(child=child):
            found = [witness(child, unit) for unit in _units(node, question)]
        case Near():
            found = [set(pair) for pair in _pairs(node, question)]
        case _:
            found = [set(spans(node, question))]
    return set().union(*found)


def _scoped(node: Scoped, question: Question) -> Question:
    places = frozenset(range(*question.document.field(node.field)))
    return replace(question, field=places)


def _units(node: Within, question: Question) -> list[Question]:
    """The same question of each sentence or paragraph that has words in the field."""
    number = question.document.numbers(node.unit)
    found: dict[int, set[int]] = {}
    for place, unit in enumerate(number):
        found.setdefault(unit, set()).add(place)
    return [
        replace(question, unit=frozenset(places))
        for places in found.values()
        if places & question.field and (question.unit is None or places <= question.unit)
    ]


def spans(node: Node, question: Question) -> list[Span]:
    """First and last positions of each occurrence of a term, or of what NEAR joins."""
    match node:
        case Term(parts=parts):
            starts = range(len(question.document.tokens) - len(parts) + 1)
            found = [(at, at + len(parts) - 1) for at in starts if _stands(parts, at, question)]
        case EntityTerm(gazetteer=name):
            known = [e for e in question.entities if e.source == name]
            places = [question.document.locate(e.zone, e.start, e.end) for e in known]
            found = [span for span in places if span]
        case Or(nodes=nodes):
            found = [span for n in nodes for span in spans(n, question)]
        case Scoped(child=child):
            found = spans(child, _scoped(node, question))
            return sorted(set(found))
        case Near():
            pairs = _pairs(node, question)
            return sorted({(min(a[0], b[0]), max(a[1], b[1])) for a, b in pairs})
        case _:
            found = []
    return sorted({span for span in found if question.allows(span) or isinstance(node, Or)})


def _stands(parts: tuple[Part, ...], at: int, question: Question) -> bool:
    return all(_is(part, at + offset, question.document) for offset, part in enumerate(parts))


def _is(part: Part, place: int, document: Document) -> bool:
    """Whether the word at this place is what the term asks for."""
    word = document.tokens[place]
    start, end = document.offset(place)
    written = exactly(document.part(document.zone_of(place))[start:end])
    if part.prefix:
        return word.startswith(part.word) and written.startswith(part.exact)
    return word == part.word and (not part.exact or written == part.exact)


def _pairs(node: Near, question: Question) -> list[tuple[Span, Span]]:
    """Each place of the left with the nearest of the right; of two as near, the later one."""
    found = []
    for a in spans(node.left, question):
        near = [(b[0] - a[1], 0, b[1], b) for b in spans(node.right, question) if b[0] > a[1]]
        if not node.ordered:
            others = spans(node.right, question)
            near += [(a[0] - b[1], 1, -b[0], b) for b in others if b[1] < a[0]]
        near = [n for n in near if n[0] <= node.distance and _together(a, n[3], question)]
        if near:
            found.append((a, min(near)[3]))
    return found


def _together(a: Span, b: Span, question: Question) -> bool:
    """Whether two places are in one zone, and in the one unit that is asked."""
    document = question.document
    places = {a[0], a[1], b[0], b[1]}
    return document.zone_of(a[0]) == document.zone_of(b[0]) and places <= (question.unit or places)
