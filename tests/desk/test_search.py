"""Full text on both databases: whatever people type is words and phrases."""

import pytest

from monitor.db import Database
from monitor.desk.store.search import search
from monitor.errors import UsageError
from monitor.tables import ArticleRow
from tests.world import START

ODD = [
    '"unclosed lakeside', "lakeside*", "lakeside AND", "NOT lakeside", "NEAR(lakeside", "(lakeside",
    "lakeside | !", "title:lakeside", "lakeside'; --", "lakeside \N{PARTY POPPER}", "^lakeside",
    "lakeside <-> inn", "\\lakeside", "lake-side", "w" * 500,
    "\N{GOTHIC LETTER AHSA}" * 500, "a " * 250,
]  # fmt: skip
FOUND = {"lakeside*", "(lakeside", "lakeside | !", "lakeside'; --", "^lakeside", "\\lakeside"}


@pytest.fixture
def stored(db: Database) -> Database:
    url = "https://quay.example.org/a"
    text = "A man was found at the lakeside inn."
    row = ArticleRow(url=url, canonical_url=url, title="Inn", text=text, first_seen_at=START)
    db.now(lambda session: session.add(row))
    return db


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_no_query_is_more_than_its_words(stored: Database, query: str) -> None:
    found = [row["title"] for row in stored.read(search, query)]
    assert found == ["Inn"] if query in FOUND else found in ([], ["Inn"])


@pytest.mark.parametrize("query", ["", "  ", '"', "*", "-", "\N{PARTY POPPER}", '""', "w" * 501])
def test_a_query_without_a_word_or_without_end_is_refused(stored: Database, query: str) -> None:
    with pytest.raises(UsageError, match=r"no word to look for|500 are taken at most"):
        stored.read(search, query)
