"""What is collected for an hour goes out as one message, and nothing of it is lost or doubled."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from monitor.deliver import render, store
from monitor.tables import DeliveryRow
from tests.deliver.channels import Open, hook

pytestmark = pytest.mark.anyio


@pytest.fixture
def outbox_url(database_url: str) -> str:
    return database_url


def collect(room: Any, count: int, channel: str = "hook") -> list[str]:
    """File alerts that wait for the same hour."""
    keys = [room.file(channel, case_id=number + 1) for number in range(count)]

    def hold(session: Any) -> None:
        for row in session.query(DeliveryRow).filter(DeliveryRow.key.in_(keys)):
            row.hold = "digest"

    room.app.db.now(hold)
    return keys


async def test_a_digest_is_one_message_with_every_alert(desk: Open, sink: Any) -> None:
    room = desk(hook=hook(sink))
    collect(room, 3)
    await room.drain()
    (body,) = sink.bodies
    assert body["type"] == "digest"
    assert [one["type"] for one in body["data"]["alerts"]] == ["case.opened"] * 3
    assert {row.state for row in room.rows()} == {"sent"}
    assert all(room.app.db.now(store.attempts, row.id)[0].ok for row in room.rows())


async def test_one_alert_alone_is_no_digest(desk: Open, sink: Any) -> None:
    room = desk(hook=hook(sink))
    collect(room, 1)
    await room.drain()
    assert sink.bodies[0]["type"] == "case.opened"


async def test_a_digest_that_is_tried_again_is_the_same_under_the_same_id(
    desk: Open, sink: Any
) -> None:
    sink.answers = [(503, {})]
    room = desk(hook=hook(sink))
    collect(room, 2)
    await room.drain()
    room.clock.push(hours=2)
    collect(room, 1)
    await room.drain()
    (first, body), (again, same), _later = sink.posts
    assert (first["webhook-id"], body) == (again["webhook-id"], same)
    assert {row.state for row in room.rows()} == {"sent"}


async def test_two_processes_send_every_alert_of_a_digest_once(desk: Open, sink: Any) -> None:
    room, other = desk(hook=hook(sink)), desk(hook=hook(sink))
    collect(room, 20)
    await asyncio.gather(room.drain(), other.drain(), room.drain())
    told = [one for body in sink.bodies for one in body["data"].get("alerts", [body])]
    assert len(told) == 20
    assert {row.state for row in room.rows()} == {"sent"}


async def test_a_digest_that_is_refused_is_dead_and_can_be_retried(desk: Open, sink: Any) -> None:
    sink.answers = [(404, {})]
    room = desk(hook=hook(sink))
    collect(room, 3)
    await room.drain()
    assert {row.state for row in room.rows()} == {"dead"}
    assert room.app.db.now(store.retry, room.clock(), channel="hook") == 3
    await room.drain()
    assert {row.state for row in room.rows()} == {"sent"}


async def test_what_was_to_go_out_with_a_dropped_alert_goes_out_without_it(
    desk: Open, sink: Any
) -> None:
    sink.answers = [(503, {})]
    room = desk(hook=hook(sink))
    collect(room, 3)
    await room.drain()
    leader = next(row for row in room.rows() if row.bundle == row.key)
    room.app.db.now(store.drop, room.clock(), ids=[leader.id])
    room.clock.push(hours=2)
    await room.drain()
    assert sorted(row.state for row in room.rows()) == ["dropped", "sent", "sent"]


async def test_a_digest_names_every_case_in_text_and_html(delivery: Callable[..., Any]) -> None:
    others = tuple(
        delivery(key=f"other-{number}", snapshot={"sentence": f"Story number {number}."})
        for number in range(2)
    )
    message = render.render(delivery(others=others))
    for words in ("3 alerts", "Ines Okafor innocent", "Story number 0.", "Story number 1."):
        assert words in message.text
        assert words in message.html
    for service in ("slack", "discord", "teams"):
        assert "Story number 1" in str(render.card(delivery(others=others), service))
