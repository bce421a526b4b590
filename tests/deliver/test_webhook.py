import asyncio
import base64
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from monitor.records import AlertKind
from monitor.tables import IncidentRow

pytestmark = pytest.mark.anyio
RAW = "a raw secret, as people type them"
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()

Open = Callable[..., Any]


def channel(url: str, secret: str = SECRET) -> dict[str, Any]:
    return {"type": "webhook", "url": url, "secret": secret}


async def test_a_post_is_signed_so_that_others_software_accepts_it(desk: Open, sink: Any) -> None:
    room = desk(hook=channel(sink.url))
    key = room.file("hook")
    await room.drain()
    ((headers, body),) = sink.posts
    assert Webhook(SECRET).verify(body, headers)["type"] == "case.opened"
    assert headers["webhook-id"] == key
    assert headers["content-type"].startswith("application/json")
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + b" ", headers)
    assert room.row.state == "sent"


@pytest.mark.parametrize("secret", [RAW, SECRET.rstrip("=")])
async def test_a_secret_may_be_raw_or_unpadded(desk: Open, sink: Any, secret: str) -> None:
    room = desk(hook=channel(sink.url, secret))
    room.file("hook")
    await room.drain()
    ((headers, body),) = sink.posts
    Webhook(secret if secret != RAW else RAW.encode()).verify(body, headers)


async def test_the_body_holds_case_hit_reason_and_instance(desk: Open, sink: Any) -> None:
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    (body,) = sink.bodies
    assert set(body) == {"type", "timestamp", "data"}
    assert body["data"]["case"]["facts"]["exonerees"]["value"] == ["Ines Okafor"]
    assert body["data"]["hit"]["signals"][0]["id"] == "declared_innocent"
    assert body["data"]["reason"] == "a new case"
    assert body["data"]["instance"] == "night desk"
    assert body["timestamp"] == room.row.created_at.isoformat()


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (AlertKind.UPDATED, "case.updated"),
        (AlertKind.CORRECTED, "case.corrected"),
        (AlertKind.CANARY, "canary"),
        (AlertKind.HEALTH, "health.feed_silent"),
    ],
)
async def test_each_kind_of_alert_has_its_type(
    desk: Open, sink: Any, kind: AlertKind, named: str
) -> None:
    room = desk(hook=channel(sink.url))
    room.file("hook", kind=kind, snapshot={"incident": {"kind": "Feed silent"}})
    await room.drain()
    assert sink.bodies[0]["type"] == named


@pytest.mark.parametrize("status", [429, 500, 503, 408])
async def test_a_receiver_that_is_away_is_asked_again_under_the_same_id(
    desk: Open, sink: Any, status: int
) -> None:
    sink.answers = [(status, {})] * 3
    room = desk(hook=channel(sink.url))
    room.file("hook")
    for _ in range(5):
        await room.drain()
        room.clock.push(hours=2)
    assert room.row.state == "sent"
    assert len(sink.posts) == 4
    assert len({headers["webhook-id"] for headers, _body in sink.posts}) == 1
    assert len({body for _headers, body in sink.posts}) == 1


async def test_the_time_a_receiver_asks_for_is_waited(desk: Open, sink: Any) -> None:
    room = desk(hook=channel(sink.url))
    until = room.clock() + timedelta(hours=3)
    sink.answers = [
        (503, {"retry-after": "7200"}),
        (503, {"retry-after": format_datetime(until, usegmt=True)}),
        (503, {"retry-after": "soon"}),
    ]
    room.file("hook")
    await room.drain()
    assert room.row.due_at == room.clock() + timedelta(hours=2)
    room.clock.push(hours=2)
    await room.drain()
    assert room.row.due_at == until
    room.clock.push(hours=1)
    await room.drain()
    assert room.row.due_at < room.clock() + timedelta(minutes=10)


@pytest.mark.parametrize("status", [400, 401, 404, 422])
async def test_a_refusal_is_a_dead_letter_that_says_what_to_do(
    desk: Open, sink: Any, status: int
) -> None:
    sink.answers = [(status, {})]
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    room.clock.push(days=1)
    assert await room.drain() == 0
    assert (room.row.state, room.row.reason) == ("dead", f"http_{status}")
    assert f"answered {status}: check the channel's url and secret" in room.row.detail


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_never_followed(desk: Open, sink: Any, status: int) -> None:
    sink.answers = [(status, {"location": sink.url})]
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    assert len(sink.posts) == 1
    assert (room.row.state, room.row.reason) == ("dead", "redirect")
    assert "redirects are not followed" in room.row.detail


async def test_a_receiver_that_is_gone_disables_its_channel_and_no_other(
    desk: Open, sink: Any
) -> None:
    sink.answers = [(410, {})]
    room = desk(hook=channel(sink.url), other=channel(sink.url))
    for name in ("hook", "hook", "other"):
        room.file(name)
    await room.drain()
    first, second, other = room.rows()
    assert (first.state, first.reason) == ("dead", "gone")
    assert (second.state, second.reason) == ("dead", "channel_disabled")
    assert "channel 'hook' is disabled: it answered 410 Gone at 20" in second.detail
    assert other.state == "sent"
    assert len(sink.posts) == 2
    (incident,) = room.app.db.now(lambda session: session.query(IncidentRow).all())
    assert (incident.key, incident.kind) == ("channel:hook", "channel_disabled")
    assert incident.closed_at is None


async def test_a_new_address_ends_the_disabling(desk: Open, sink: Any) -> None:
    sink.answers = [(410, {})]
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    room = desk(hook=channel(f"{sink.url}/v2"))
    room.file("hook")
    await room.drain()
    assert [row.state for row in room.rows()] == ["dead", "sent"]


@pytest.mark.parametrize("status", [200, 202])
async def test_an_answer_of_garbage_is_delivered_if_its_status_is_and_logged_as_text(
    desk: Open, sink: Any, status: int
) -> None:
    sink.answers = [(status, {"content-type": "text/html; charset=klingon"})]
    sink.say = b"\x1b[2J\xff\x00<b>ok?\r\n" + b"\xc3" + b"garbage " * 100_000
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    assert room.row.state == "sent"
    (attempt,) = room.log()
    assert attempt.ok
    assert attempt.detail.startswith(f"{status} [2J<b>ok?garbage garbage")
    assert len(attempt.detail) <= 84


async def test_an_answer_that_tells_a_token_is_not_kept(desk: Open, sink: Any) -> None:
    sink.say = f"POST {sink.url} taken".encode()
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    assert [one.detail for one in room.log()] == ["200"]


async def test_every_attempt_is_logged_with_what_was_answered(desk: Open, sink: Any) -> None:
    sink.answers, sink.say = [(503, {}), (200, {})], b'{"ok": true}'
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    room.clock.push(hours=1)
    await room.drain()
    failed, sent = room.log()
    assert (failed.ok, sent.ok, sent.detail) == (False, True, '200 {"ok": true}')
    assert " answered 503: " in failed.detail


@pytest.mark.parametrize("status", [302, 308])
async def test_a_redirect_to_a_private_address_reaches_nobody(
    desk: Open, sink: Any, raw_server: Open, status: int
) -> None:
    asked: list[bytes] = []

    async def inside(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    port = await raw_server(inside)
    sink.answers = [(status, {"location": f"http://127.0.0.1:{port}/admin"})]
    room = desk(hook=channel(sink.url))
    room.file("hook")
    await room.drain()
    assert asked == []
    assert (room.row.state, room.row.reason) == ("dead", "redirect")
    assert "set the channel's url to the final address" in room.row.detail


async def test_a_private_address_is_refused_unless_it_is_allowed(desk: Open) -> None:
    room = desk(hook=channel("http://10.1.2.3/hook"))
    room.file("hook")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("dead", "forbidden_network")


async def test_a_receiver_that_hangs_is_asked_again(desk: Open, raw_server: Open) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    port = await raw_server(silent)
    room = desk(hook=channel(f"http://127.0.0.1:{port}/hook"))
    room.file("hook")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("pending", "timeout")


async def test_neither_secret_nor_token_is_ever_shown(
    desk: Open, sink: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sink.answers = [(500, {}), (404, {})]
    address = sink.url.replace("http://", "http://user:pw-in-url@") + "?sig=token-in-query"
    room = desk(
        hook=channel(address),
        away=channel("http://away.invalid/hooks/token-in-path?sig=token-in-query"),
    )
    for name in ("hook", "hook", "away"):
        room.file(name)
    await room.drain()
    rows = room.rows()
    assert [row.reason for row in rows] == ["http_500", "http_404", "dns"]
    fields = [repr(getattr(r, "fields", "")) for r in caplog.records if "monitor" in r.name]
    shown = "".join(row.detail for row in rows) + "".join(fields)
    for hidden in (SECRET, "token-in", "pw-in-url"):
        assert hidden not in shown
    assert "webhook at http://away.invalid: " in rows[2].detail


async def test_a_key_no_header_can_hold_still_gives_one_stable_id(desk: Open, sink: Any) -> None:
    sink.answers = [(503, {})]
    room = desk(hook=channel(sink.url))
    room.file("hook", key="case-1-updated-new person: Zoë\r\nX-Evil: 1")
    await room.drain()
    room.clock.push(hours=1)
    await room.drain()
    one, two = (headers for headers, _body in sink.posts)
    assert one["webhook-id"] == two["webhook-id"]
    assert one["webhook-id"].startswith("msg_")
    assert "x-evil" not in one


async def test_half_a_surrogate_in_a_headline_is_posted_as_valid_json(
    desk: Open, sink: Any
) -> None:
    room = desk(hook=channel(sink.url))
    room.file("hook", snapshot={"sentence": "Free \ud83d at last 🎉"})
    await room.drain()
    assert sink.bodies[0]["data"]["sentence"] == "Free ? at last 🎉"
