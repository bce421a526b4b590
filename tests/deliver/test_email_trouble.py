import asyncio
from typing import Any

import pytest

from tests.deliver.channels import ANN, BEN, PASSWORD, Open, channel

pytestmark = pytest.mark.anyio


async def test_a_refused_login_is_retried_and_the_password_is_shown_nowhere(
    desk: Open, mail_server: Open, caplog: pytest.LogCaptureFixture
) -> None:
    async with mail_server(user="m") as box:
        room = desk(desk=channel(box.port, user="m", password="wrong-battery-7"))
        room.file("desk", ANN)
        await room.drain()
    assert (room.row.state, room.row.reason) == ("pending", "login_refused")
    assert "check smtp.user and smtp.password" in room.row.detail
    shown = room.row.detail + caplog.text + repr([vars(r) for r in caplog.records])
    assert "wrong-battery-7" not in shown


async def test_a_password_that_the_server_repeats_is_hidden(desk: Open, mail_server: Open) -> None:
    async with mail_server(user="m") as box:
        box.to_recipient[ANN] = [f"450 your password is {PASSWORD}"]
        room = desk(desk=channel(box.port, user="m", password=PASSWORD))
        room.file("desk", ANN)
        await room.drain()
    assert "your password is ***" in room.row.detail


async def test_a_person_the_server_does_not_know_is_given_up_and_the_others_are_told(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        box.to_recipient[ANN] = ["550 5.1.1 no such user"]
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        room.file("desk", BEN)
        await room.drain()
    ann, ben = room.rows()
    assert (ann.state, ann.reason, ann.due_at) == ("dead", "smtp_550", None)
    assert f"refused the recipient {ANN}: 550 5.1.1 no such user; correct the address" in ann.detail
    assert ben.state == "sent"
    assert [mail["To"] for mail in box.mails] == [BEN]


async def test_a_greylisted_mail_is_tried_again_and_arrives_once(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        box.to_recipient[ANN] = ["451 4.7.1 greylisted, come back later"]
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        await room.drain()
        assert (room.row.state, room.row.reason) == ("pending", "smtp_451")
        assert await room.drain() == 0
        room.clock.push(minutes=2)
        await room.drain()
        room.clock.push(days=9)
        assert await room.drain() == 0
    assert len(box.mails) == 1


@pytest.mark.parametrize(("answer", "state"), [("554 spam", "dead"), ("452 full", "pending")])
async def test_a_refused_mail_is_given_up_and_a_full_server_is_asked_again(
    desk: Open, mail_server: Open, answer: str, state: str
) -> None:
    async with mail_server() as box:
        box.to_mail = [answer]
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        await room.drain()
    assert room.row.state == state
    assert answer in room.row.detail


async def _silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"220-still greeting\r\n" * 100)
        await writer.drain()
        await asyncio.sleep(0)


@pytest.mark.parametrize("server", [_silent, _endless])
@pytest.mark.parametrize("tls", ["none", "tls"])
async def test_a_server_that_accepts_and_hangs_does_not_hold_the_room(
    desk: Open, raw_server: Open, server: Any, tls: str
) -> None:
    port = await raw_server(server)
    room = desk(desk=channel(port, timeout="200ms", tls=tls))
    room.file("desk", ANN)
    assert await room.drain() == 1
    assert room.row.state == "pending"
    assert room.row.reason in {"timeout", "tls"}


async def test_a_mail_server_that_is_not_there_is_named(desk: Open, mail_server: Open) -> None:
    async with mail_server() as box:
        port = box.port
    nowhere = {"host": "smtp.invalid", "tls": "none"}
    room = desk(gone=channel(port), lost={**channel(port), "smtp": nowhere})
    room.file("gone", ANN)
    room.file("lost", ANN)
    await room.drain()
    gone, lost = room.rows()
    assert (gone.state, gone.reason) == ("pending", "connection_refused")
    assert gone.detail.startswith(f"mail server 127.0.0.1:{port}: ")
    assert (lost.state, lost.reason) == ("pending", "dns")


async def test_a_farewell_that_fails_does_not_send_the_mail_twice(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        box.to_mail = ["250 taken\r\n221 and now I hang up"]
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        await room.drain()
    assert room.row.state == "sent", room.row.detail
    assert len(box.mails) == 1
