"""Document, article and entities → the facts of its case, each with the words that support it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module

from monitor.judge.facts.text import Document, Story, read
from monitor.records import Article, Entity, Fact

Extractor = Callable[[Story], Iterator[tuple[str, Fact]]]

GROUPS = ("people", "places", "courts", "crime", "times", "term", "mode", "bodies", "factors")
FIELDS = (
    "exonerees", "people_count", "state", "county", "country", "court", "crime", "year_convicted",
    "sentence", "years_lost_stated", "years_lost_computed", "exonerated_on", "mode",
    "prosecutor_unit", "prosecutor", "review_commission", "innocence_organisations", "governor",
    "factors", "dna",
)  # fmt: skip


def extract(document: Document, article: Article, entities: Iterable[Entity]) -> Mapping[str, Fact]:
    """Return every field of the case card: supported by a sentence, or unknown.

    Each contributing factor also stands alone, as `factor_OM`, with a sentence of its own.
    """
    story = read(document, article, entities)
    found = {name: value for group in _extractors() for name, value in group(story)}
    return {name: Fact() for name in FIELDS} | found


@cache
def _extractors() -> tuple[Extractor, ...]:
    # Their patterns take a fifth of a second to compile: only a first hit should wait for that.
    return tuple(import_module(f"{__name__}.{name}").extract for name in GROUPS)
