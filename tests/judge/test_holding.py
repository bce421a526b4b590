"""What waits for another source goes out when there is one, with what is known then."""

from datetime import timedelta

import pytest

from monitor.judge import policy
from monitor.judge.store import holding
from monitor.records import AlertKind, Fact, Stage, Verdict
from monitor.tables import (
    AlertRow,
    ArticleRow,
    CaseRow,
    DeliveryRow,
    HiddenRow,
    SilenceRow,
    VerdictRow,
)
from tests.world import START

HALF = timedelta(minutes=30)
MADE = {"version": "1", "score": 9.0, "threshold": 5.0, "hit": True, "judged_at": START}


def case(session):
    times = {"opened_at": START, "updated_at": START, "last_seen_at": START}
    session.add(CaseRow(id=1, beat="b", title="t", stage="vacated", **times))
    session.flush()


def hit(session, number, outlet, *, stage="vacated", copy=False):
    url = f"https://example.org/{number}"
    session.add(
        ArticleRow(id=number, url=url, canonical_url=url, outlet=outlet, first_seen_at=START)
    )
    session.flush()
    given = {"article_id": number, "beat": "b", "stage": stage, "case_id": 1, "is_copy": copy}
    session.add(VerdictRow(id=number, **given, **MADE))
    session.flush()


def delivery(session):
    alert = AlertRow(
        key="k", kind=AlertKind.OPENED, beat="b", case_id=1, reason="a new case", created_at=START
    )
    session.add(alert)
    session.flush()
    end = START + timedelta(days=2)
    made = {"created_at": START, "due_at": START, "deadline": end}
    session.add(DeliveryRow(alert_id=alert.id, channel="desk", key="d", **made))
    session.flush()


def test_what_waits_goes_out_with_the_second_source(db):
    def wait(session):
        case(session)
        hit(session, 1, "Courier")
        delivery(session)
        plan = policy.Plan(due_at=START + HALF, hold="sources")
        holding.hold(session, ["k"], {"desk": plan})
        row = session.query(DeliveryRow).one()
        assert (row.due_at, row.hold) == (START + HALF, "sources")
        assert row.deadline == START + timedelta(days=2) + HALF
        hit(session, 2, "Wire", copy=True)
        assert holding.count_sources(session, 1) == 1
        hit(session, 3, "Tribune")
        assert holding.count_sources(session, 1) == 2
        assert holding.waiting(session, 1, START)
        now = {"desk": policy.Plan(due_at=START)}
        holding.release(session, 1, now, {"case": {"outlets": 2}}, START)
        assert (row.due_at, row.hold) == (START, "")
        alert = session.query(AlertRow).one()
        assert alert.snapshot == {"case": {"outlets": 2}, "reason": "a new case"}
        assert not holding.waiting(session, 1, START)

    db.now(wait)


def test_what_was_tried_already_is_not_changed(db):
    def tried(session):
        case(session)
        delivery(session)
        row = session.query(DeliveryRow).one()
        row.attempts = 1
        session.flush()
        holding.hold(session, ["k"], {"desk": policy.Plan(due_at=START + HALF, hold="quiet")})
        assert row.due_at == START

    db.now(tried)


@pytest.mark.parametrize(("stage", "heard"), [("vacated", False), ("exonerated", True)])
def test_a_silence_hides_a_case_until_it_goes_on(db, stage, heard):
    def silenced(session):
        case(session)
        session.add(
            SilenceRow(
                id=1,
                matcher={"state": ["OH"]},
                reason="told by phone",
                who="ann",
                created_at=START,
                expires_at=START + timedelta(days=7),
            )
        )
        hit(session, 1, "Courier")
        hit(session, 2, "Tribune", stage=stage)
        facts = {"state": Fact(value="OH", basis="stated")}

        def file(number, stage):
            found = Verdict(beat="b", version="1", score=9, threshold=5, stage=Stage(stage))
            filed = holding.Filed(case_id=1, verdict_id=number, now=START)
            return holding.silence(session, filed, found, facts, "Courier")

        assert file(1, "vacated")
        assert file(1, "vacated")  # judged again
        assert holding.hidden(session, 1) == "silence 1 of ann hides it: told by phone"
        assert file(2, stage) is not heard
        assert session.query(HiddenRow).count() == (1 if heard else 2)

    db.now(silenced)


def test_a_case_that_was_told_before_its_silence_is_heard_again_when_it_goes_on(db):
    def silenced(session):
        case(session)
        hit(session, 1, "Courier")
        later = START + timedelta(days=1)
        made = {"reason": "known", "created_at": later, "expires_at": later + timedelta(days=7)}
        session.add(SilenceRow(matcher={"case": ["1"]}, **made))
        hit(session, 2, "Tribune")
        hit(session, 3, "Wire", stage="exonerated")

        def hides(number, stage):
            found = Verdict(beat="b", version="1", score=9, threshold=5, stage=Stage(stage))
            filed = holding.Filed(case_id=1, verdict_id=number, now=later)
            return holding.silence(session, filed, found, {}, "Courier")

        assert hides(2, "vacated")
        assert not hides(3, "exonerated")

    db.now(silenced)
