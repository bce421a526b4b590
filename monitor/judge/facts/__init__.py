"""Document, article and entities → the facts of its case, each with the words that support it."""

from collections.abc import Iterable, Mapping

from monitor.judge.facts import bodies, courts, crime, factors, mode, people, places, term, times
from monitor.judge.facts.text import Document, read
from monitor.records import Article, Entity, Fact

GROUPS = (people, places, courts, crime, times, term, mode, bodies, factors)
FIELDS = (
    "exonerees", "people_count", "state", "county", "country", "court", "crime", "year_convicted",
    "sentence", "years_lost_stated", "years_lost_computed", "exonerated_on", "mode",
    "prosecutor_unit", "prosecutor", "review_commission", "innocence_organisations", "governor",
    "factors", "dna",
)  # fmt: skip


def extract(document: Document, article: Article, entities: Iterable[Entity]) -> Mapping[str, Fact]:
    """Return every field of the case card: supported by a sentence, or unknown."""
    story = read(document, article, entities)
    found = {name: value for group in GROUPS for name, value in group.extract(story)}
    return {name: Fact() for name in FIELDS} | found
