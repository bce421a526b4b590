"""A silence that ends tells what it hid, once, to those who would have heard of it."""

from datetime import timedelta

import pytest

from monitor.config import Alerts, Config
from monitor.deliver.render import render
from monitor.deliver.store import look as read
from monitor.judge.store import silences
from monitor.records import AlertKind
from monitor.tables import AlertRow, ArticleRow, CaseRow, DeliveryRow, HiddenRow, VerdictRow
from monitor.watch import flow
from tests.world import START

DAY = timedelta(days=1)
CHANNELS = {
    name: {"type": "webhook", "url": f"https://example.org/{name}", "secret": "s"}
    for name in ("desk", "night", "other", "house")
}
ROUTES = [
    {"beat": "b", "stages": ["vacated"], "to": ["desk"]},
    {"beat": "b", "stages": ["vacated"], "to": ["night"], "quiet": "07:00-20:00 UTC"},
    {"beat": "b", "stages": ["exonerated"], "to": ["other"]},
    {"beat": "c", "stages": ["vacated"], "to": ["other"]},
]


@pytest.fixture
def settings(tmp_path):
    return config(tmp_path, ROUTES)


def config(tmp_path, routes):
    alerts = Alerts.model_validate({"channels": CHANNELS, "routes": routes, "health": ["house"]})
    return Config(folder=tmp_path, alerts=alerts)


def silence(session, **asked):
    given = {"reason": "known", "who": "ann", "expires_at": START + DAY, "now": START}
    return silences.add(session, {"state": ("CA",)}, **{**given, **asked})


def hide(session, case_id, silence_id, *, merged_into=None):
    times = {"opened_at": START, "updated_at": START, "last_seen_at": START}
    if session.get(CaseRow, case_id) is None:
        title = f"Case number {case_id}"
        row = CaseRow(id=case_id, beat="b", title=title, stage="vacated", **times)
        row.merged_into = merged_into
        session.add(row)
        session.flush()
    number = session.query(VerdictRow).count() + 1
    url = f"https://example.org/{number}"
    session.add(ArticleRow(id=number, url=url, canonical_url=url, first_seen_at=START))
    session.flush()
    made = {"version": "1", "score": 9.0, "threshold": 5.0, "hit": True, "judged_at": START}
    session.add(
        VerdictRow(id=number, article_id=number, beat="b", stage="vacated", case_id=case_id, **made)
    )
    session.flush()
    about = {"silence_id": silence_id, "case_id": case_id, "verdict_id": number}
    session.add(HiddenRow(stage="vacated", at=START, **about))
    session.flush()


def look(db, settings, now):
    return db.now(flow.look, settings, now, None)


def told(db):
    """Each message with whom it goes to, and when."""

    def found(session):
        rows = session.query(DeliveryRow, AlertRow).join(
            AlertRow, AlertRow.id == DeliveryRow.alert_id
        )
        return [(d.channel, d.due_at, a.reason) for d, a in rows.order_by(DeliveryRow.id)]

    return db.now(found)


def test_it_is_told_once_when_it_ran_out(db, settings):
    number = db.now(silence)
    for case_id in (1, 2, 1):
        db.now(hide, case_id, number)
    assert look(db, settings, START + DAY / 2) == 0
    assert look(db, settings, START + DAY) == 2
    assert look(db, settings, START + DAY) == 0
    assert look(db, settings, START + 9 * DAY) == 0
    reason = "silence 1 of ann is over (known): it hid 3 hits of 2 cases"
    evening = START.replace(hour=20) + DAY
    assert told(db) == [("desk", START + DAY, reason), ("night", evening, reason)]


def test_the_message_names_every_case_and_whether_anybody_has_heard_of_it(db, settings):
    number = db.now(silence)
    for case_id in (1, 2, 1):
        db.now(hide, case_id, number)

    def tell(session):
        alert = AlertRow(key="k", kind=AlertKind.OPENED, beat="b", case_id=2, created_at=START)
        session.add(alert)

    db.now(tell)
    look(db, settings, START + DAY)
    message = render(db.now(read, 1))
    assert message.subject == "[silence over] 2 cases hidden: Case number 1"
    assert "case 1: Case number 1 (vacated, 2 hits, nobody has been told)" in message.text
    assert "case 2: Case number 2 (vacated, 1 hit, told before or since)" in message.text
    assert "state=CA" in message.text
    assert "hears of cases that were silenced" in message.text
    assert message.payload["type"] == "silence.ended"
    assert [case["id"] for case in message.payload["data"]["cases"]] == [1, 2]


def test_one_that_a_person_ended_is_told_at_once(db, settings):
    number = db.now(silence)
    db.now(hide, 1, number)
    assert db.now(silences.expire, number, START + DAY / 4)
    assert look(db, settings, START + DAY / 4) == 2


def test_one_that_hid_nothing_is_told_to_nobody(db, settings):
    db.now(silence)
    assert look(db, settings, START + DAY) == 0


def test_a_case_that_was_merged_away_is_told_as_the_one_it_is_part_of(db, settings):
    number = db.now(silence)
    db.now(hide, 1, number)
    db.now(hide, 2, number, merged_into=1)
    look(db, settings, START + DAY)
    assert told(db)[0][2].endswith("it hid 2 hits of 1 case")


def test_where_no_route_wants_it_those_hear_who_hear_of_trouble(db, tmp_path):
    number = db.now(silence)
    db.now(hide, 1, number)
    look(db, config(tmp_path, ROUTES[2:]), START + DAY)
    assert [channel for channel, _, _ in told(db)] == ["house"]


def test_hundreds_of_cases_are_counted_and_not_all_named(db, settings):
    number = db.now(silence)
    for case_id in range(1, 71):
        db.now(hide, case_id, number)
    look(db, settings, START + DAY)
    text = render(db.now(read, 1)).text
    assert "it hid 70 hits of 70 cases" in text
    assert "and 20 cases more: `monitor silence list --all`" in text
    assert "case 51:" not in text
