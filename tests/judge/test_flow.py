"""Hits on their way into cases and the outbox, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from monitor.config import Config, EmailChannel, Route
from monitor.config.models import Alerts
from monitor.judge import flow, store
from monitor.records import Article, Fact, PendingArticle, Stage, Verdict
from monitor.tables import AlertRow, ArticleRow, CaseRow, ClueRow, DeliveryRow, VerdictRow

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
COURT = (
    "A judge in Ashford on Monday threw out the murder conviction of Ada Moss, who spent "
    "twenty-two years in prison for the killing of a night watchman at the old cannery. "
    "Prosecutors said that a witness had been paid, and that the payment was never disclosed. "
    "Moss, 51, walked out of the courthouse with her daughters and said she wanted to see the sea."
)
OTHER_WORDS = (
    "Ada Moss went home on Monday. The cannery killing that cost her twenty-two years was not "
    "hers, the district attorney told Judge Lena Ortiz in Ashford, because the only witness "
    "against her had taken money that no jury ever heard about."
)
ELSEWHERE = (
    "Five men convicted of a bank robbery in Port Merrin were cleared by the appeal court after "
    "new fingerprint tests. The men had served between six and nine years each."
)


@pytest.fixture
def config(tmp_path):
    desk = {"type": "email", "to": ["desk@newsroom.example"], "smtp": {"host": "mail.example"}}
    channel = EmailChannel.model_validate(desk)
    stages = tuple(Stage)
    alerts = Alerts(
        channels={"desk": channel}, routes=(Route(beat="b", to=("desk",), stages=stages),)
    )
    return Config(folder=tmp_path, alerts=alerts)


@pytest.fixture
def newsroom(db, config):
    """A way to file one hit: its text, its stage, its facts, and when."""
    return Newsroom(db, config)


class Newsroom:
    def __init__(self, db, config):
        self.db, self.config, self.count = db, config, 0

    def file(self, text, stage=Stage.VACATED, at=NOW, article_id=None, **facts):
        self.count += 1
        return self.db.now(self._file, text, stage, at, article_id, facts)

    def _file(self, session, text, stage, at, article_id, facts):
        url = f"https://outlet{self.count}.example/story"
        kept = {"text": text, "outlet": f"Outlet {self.count}", "title": text[:20]}
        if article_id is None:
            row = ArticleRow(canonical_url=url, url=url, first_seen_at=at, published_at=at, **kept)
            session.add(row)
            session.flush()
            article_id = row.id
        article = Article(url=url, canonical_url=url, published_at=at, **kept)
        known = {name: Fact(value=value, basis="stated") for name, value in facts.items()}
        found = Verdict(beat="b", version="1", score=9, threshold=5, stage=stage, facts=known)
        pending = PendingArticle(id=article_id, article=article, first_seen_at=at)
        flow.file(session, self.config, pending, (found,), at)
        return article_id

    def route(self, **given):
        made = Route.model_validate({"beat": "b", "to": ["desk"], **given})
        alerts = self.config.alerts.model_copy(update={"routes": (made,)})
        self.config = self.config.model_copy(update={"alerts": alerts})

    def all(self, row):
        return self.db.now(lambda session: list(session.scalars(select(row).order_by(row.id))))

    def case_of(self, article_id):
        where = VerdictRow.article_id == article_id
        return self.db.now(lambda s: s.scalars(select(VerdictRow.case_id).where(where)).one())


def test_a_copy_and_a_retelling_join_the_case_and_tell_nobody(newsroom):
    first = newsroom.file(COURT, exonerees=("Ada Moss",))
    copy = newsroom.file(f"Local lead. {COURT[:260]}", at=NOW + timedelta(hours=1))
    retold = newsroom.file(OTHER_WORDS, at=NOW + timedelta(hours=2), exonerees=("Ada Moss",))

    assert {newsroom.case_of(n) for n in (first, copy, retold)} == {1}
    assert [row.is_copy for row in newsroom.all(VerdictRow)] == [False, True, False]
    assert [alert.kind for alert in newsroom.all(AlertRow)] == ["opened"]


def test_another_event_opens_another_case(newsroom):
    newsroom.file(COURT, exonerees=("Ada Moss",))
    newsroom.file(ELSEWHERE)

    assert [row.id for row in newsroom.all(CaseRow)] == [1, 2]
    assert [alert.case_id for alert in newsroom.all(AlertRow)] == [1, 2]


def test_a_follow_up_after_months_is_found_among_hundreds_of_cases(newsroom):
    newsroom.file(COURT, exonerees=("Ada Moss",), state="Ohio")
    for n in range(60):
        name = f"Ben{chr(97 + n % 26)} Cole{chr(97 + n // 26)}man{n}"
        text = f"{name} of Ashford was freed on Monday. His was case number {n} of the year."
        newsroom.file(text, at=NOW + timedelta(days=n), exonerees=(name,))
    later = newsroom.file(
        "Ada Moss sues Ashford over the cannery case and the paid witness.",
        stage=Stage.COMPENSATION,
        at=NOW + timedelta(days=200),
        exonerees=("Ada Moss",),
        state="Ohio",
    )

    assert newsroom.case_of(later) == 1
    assert newsroom.all(AlertRow)[-1].reason == "new stage: compensation"


def test_small_news_within_the_hour_is_one_update_held_back(newsroom):
    newsroom.file(COURT)
    newsroom.file(OTHER_WORDS, at=NOW + timedelta(minutes=10), exonerees=("Ada Moss",))
    newsroom.file(f"{OTHER_WORDS} It was in Ohio.", at=NOW + timedelta(minutes=20), state="Ohio")
    newsroom.file(
        OTHER_WORDS.replace("Monday", "Monday evening, and slept"),
        at=NOW + timedelta(minutes=30),
        county="Ash County",
        exonerees=("Ada Moss",),
    )

    opened, *updates = newsroom.all(AlertRow)
    assert opened.kind == "opened"
    assert len(updates) == 1
    assert newsroom.all(DeliveryRow)[-1].due_at == NOW + timedelta(hours=1)


def test_a_new_stage_takes_the_held_news_along_at_once(newsroom):
    newsroom.file(COURT)
    newsroom.file(OTHER_WORDS, at=NOW + timedelta(minutes=10), exonerees=("Ada Moss",))
    soon = NOW + timedelta(minutes=20)
    newsroom.file(CLEARED, Stage.EXONERATED, soon, exonerees=("Ada Moss",))

    *_, update = newsroom.all(AlertRow)
    assert update.reason == "now named: Ada Moss; new stage: exonerated"
    assert update.snapshot["reason"] == update.reason
    assert newsroom.all(DeliveryRow)[-1].due_at == soon
    assert len(newsroom.all(DeliveryRow)) == 2


CLEARED = (
    "Every charge against Ada Moss in the cannery killing was dismissed, the district attorney in "
    "Ashford said; the witness who took money will be tried."
)


def test_a_new_stage_in_quiet_hours_joins_what_is_held_and_wakes_nobody(newsroom):
    newsroom.route(quiet="22:00-12:00 UTC")
    newsroom.file(COURT, exonerees=("Ada Moss",))
    newsroom.file(CLEARED, Stage.EXONERATED, NOW + timedelta(hours=1), exonerees=("Ada Moss",))

    [alert] = newsroom.all(AlertRow)
    assert (alert.kind, alert.reason) == ("opened", "a new case; new stage: exonerated")
    assert alert.snapshot["hit"]["stage"] == "exonerated"
    [delivery] = newsroom.all(DeliveryRow)
    assert (delivery.due_at, delivery.hold) == (NOW + timedelta(hours=4), "quiet")


def test_an_urgent_stage_takes_the_held_case_along_at_once(newsroom):
    newsroom.route(digest="daily 12:00 UTC", urgent=["exonerated"])
    newsroom.file(COURT, exonerees=("Ada Moss",))
    soon = NOW + timedelta(hours=1)
    newsroom.file(CLEARED, Stage.EXONERATED, soon, exonerees=("Ada Moss",))

    [delivery] = newsroom.all(DeliveryRow)
    assert (delivery.due_at, delivery.hold) == (soon, "")


def test_news_that_is_on_its_way_already_is_not_changed(newsroom):
    newsroom.file(COURT)
    newsroom.file(OTHER_WORDS, at=NOW + timedelta(minutes=10), exonerees=("Ada Moss",))

    def tried(session):
        session.scalars(select(DeliveryRow)).all()[-1].attempts = 1

    newsroom.db.now(tried)
    newsroom.file(
        OTHER_WORDS.replace("jury", "court"),
        stage=Stage.EXONERATED,
        at=NOW + timedelta(minutes=20),
        exonerees=("Ada Moss",),
    )
    newsroom.file(
        "Ada Moss of Ashford is free of the cannery case: all charges against her are gone.",
        stage=Stage.EXONERATED,
        at=NOW + timedelta(minutes=30),
        exonerees=("Ada Moss",),
    )

    reasons = [alert.reason for alert in newsroom.all(AlertRow)]
    assert reasons == ["a new case", "now named: Ada Moss", "new stage: exonerated"]


def test_a_hit_judged_again_keeps_its_case_and_its_clues_are_those_of_its_text(newsroom):
    article = newsroom.file(COURT, exonerees=("Ada Moss",))
    before = _clues(newsroom)
    newsroom.file(ELSEWHERE, at=NOW + timedelta(hours=1), article_id=article)

    assert newsroom.case_of(article) == 1
    assert _clues(newsroom) != before
    assert len(newsroom.all(AlertRow)) == 1


def _clues(newsroom):
    return newsroom.db.now(lambda session: set(session.scalars(select(ClueRow.key))))


def test_shingles_are_dropped_after_a_month_and_names_are_kept(newsroom):
    newsroom.file(COURT, exonerees=("Ada Moss",))
    newsroom.file(ELSEWHERE, at=NOW + timedelta(days=32))

    kept = newsroom.db.now(
        lambda s: set(s.scalars(select(ClueRow.key).where(ClueRow.verdict_id == 1)))
    )
    assert "nmoss" in kept
    assert not [key for key in kept if key.startswith("s")]


def test_cases_of_another_beat_are_no_candidates(newsroom):
    newsroom.file(COURT, exonerees=("Ada Moss",))
    clues = _clues(newsroom)

    assert newsroom.db.now(store.candidates, "b", clues) == [1]
    assert newsroom.db.now(store.candidates, "other", clues) == []
    assert newsroom.db.now(store.candidates, "b", set()) == []
