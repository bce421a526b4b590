"""Trouble is told once when it begins and once when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.config import Alerts, Config
from monitor.records import AlertKind
from monitor.tables import (
    AlertRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    GapRow,
    IncidentRow,
)
from monitor.watch import decide, flow
from tests.world import START

DAY = timedelta(days=1)
SMTP = {"host": "127.0.0.1", "tls": "none"}
CHANNELS = {
    "desk": {"type": "email", "to": ["ann@example.org", "ben@example.org"], "smtp": SMTP},
    "hook": {"type": "webhook", "url": "https://example.org/h", "secret": "s"},
    "chat": {"type": "slack", "url": "https://example.org/s"},
}


def config(tmp_path, *health):
    alerts = Alerts.model_validate({"channels": CHANNELS, "health": health, "instance": "night"})
    return Config(folder=tmp_path, alerts=alerts)


def feed(db, **given):
    def add(session):
        row = FeedRow(
            **{"url": "https://example.org/f", "name": "Courier", "added_at": START, **given}
        )
        session.add(row)
        session.flush()
        return row.id

    return db.now(add)


def look(db, settings, now, room=None):
    return db.now(flow.look, settings, now, room)


def told(db):
    return db.now(lambda s: [(a.kind, a.reason) for a in s.query(AlertRow).order_by(AlertRow.id)])


def dead_letter(session):
    alert = AlertRow(key="k", kind=AlertKind.OPENED, created_at=START)
    session.add(alert)
    session.flush()
    session.add(
        DeliveryRow(
            alert_id=alert.id,
            channel="hook",
            key="d",
            state="dead",
            created_at=START,
            deadline=START,
        )
    )


def test_a_feed_that_fails_for_a_day_is_told_once_and_its_recovery_once(db, tmp_path):
    settings = config(tmp_path, "desk", "hook")
    number = feed(db, failures=9, ok_at=START, detail="timeout")
    assert look(db, settings, START + DAY / 2) == 0
    assert look(db, settings, START + DAY) == 3
    assert look(db, settings, START + 2 * DAY) == 0

    def mend(session):
        row = session.get(FeedRow, number)
        row.failures, row.ok_at = 0, START + 2 * DAY

    db.now(mend)
    assert look(db, settings, START + 2 * DAY) == 3
    assert look(db, settings, START + 3 * DAY) == 0
    (_, begun), (_, over) = told(db)
    assert "Courier (https://example.org/f) has failed since 2026-03-02 08:00 UTC: timeout" in begun
    assert over.startswith("over: ")


def test_a_message_says_what_to_do(db, tmp_path):
    feed(db, state="gone")
    look(db, config(tmp_path, "desk"), START)
    (alert,) = db.now(lambda session: list(session.query(AlertRow)))
    assert alert.kind == AlertKind.HEALTH
    assert alert.snapshot["incident"]["kind"] == "feed_gone"
    assert "find its successor" in alert.snapshot["remedy"]


def test_dead_letters_are_told_through_another_channel(db, tmp_path):
    db.now(dead_letter)
    look(db, config(tmp_path, "hook", "chat"), START)
    rows = db.now(
        lambda s: [row.channel for row in s.query(DeliveryRow).filter_by(state="pending")]
    )
    assert rows == ["chat"]


def test_where_only_the_dead_channel_hears_of_trouble_all_others_do(db, tmp_path):
    db.now(dead_letter)
    look(db, config(tmp_path, "hook"), START)
    rows = db.now(
        lambda s: [row.channel for row in s.query(DeliveryRow).filter_by(state="pending")]
    )
    assert sorted(rows) == ["chat", "desk", "desk"]


def test_trouble_is_remembered_where_nobody_is_to_hear_of_it(db, tmp_path):
    feed(db, state="gone")
    assert look(db, config(tmp_path), START) == 0
    (incident,) = db.now(lambda session: list(session.query(IncidentRow)))
    assert (incident.kind, incident.closed_at) == ("feed_gone", None)


def test_dead_letters_are_told_through_other_channels_even_where_nobody_is_named(db, tmp_path):
    db.now(dead_letter)
    look(db, config(tmp_path), START)
    rows = db.now(
        lambda s: [row.channel for row in s.query(DeliveryRow).filter_by(state="pending")]
    )
    assert sorted(rows) == ["chat", "desk", "desk"]


def test_an_incident_that_another_room_opened_is_told_but_not_closed(db, tmp_path):
    row = {"key": "channel:hook", "kind": "channel_disabled", "detail": "410", "opened_at": START}
    db.now(lambda session: session.add(IncidentRow(**row)))
    assert look(db, config(tmp_path, "hook", "chat"), START) == 1
    (incident,) = db.now(lambda session: list(session.query(IncidentRow)))
    assert incident.closed_at is None


def test_what_ended_before_anybody_heard_of_it_is_not_told(db, tmp_path):
    row = {"key": "outage", "kind": "outage", "opened_at": START, "closed_at": START}
    db.now(lambda session: session.add(IncidentRow(**row)))
    assert look(db, config(tmp_path, "hook"), START) == 0


def entry(fate, reason="", *, read_as=None, why="", at=START):
    """An entry that came to this; if an article was made of it, how it was read."""

    def add(session):
        feed_id = session.scalars(select(FeedRow.id)).first()
        row = EntryRow(feed_id=feed_id, fate=fate, reason=reason, first_seen_at=at)
        if read_as:
            number = session.query(ArticleRow).count()
            article = ArticleRow(
                canonical_url=f"u{number}", url="u", read_as=read_as, reason=why, first_seen_at=at
            )
            session.add(article)
            session.flush()
            row.article_id = article.id
        session.add(row)

    return add


def blocked(told):
    return [reason for kind, reason in told if "articles of a day" in reason]


def test_an_outlet_of_which_half_cannot_be_read_is_told_with_the_walls(db, tmp_path):
    feed(db, outlet="Harlow Courier")
    for _ in range(3):
        db.now(entry("judged_no", read_as="page"))
    db.now(entry("judged_no", read_as="headline", why="http_403"))
    db.now(entry("blocked", "http_403"))
    db.now(entry("retrying", "soft_404"))
    db.now(entry("waiting"))
    look(db, config(tmp_path, "hook"), START)
    walls = "forbids us to read it (403): 2; a page says that there is none (soft 404): 1"
    start = "Harlow Courier: 3 of 6 articles of a day could not be read; its server "
    assert blocked(told(db)) == [start + walls]


@pytest.mark.parametrize(
    "wall",
    ["http_401", "http_402", "http_403", "http_429", "http_451", "challenge", "consent",
     "soft_404", "login"],
)  # fmt: skip
def test_every_wall_has_a_name(db, tmp_path, wall):
    feed(db, outlet="Harlow Courier")
    for _ in range(3):
        db.now(entry("blocked", wall))
    look(db, config(tmp_path, "hook"), START)
    assert f"{decide.WALLS[wall]}: 3" in blocked(told(db))[0]


def test_an_outlet_is_told_once_however_long_it_is_blocked_and_once_when_it_is_over(db, tmp_path):
    feed(db, outlet="Harlow Courier")
    settings = config(tmp_path, "hook")
    for _ in range(4):
        db.now(entry("blocked", "challenge"))
    for hours in (0, 12, 30, 60):  # nothing new for two days: nobody knows that it is over
        look(db, settings, START + timedelta(hours=hours))
    assert len(told(db)) == 1
    for _ in range(4):
        db.now(entry("judged_no", read_as="page", at=START + 3 * DAY))
    look(db, settings, START + 3 * DAY)
    look(db, settings, START + 4 * DAY)
    assert [reason[:5] for _, reason in told(db)] == ["Harlo", "over:"]


def test_a_yield_that_drops_is_told_though_most_is_still_read(db, tmp_path):
    feed(db, outlet="Harlow Courier")
    settings = config(tmp_path, "hook")
    for _ in range(20):
        db.now(entry("judged_no", read_as="page"))
    look(db, settings, START)
    for number in range(20):
        wall = {"read_as": "headline", "why": "consent"} if number < 7 else {"read_as": "page"}
        db.now(entry("judged_no", at=START + 2 * DAY, **wall))
    look(db, settings, START + 2 * DAY)
    assert "7 of 20" in blocked(told(db))[0]


def test_an_outlet_that_never_was_read_whole_is_not_missed_anew(db, tmp_path):
    feed(db, outlet="Harlow Courier")
    settings = config(tmp_path, "hook")
    for day in (0, 2, 4):
        for number in range(20):
            wall = {"read_as": "headline", "why": "consent"} if number < 7 else {"read_as": "page"}
            db.now(entry("judged_no", at=START + day * DAY, **wall))
        look(db, settings, START + day * DAY)
    assert told(db) == []


def test_what_stands_in_the_feed_alone_counts_as_read(db, tmp_path):
    feed(db, outlet="Harlow Courier")
    for _ in range(6):
        db.now(entry("judged_no", read_as="feed"))
    look(db, config(tmp_path, "hook"), START)
    assert told(db) == []


def test_a_gap_is_told(db, tmp_path):
    number = feed(db)
    db.now(lambda s: s.add(GapRow(feed_id=number, since=START - DAY, until=START)))
    look(db, config(tmp_path, "hook"), START)
    look(db, config(tmp_path, "hook"), START + 2 * DAY)
    assert [reason[:4] for _, reason in told(db)] == ["Cour", "over"]


def test_a_disk_is_full_before_the_last_byte_and_well_again_only_with_room():
    def wrong(megabytes, *known):
        disk = decide.Disk(free=megabytes * 10**6, total=10**12)
        return [one.key for one in decide.troubles(decide.Seen(disk=disk), known, START)]

    assert wrong(600) == []
    assert wrong(400) == ["disk"]
    assert wrong(600, "disk") == ["disk"]
    assert wrong(800, "disk") == []


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"new_at": START - 20 * DAY, "ok_at": START}, "feed_silent"),
        ({"new_at": START - 2 * DAY, "ok_at": START}, None),
        ({"new_at": START - 2 * DAY, "ok_at": START, "missed_from": START - DAY}, "feed_silent"),
        ({"new_at": START - 20 * DAY, "ok_at": START, "missed_from": START + DAY}, None),
        ({"new_at": START - 20 * DAY, "ok_at": START - 19 * DAY}, None),
        ({"state": "paused", "failures": 90}, None),
        ({"failures": 3, "ok_at": START - 9 * DAY}, None),
        ({"failures": 4, "ok_at": START - 9 * DAY}, "feed_failing"),
    ],
)
def test_a_feed_never_dies_silently(given, kind):
    plain = {"id": 1, "name": "", "url": "u", "state": "active", "failures": 0, "detail": ""}
    times = {"added_at": START - 90 * DAY, "ok_at": None, "new_at": None}
    seen = decide.Seen(feeds=(decide.FeedSeen(**{**plain, **times, **given}),))
    assert [one.kind for one in decide.troubles(seen, (), START)] == ([kind] if kind else [])
