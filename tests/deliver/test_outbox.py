import asyncio
from datetime import timedelta
from typing import Any

import pytest

from monitor.deliver import flow, store
from monitor.records import Fate
from monitor.tables import ArticleRow, EntryRow, FeedRow, IncidentRow, VerdictRow
from tests.deliver.channels import Open, hook

pytestmark = pytest.mark.anyio


@pytest.fixture
def outbox_url(database_url: str) -> str:
    return database_url


async def test_nobody_is_told_twice(desk: Open, sink: Any) -> None:
    room, other = desk(hook=hook(sink)), desk(hook=hook(sink))
    keys = {room.file("hook") for _ in range(30)}
    await asyncio.gather(*(process.drain() for process in (room, other, room, other)))
    room.clock.push(days=30)
    assert await room.drain() == 0
    told = [headers["webhook-id"] for headers, _body in sink.posts]
    assert len(told) == 30
    assert set(told) == keys


async def test_a_delivery_cut_off_before_it_was_sent_is_sent_after_its_lease(
    desk: Open, sink: Any
) -> None:
    room = desk(hook=hook(sink))
    room.file("hook")
    assert await room.app.db.run(flow.claim, room.clock()) is not None
    assert await room.drain() == 0
    room.clock.push(minutes=6)
    assert await room.drain() == 1
    assert room.row.state == "sent"


async def test_a_delivery_cut_off_after_it_was_sent_repeats_under_the_same_id(
    desk: Open, sink: Any
) -> None:
    room = desk(hook=hook(sink))
    room.file("hook")
    claimed = await room.app.db.run(flow.claim, room.clock())
    await flow.send(room.app, claimed, flow.render.render(claimed))
    room.clock.push(minutes=6)
    await room.drain()
    one, two = (headers["webhook-id"] for headers, _body in sink.posts)
    assert one == two
    assert room.row.state == "sent"


async def test_a_delivery_that_keeps_killing_its_process_is_given_up(desk: Open, sink: Any) -> None:
    room = desk(hook=hook(sink))
    room.file("hook")
    for _ in range(20):
        assert await room.app.db.run(flow.claim, room.clock()) is not None
        room.clock.push(minutes=6)
    assert await room.app.db.run(flow.claim, room.clock()) is None
    assert (room.row.state, room.row.reason) == ("dead", "poison")


async def test_a_receiver_away_for_two_days_ends_as_a_dead_letter_with_its_log(
    desk: Open, sink: Any
) -> None:
    sink.answers = [(503, {})] * 200
    room = desk(hook=hook(sink))
    room.file("hook")
    for _ in range(150):
        await room.drain()
        room.clock.push(minutes=20)
    assert (room.row.state, room.row.reason) == ("dead", "http_503")
    log = room.app.db.now(store.attempts, room.row.id)
    assert 40 <= len(log) == len(sink.posts) == room.row.attempts
    assert {line.ok for line in log} == {False}
    assert log[-1].at - log[0].at >= timedelta(hours=24)


async def test_a_dead_letter_is_sent_when_a_person_asks_for_it(desk: Open, sink: Any) -> None:
    sink.answers = [(404, {}), (503, {})]
    room = desk(hook=hook(sink))
    room.file("hook")
    await room.drain()
    room.clock.push(days=10)
    assert room.app.db.now(store.retry, room.clock(), ids=[room.row.id]) == 1
    await room.drain()
    assert room.row.state == "pending", "it has its full time again"
    room.clock.push(hours=1)
    await room.drain()
    assert room.row.state == "sent"
    assert room.app.db.now(store.retry, room.clock()) == 0


async def test_asking_again_ends_the_disabling_and_its_incident(desk: Open, sink: Any) -> None:
    sink.answers = [(410, {})]
    room = desk(hook=hook(sink))
    room.file("hook")
    await room.drain()
    room.app.db.now(store.retry, room.clock(), channel="hook")
    await room.drain()
    assert room.row.state == "sent"
    (incident,) = room.app.db.now(lambda session: session.query(IncidentRow).all())
    assert incident.closed_at == room.clock()


async def test_a_dropped_delivery_is_never_sent(desk: Open, sink: Any) -> None:
    room = desk(hook=hook(sink))
    room.file("hook")
    claimed = await room.app.db.run(flow.claim, room.clock())
    assert room.app.db.now(store.drop, room.clock(), ids=[claimed.id]) == 1
    failure = store.Failure(reason="http_503", detail="away", due_at=room.clock())
    room.app.db.now(store.fail, claimed.id, failure, room.clock())
    room.clock.push(days=1)
    assert await room.drain() == 0
    assert (room.row.state, sink.posts) == ("dropped", [])


async def test_the_list_says_what_stands_where(desk: Open, sink: Any) -> None:
    sink.answers = [(404, {})]
    room = desk(hook=hook(sink))
    for _ in range(3):
        room.file("hook")
    room.file("nowhere")
    await room.drain()
    counts = room.app.db.now(store.counts)
    assert counts == {"pending": 0, "sent": 2, "dead": 2, "dropped": 0}
    dead = room.app.db.now(store.list_deliveries, states=["dead"])
    assert [(line.channel, line.reason) for line in dead] == [
        ("nowhere", "no_channel"),
        ("hook", "http_404"),
    ]
    assert "'nowhere' is not configured; add it to alerts.channels" in dead[0].detail
    assert dead[0].case_id == 1
    assert len(room.app.db.now(store.list_deliveries, channel="hook", limit=2)) == 2


def _entry(session: Any, now: Any) -> int:
    session.add(FeedRow(id=1, url="u", added_at=now))
    session.add(ArticleRow(id=1, canonical_url="u", url="u", first_seen_at=now))
    session.flush()
    session.add(EntryRow(feed_id=1, article_id=1, first_seen_at=now, fate=Fate.HIT))
    judged = {"version": "1", "score": 9, "threshold": 7, "hit": True, "stage": "exonerated"}
    verdict = VerdictRow(article_id=1, beat="exonerations", judged_at=now, **judged)
    session.add(verdict)
    session.flush()
    return int(verdict.id)


async def test_the_fate_of_an_entry_follows_its_alert(desk: Open, sink: Any) -> None:
    sink.answers = [(404, {}), (404, {})]
    room = desk(hook=hook(sink))
    verdict_id = room.app.db.now(_entry, room.clock())

    def fate() -> str:
        return str(room.app.db.now(lambda session: session.query(EntryRow).one().fate))

    room.file("hook", verdict_id=verdict_id)
    await room.drain()
    assert fate() == "undeliverable"
    room.app.db.now(store.retry, room.clock())
    assert fate() == "hit"
    room.file("hook", verdict_id=verdict_id)
    await room.drain()
    assert fate() == "alerted"
