"""The page of a hit stays, that of an article which is none is let go; on both databases."""

from datetime import UTC, datetime

import pytest

from monitor.config import Config
from monitor.judge import flow
from monitor.records import Article, PendingArticle, Verdict
from monitor.tables import ArticleRow, PageRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
URL = "https://outlet.example/story"


@pytest.mark.parametrize(("score", "kept"), [(9, 1), (1, 0)], ids=["a hit", "none"])
def test_only_the_page_of_a_hit_stays(db, tmp_path, score, kept):
    row = ArticleRow(canonical_url=URL, url=URL, first_seen_at=NOW)
    db.now(lambda session: session.add(row))
    page = PageRow(article_id=1, url=URL, sha256="0" * 64, body=b"", at=NOW)
    db.now(lambda session: session.add(page))
    article = Article(url=URL, canonical_url=URL, text="A judge in Ashford threw it out.")
    pending = PendingArticle(id=1, article=article, first_seen_at=NOW)
    verdict = Verdict(beat="b", version="1", score=score, threshold=5)
    db.now(flow.file, Config(folder=tmp_path), pending, (verdict,), NOW)
    assert db.now(lambda session: session.query(PageRow).count()) == kept
