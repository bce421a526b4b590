"""Articles that are claimed and never filed, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from monitor.judge import store
from monitor.tables import ArticleRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_an_article_whose_judge_dies_is_never_given_up_but_tried_ever_more_seldom(db):
    url = "https://outlet.example/story"
    row = ArticleRow(canonical_url=url, url=url, first_seen_at=NOW, due_at=NOW)
    db.now(lambda session: session.add(row))
    due = select(ArticleRow.due_at)
    now, waits = NOW, []
    for death in range(1, 16):
        assert db.now(store.claim_article, now).attempts == death
        waits.append(db.now(lambda session: session.scalars(due).one()) - now)
        assert db.now(store.claim_article, now) is None
        now += waits[-1]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=5)
    assert waits[-1] == timedelta(days=1)
