"""A confirmed case is watched for what follows, and people hear of it once."""

from datetime import timedelta

import pytest

from monitor.config import Config, EmailChannel, Route
from monitor.config.models import Alerts
from monitor.desk.store import cases
from monitor.judge import flow
from monitor.records import Article, Fact, PendingArticle, Stage, Verdict
from monitor.tables import AlertRow, ArticleRow, CaseRow, LabelRow, WatchRow
from monitor.watch.flow import look
from tests.world import START

CLEARED = "A judge in Ash County threw out the conviction of Ada Moss on Monday."
SUIT = "Ada Moss of Ash County, who was wrongly convicted, has sued the city, her lawyer said."
AGAIN = "Ash County was sued by Ada Moss, who was wrongly convicted, the court's clerk said."
PAID = "The city will pay $4 million to Ada Moss of Ash County, who was wrongly convicted."


@pytest.fixture
def config(tmp_path):
    desk = {"type": "email", "to": ["desk@newsroom.example"], "smtp": {"host": "mail.example"}}
    routes = (Route(beat="b", to=("desk",), stages=tuple(Stage)),)
    alerts = Alerts(channels={"desk": EmailChannel.model_validate(desk)}, routes=routes)
    return Config(folder=tmp_path, alerts=alerts)


@pytest.fixture
def newsroom(db, config):
    return Newsroom(db, config)


class Newsroom:
    def __init__(self, db, config):
        self.db, self.config, self.now = db, config, START

    def file(self, text, *, hit=False, quiet=False):
        """Judge an article: a hit that names Ada Moss, or one below the threshold."""

        def put(session):
            number = session.query(ArticleRow).count() + 1
            url = f"https://outlet{number}.example/story"
            kept = {"text": text, "outlet": f"Outlet {number}", "title": text[:30]}
            row = ArticleRow(canonical_url=url, url=url, first_seen_at=self.now, **kept)
            session.add(row)
            session.flush()
            pending = PendingArticle(
                id=row.id,
                article=Article(url=url, canonical_url=url, **kept),
                first_seen_at=self.now,
                quiet=quiet,
            )
            facts = {
                "exonerees": Fact(value=("Ada Moss",), basis="stated"),
                "county": Fact(value="Ash County", basis="stated"),
            }
            found = Verdict(
                beat="b",
                version="1",
                score=9 if hit else 2,
                threshold=5,
                stage=Stage.VACATED if hit else Stage.UNKNOWN,
                facts=facts if hit else {},
            )
            flow.file(session, self.config, pending, (found,), self.now)

        self.db.now(put)

    def label(self, label):
        self.db.now(lambda s: s.add(LabelRow(verdict_id=1, label=label, at=self.now)))
        self.look()

    def look(self, **later):
        self.now += timedelta(**later)
        self.db.now(look, self.config, self.now, None)

    def all(self, row):
        return self.db.now(lambda session: session.query(row).order_by(row.id).all())

    def reasons(self):
        return [alert.reason.split(" (")[0] for alert in self.all(AlertRow)]

    def case(self):
        return self.db.now(lambda session: cases.cases(session, only=1))[0]


def test_a_confirmed_case_is_watched_for_a_year(newsroom):
    newsroom.file(CLEARED, hit=True)
    newsroom.look()
    assert newsroom.all(WatchRow) == []
    newsroom.label("confirmed")
    [watch] = newsroom.all(WatchRow)
    assert (watch.people, watch.places) == (["Ada Moss"], ["Ash County"])
    assert watch.expires_at == START + timedelta(days=365)


def test_what_follows_joins_the_case_below_the_threshold_and_is_told_once(newsroom):
    newsroom.file(CLEARED, hit=True)
    newsroom.label("confirmed")
    newsroom.now += timedelta(days=90)
    newsroom.file(SUIT)
    newsroom.file(AGAIN)
    newsroom.file(PAID)
    assert newsroom.reasons() == ["a new case", "follow-up: suit", "follow-up: compensation"]
    case = newsroom.case()
    assert [one["topic"] for one in case["follow_ups"]] == ["suit", "suit", "compensation"]
    assert case["stage"] == "compensation"
    assert len(newsroom.all(CaseRow)) == 1
    told = newsroom.all(AlertRow)[1].snapshot
    assert (told["case"]["id"], told["sentence"]) == (1, SUIT)


def test_without_a_watch_nothing_follows(newsroom):
    newsroom.file(CLEARED, hit=True)
    newsroom.file(SUIT)
    assert newsroom.reasons() == ["a new case"]
    assert newsroom.case()["follow_ups"] == []


def test_a_watch_expires_and_a_label_taken_back_ends_it(newsroom):
    newsroom.file(CLEARED, hit=True)
    newsroom.label("confirmed")
    newsroom.label("rejected")
    newsroom.file(SUIT)
    assert newsroom.reasons() == ["a new case"]
    newsroom.label("confirmed")
    newsroom.look(days=366)
    newsroom.file(SUIT)
    assert newsroom.reasons() == ["a new case"]


def test_what_was_there_before_is_kept_and_tells_nobody(newsroom):
    newsroom.file(CLEARED, hit=True)
    newsroom.label("confirmed")
    newsroom.file(SUIT, quiet=True)
    assert newsroom.reasons() == ["a new case"]
    assert len(newsroom.case()["follow_ups"]) == 1
