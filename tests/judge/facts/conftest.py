"""A short story in, its facts out, with the shipped gazetteers."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from monitor.judge import entities, facts, gazetteer
from monitor.judge.query.terms import read
from monitor.records import Article, Fact

SHIPPED = Path(__file__).parents[3] / "config" / "gazetteers"
Told = Callable[..., Mapping[str, Fact]]


@pytest.fixture(scope="session")
def known() -> entities.Gazetteers:
    """Every shipped gazetteer."""
    files = sorted(SHIPPED.glob("*.yaml"))
    return entities.index(
        gazetteer.read(yaml.safe_load(path.read_text("utf-8")), str(path)) for path in files
    )


@pytest.fixture(scope="session")
def told(known: entities.Gazetteers) -> Told:
    """Extract the facts of a story; each supported value is checked against its sentence."""

    def extract(
        body: str, title: str = "", outlet: str = "", date: str = "2024-03-14"
    ) -> Mapping[str, Fact]:
        published = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
        url = "https://news.example/story"
        article = Article(
            url=url,
            canonical_url=url,
            outlet=outlet,
            title=title,
            text=body,
            published_at=published,
        )
        found = entities.find(title, body, known, outlet)
        facts_ = facts.extract(read(title, body, outlet, url), article, found)
        for fact in facts_.values():
            supported(fact, article)
        return facts_

    return extract


def supported(fact: Fact, article: Article) -> None:
    """Fail unless a known fact's words stand in its sentence, and that in the article."""
    if fact.basis == "unknown":
        assert fact.value is None
        return
    text = article.title if fact.zone == "title" else article.text
    words = text[fact.start : fact.end]
    assert words
    assert words in fact.sentence
    assert fact.sentence in text
