"""Many queries → one matcher; document and entities → which are true, and the words. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from monitor.judge.query.asked import Asked
from monitor.judge.query.compiled import Compiled
from monitor.judge.query.compiler import Compiler
from monitor.judge.query.lists import Lists, Resolver
from monitor.judge.query.presearch import Presearch
from monitor.judge.query.sieve import Sieve
from monitor.judge.query.syntax import parse
from monitor.judge.query.terms import Document
from monitor.judge.query.tree import Query
from monitor.judge.query.view import View
from monitor.records import Entity, Match

MOST_MATCHES = 20

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Why a query is true: the words, in the order of the text, and the sentences they are in.

    `sentences` are indices into `document.sentences`; words in outlet and URL have none.
    """

    matches: tuple[Match, ...]
    sentences: tuple[int, ...]


class Matcher(Generic[K]):
    """Compiled queries, asked all at once. Safe to pickle and to share between threads."""

    def __init__(
        self, queries: Mapping[K, Compiled], asked: Asked | None = None, most: int = MOST_MATCHES
    ) -> None:
        self._asked = asked or Asked()
        self.keys = tuple(queries)
        self._roots = list(queries.values())
        self._most = most
        self._numbers = {key: number for number, key in enumerate(self.keys)}
        self._needs = [root.keys() for root in self._roots]
        self._presearch = Presearch(self._needs)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve(self._needs)

    def __contains__(self, key: object) -> bool:
        """Whether this query is one of them."""
        return key in self._numbers

    def only(self, keys: Collection[K]) -> "Matcher[K]":
        """A matcher for some of the queries, in the same order."""
        kept = {key: self._roots[number] for key, number in self._numbers.items() if key in keys}
        return Matcher(kept, self._asked, self._most)

    def is_local(self, key: K) -> bool:
        """Whether each match stands on its own paragraph, whatever else the article says."""
        return self._roots[self._numbers[key]].local()

    @property
    def always(self) -> tuple[K, ...]:
        """Keys of the queries without a necessary word, which every article has to be tried on."""
        return tuple(self.keys[number] for number in self._presearch.always)

    def view(self, document: Document | View, entities: Sequence[Entity] = ()) -> View:
        """What these queries, and any that are `only` some of them, look up in a document."""
        if isinstance(document, View):
            return document
        return View(document, entities, self._asked)

    def match(
        self, document: Document | View, entities: Sequence[Entity] = ()
    ) -> dict[K, tuple[Match, ...]]:
        """The queries that are true, each with the words that made it so."""
        view = self.view(document, entities)
        return {self.keys[n]: self._matches(n, view) for n in self._true(view)}

    def hits(self, document: Document, entities: Sequence[Entity] = ()) -> dict[K, Hits]:
        """The same, with the sentences those words are in."""
        view = self.view(document, entities)
        return {self.keys[n]: _hits(document, self._matches(n, view)) for n in self._true(view)}

    def true(self, document: Document | View, entities: Sequence[Entity] = ()) -> list[K]:
        """Only the keys of the queries that are true."""
        return [self.keys[number] for number in self._true(self.view(document, entities))]

    def might(self, text: str) -> bool:
        """False only where no query is true of what can be cut out of a text, see `Sieve.might`."""
        return self._sieve.might(text)

    def possible(self, document: Document | View, entities: Sequence[Entity] = ()) -> list[K]:
        """Keys of all that are true and few others, without looking for sentences: a cheap no."""
        view = self.view(document, entities)
        numbers = self._presearch.candidates(view)
        return [self.keys[n] for n in numbers if self._roots[n].maybe(view)]

    def _true(self, view: View) -> Iterator[int]:
        roots = self._roots
        return (n for n in self._presearch.candidates(view) if roots[n].true(view))

    def _matches(self, number: int, view: View) -> tuple[Match, ...]:
        spans = self._roots[number].witness(view, self._most)
        return tuple(view.match(span) for span in sorted(set(spans)))


def _hits(document: Document, matches: tuple[Match, ...]) -> Hits:
    numbers = {
        document.sentence_number(match.zone, match.start)
        for match in matches
        if match.zone in ("title", "body")
    }
    return Hits(matches=matches, sentences=tuple(sorted(numbers)))


def compile_queries(
    queries: Mapping[K, str | Query], lists: Lists | None = None, most: int = MOST_MATCHES
) -> Matcher[K]:
    """One matcher for all these queries; raises the first `QueryError`."""
    resolver = Resolver(lists or {})
    compiler = Compiler()
    compiled: dict[K, Compiled] = {}
    for key, query in queries.items():
        root = resolver.resolve(parse(query) if isinstance(query, str) else query)
        compiled[key] = compiler.compile(root)
    return Matcher(compiled, compiler.asked, most)
