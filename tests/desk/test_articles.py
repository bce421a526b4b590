"""Stored articles come back with what was said of them, page by page, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.desk.store import articles
from monitor.records import Stage
from monitor.tables import ArticleRow, LabelRow, VerdictRow

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def put(session, number, *, text="Text.", read_as="page", hits=(), labels=()):
    url = f"https://post.example/{number}"
    row = ArticleRow(
        canonical_url=url, url=url, title=f"Title {number}", text=text, read_as=read_as,
        first_seen_at=NOW + timedelta(hours=number),
    )  # fmt: skip
    session.add(row)
    session.flush()
    for beat, hit in hits:
        score = 6.0 if hit else 1.0
        verdict = VerdictRow(
            article_id=row.id, beat=beat, version="v", score=score, threshold=5, hit=hit,
            stage="vacated", judged_at=NOW,
        )  # fmt: skip
        session.add(verdict)
        session.flush()
        for label in labels if hit else ():
            session.add(LabelRow(verdict_id=verdict.id, label=label, at=NOW))
            session.flush()


@pytest.fixture
def filled(db):
    def fill(session):
        put(session, 1, hits=[("a", True), ("b", False)], labels=["related", "confirmed"])
        put(session, 2, hits=[("a", False), ("b", True)], labels=["confirmed", "rejected"])
        put(session, 3, text="", read_as="headline", hits=[("a", True)], labels=["confirmed"])
        put(session, 4, text="", hits=[("a", False)])
        put(session, 5)

    db.now(fill)
    return db


def titles(rows):
    return [int(row.article.title.removeprefix("Title ")) for row in rows]


def test_what_can_still_be_judged_comes_page_by_page(filled):
    first = filled.now(articles.stored, None, 0, 2)
    assert titles(first) == [1, 2]
    assert titles(filled.now(articles.stored, None, first[-1].id, 9)) == [3, 5]
    assert titles(filled.now(articles.stored, NOW + timedelta(hours=3), 0, 9)) == [3, 5]
    assert titles(filled.now(articles.stored, None, 0, 9, {"b"})) == [2]
    assert titles(filled.now(articles.stored, None, 0, 9, {"a", "b"})) == [1, 2, 3]


def test_the_newest_label_counts_for_the_beat_it_was_given_to(filled):
    one, two, _, five = filled.now(articles.stored, None, 0, 9)
    said = {beat: (judged.label, judged.verdict.hit) for beat, judged in one.judged.items()}
    assert said == {"a": ("confirmed", True), "b": (None, False)}
    assert two.judged["b"].label == "rejected"
    assert one.judged["a"].verdict.stage is Stage.VACATED
    assert dict(five.judged) == {}


def test_stories_confirmed_at_some_time_are_found(filled):
    assert titles(filled.now(articles.confirmed, 0, 9)) == [1, 2, 3]
    assert titles(filled.now(articles.confirmed, 0, 1)) == [1]


def test_what_a_beat_judged_is_counted(filled):
    hour = timedelta(hours=1)
    assert filled.now(articles.count_judged, "a", NOW) == (4, NOW + hour)
    assert filled.now(articles.count_judged, "a", NOW + 3 * hour) == (2, NOW + 3 * hour)
    assert filled.now(articles.count_judged, "x", NOW) == (0, NOW)
