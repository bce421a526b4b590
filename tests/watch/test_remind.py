"""People are reminded until somebody acknowledges, and then others are told."""

from datetime import timedelta

from monitor.config import Alerts, Config
from monitor.deliver import store
from monitor.records import AlertKind
from monitor.tables import AlertRow, CaseRow, DeliveryRow
from monitor.watch import flow
from tests.world import START

HOUR = timedelta(hours=1)
CHANNELS = {
    name: {"type": "slack", "url": f"https://example.org/{name}"} for name in ("desk", "chief")
}
SNAPSHOT = {"case": {"facts": {}}, "hit": {"stage": "exonerated"}, "reason": "a new case"}


def config(tmp_path, **route):
    routes = [{"beat": "b", "to": ["desk"], **route}]
    alerts = Alerts.model_validate({"channels": CHANNELS, "routes": routes})
    return Config(folder=tmp_path, alerts=alerts)


def tell(session):
    times = {"opened_at": START, "updated_at": START, "last_seen_at": START}
    session.add(CaseRow(id=1, beat="b", title="t", stage="exonerated", **times))
    session.flush()
    alert = AlertRow(
        key="k", kind=AlertKind.OPENED, beat="b", case_id=1, snapshot=SNAPSHOT, created_at=START
    )
    session.add(alert)
    session.flush()
    made = {"created_at": START, "deadline": START, "sent_at": START, "state": "sent"}
    session.add(DeliveryRow(alert_id=alert.id, channel="desk", key="d", **made))


def look(db, settings, now):
    db.now(flow.look, settings, now, None)

    def sent(session):
        rows = session.query(DeliveryRow).filter(DeliveryRow.key != "d").order_by(DeliveryRow.id)
        for row in rows:
            row.state, row.sent_at = "sent", now
        return [row.channel for row in rows]

    return db.now(sent)


def test_people_are_reminded_until_somebody_acknowledges(db, tmp_path):
    settings = config(tmp_path, remind="2h")
    db.now(tell)
    assert look(db, settings, START + HOUR) == []
    assert look(db, settings, START + 2 * HOUR) == ["desk"]
    assert look(db, settings, START + 3 * HOUR) == ["desk"]
    assert look(db, settings, START + 9 * HOUR) == ["desk"] * 2
    last = db.now(lambda s: max(row.id for row in s.query(DeliveryRow)))
    assert db.now(store.acknowledge, START + 9 * HOUR, ids=[last], who="ann") == 3
    assert look(db, settings, START + 40 * HOUR) == ["desk"] * 2


def test_others_are_told_once_where_nobody_acknowledges(db, tmp_path):
    settings = config(tmp_path, escalate={"after": "4h", "to": ["chief"]})
    db.now(tell)
    assert look(db, settings, START + 3 * HOUR) == []
    assert look(db, settings, START + 4 * HOUR) == ["chief"]
    assert look(db, settings, START + 400 * HOUR) == ["chief"]
    reason = db.now(lambda s: s.query(AlertRow).filter(AlertRow.key != "k").one().reason)
    assert reason.startswith("escalated: nobody of desk acknowledged it; `monitor alerts ack")


def test_nobody_is_reminded_in_quiet_hours_or_unless_asked_for(db, tmp_path):
    db.now(tell)
    night = config(tmp_path, remind="2h", quiet="07:00-12:00 UTC")
    assert look(db, night, START + 2 * HOUR) == []
    assert look(db, config(tmp_path), START + 5 * HOUR) == []
    assert look(db, night, START + 5 * HOUR) == ["desk"]
