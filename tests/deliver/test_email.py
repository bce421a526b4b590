import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import trustme

from monitor.records import AlertKind
from tests.deliver.channels import ANN, BEN, PASSWORD, Open, channel

pytestmark = pytest.mark.anyio


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


async def test_a_mail_arrives_with_text_and_html_and_says_who_sent_it_and_why(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        assert await room.drain() == 1
    (mail,) = box.mails
    assert mail["To"] == ANN
    assert mail["From"] == "night desk <alerts@news.example.org>"
    assert mail["Subject"] == "Harlow County woman cleared after 19 years"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Id"] == "<exonerations.night-desk.news.example.org>"
    assert parsedate_to_datetime(mail["Date"]) == room.row.created_at
    assert mail["In-Reply-To"] is None
    assert part(mail, "plain").startswith("A judge on Tuesday declared Ines Okafor innocent")
    for kind in ("plain", "html"):
        assert "You get this because the channel “desk” hears of" in part(mail, kind)
        assert "Sent by night desk" in part(mail, kind)
    assert (room.row.state, room.row.due_at, room.row.sent_at) == ("sent", None, room.clock())


async def test_the_log_says_what_the_mail_server_answered(desk: Open, mail_server: Open) -> None:
    async with mail_server() as box:
        box.to_mail = ["451 try\x1b[1m later", f"250 2.0.0 Ok: queued as 4XYZ{'!' * 400}"]
        room = desk(desk=channel(box.port))
        room.file("desk", ANN)
        await room.drain()
        room.clock.push(hours=1)
        await room.drain()
    failed, sent = room.log()
    assert "451 try [1m later" in failed.detail
    assert (sent.ok, sent.detail[:33]) == (True, "250 2.0.0 Ok: queued as 4XYZ!!!!!")
    assert len(sent.detail) <= 310


async def test_an_update_answers_the_first_mail_of_its_case_to_the_same_person(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        room = desk(desk=channel(box.port))
        for recipient in (ANN, BEN):
            room.file("desk", recipient)
        room.file("desk", ANN, case_id=2)
        room.file("desk", ANN, kind=AlertKind.UPDATED, snapshot={"reason": "new stage: reversed"})
        await room.drain()
    first, second, other_case, update = box.mails
    assert update["In-Reply-To"] == update["References"] == first["Message-ID"]
    assert update["Subject"] == f"Re: {first['Subject']}"
    assert len({mail["Message-ID"] for mail in box.mails}) == 4
    assert second["In-Reply-To"] is None
    assert other_case["In-Reply-To"] is None


async def test_a_repeat_is_the_same_mail_to_the_last_byte(desk: Open, mail_server: Open) -> None:
    async with mail_server() as box:
        box.hang = True
        room = desk(desk=channel(box.port, timeout="300ms"))
        room.file("desk", ANN, key="case-1 – odd key\r\nBcc: x@example.org")
        await room.drain()
        assert (room.row.state, room.row.reason) == ("pending", "timeout")
        box.hang = False
        room.clock.push(hours=2)
        await room.drain()
    assert room.row.state == "sent", room.row.detail
    first, again = box.mails
    assert first["Message-ID"] == again["Message-ID"]
    assert first.as_bytes() == again.as_bytes()
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example\.org>", first["Message-ID"])


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_encrypted_mail_arrives_through_a_server_that_is_trusted(
    desk: Open, mail_server: Open, authority: trustme.CA, tmp_path: Path, tls: str
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    async with mail_server(tls=tls, user="m") as box:
        secrets = {"user": "m", "password": PASSWORD}
        room = desk(desk=channel(box.port, tls=tls, ca_file="ca.pem", **secrets))
        room.file("desk", ANN)
        await room.drain()
    assert room.row.state == "sent", room.row.detail
    assert len(box.mails) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_nothing_is_sent_through_a_server_that_is_not_trusted(
    desk: Open, mail_server: Open, tls: str
) -> None:
    async with mail_server(tls=tls) as box:
        room = desk(desk=channel(box.port, tls=tls))
        room.file("desk", ANN)
        await room.drain()
    assert box.mails == []
    assert (room.row.state, room.row.reason) == ("pending", "certificate")
    assert "name its authority in smtp.ca_file" in room.row.detail


async def test_nothing_is_sent_in_the_clear_where_encryption_was_asked_for(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        room = desk(desk=channel(box.port, tls="starttls", user="m", password=PASSWORD))
        room.file("desk", ANN)
        await room.drain()
    assert box.mails == []
    assert room.row.reason == "no_starttls"


async def test_an_authority_file_that_is_missing_is_named(desk: Open, mail_server: Open) -> None:
    async with mail_server(tls="tls") as box:
        room = desk(desk=channel(box.port, tls="tls", ca_file="nowhere.pem"))
        room.file("desk", ANN)
        await room.drain()
    assert room.row.reason == "ca_file"
    assert "nowhere.pem cannot be used" in room.row.detail


HOSTILE = {
    "line ends": "Free\r\nBcc: eve@example.org\r\n\r\nat last",
    "ten thousand letters": "Freed " * 1666,
    "one long word": "x" * 10_000,
    "emoji": "Free 👩🏽‍⚖️🎉 at last " * 20,
    "right to left": "\u202egnorw\u202c Innocent \u2067\u05d7\u05e4\u05d9\u2069 אחרי 19 שנים",
    "half a surrogate": "Free \ud83d at last",
    "html": "<script>alert(1)</script> & <b>free</b>",
    "nothing": "",
    "encoded word": "=?utf-8?q?Bcc=3A?= eve@example.org",
    "nul": "Free\x00 at\x0b last\u2028now",
}


@pytest.mark.parametrize("headline", HOSTILE.values(), ids=HOSTILE.keys())
async def test_no_headline_can_break_a_mail(desk: Open, mail_server: Open, headline: str) -> None:
    case = {"title": headline, "stage": headline, "facts": {headline: {"value": headline}}}
    hit = {"title": headline, "url": headline, "signals": [{"id": headline, "weight": "x"}]}
    async with mail_server() as box:
        room = desk(desk=channel(box.port))
        snapshot = {"case": case, "hit": hit, "sentence": headline, "instance": headline}
        room.file("desk", ANN, snapshot=snapshot)
        await room.drain()
    (mail,) = box.mails
    assert room.row.state == "sent", room.row.detail
    assert mail["Bcc"] is None
    assert mail["To"] == ANN
    assert mail.defects == []
    subject = str(mail["Subject"])
    assert 0 < len(subject) <= 140
    assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069\u2028\ufffd]", subject)
    assert "<script" not in part(mail, "html")
    assert max(map(len, box.raw[0].split(b"\r\n"))) <= 998


async def test_nobody_is_told_who_left_the_channel(desk: Open, mail_server: Open) -> None:
    async with mail_server() as box:
        room = desk(desk=channel(box.port))
        room.file("desk", "eve@example.org")
        await room.drain()
    assert box.mails == []
    assert (room.row.state, room.row.reason) == ("dead", "not_in_channel")


@pytest.mark.parametrize("person", ["jörg@example.org", "ann@exämple.org", "安@例え.jp"])
async def test_people_whose_address_is_not_ascii_are_told_too(
    desk: Open, mail_server: Open, person: str
) -> None:
    async with mail_server() as box:
        room = desk(desk={**channel(box.port), "to": [person]})
        room.file("desk", person)
        await room.drain()
    assert room.row.state == "sent", room.row.detail
    assert box.mails[0]["To"] == person


async def test_an_address_no_mail_can_be_written_to_is_given_up(
    desk: Open, mail_server: Open
) -> None:
    async with mail_server() as box:
        room = desk(desk={**channel(box.port), "to": ["a(b@example.org"]})
        room.file("desk", "a(b@example.org")
        await room.drain()
    assert (room.row.state, room.row.reason) == ("dead", "bad_address")
