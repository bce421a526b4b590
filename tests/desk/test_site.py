"""The pages that alerts link to: opening changes nothing, one button does, and links end."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from monitor import tickets
from monitor.cli.serving import beside
from monitor.config import Config, Desk
from monitor.db import Database
from monitor.db.keys import desk_key, known_key
from monitor.deliver import store
from monitor.desk import server
from monitor.desk.site import Site
from monitor.errors import UsageError
from monitor.records import AlertKind
from monitor.tables import (
    AlertRow,
    ArticleRow,
    CaseRow,
    DeliveryRow,
    FeedRow,
    HubRow,
    VerdictRow,
)
from monitor.tickets import Ticket
from tests.world import START, Clock

pytestmark = pytest.mark.anyio
SENTENCE = "A judge declared Ines Okafor <b>innocent</b> on Tuesday."
FACTS = {
    "exonerees": {"value": ["Ines Okafor"], "basis": "stated", "sentence": SENTENCE},
    "years_lost_stated": {
        "value": 19,
        "basis": "stated",
        "sentence": "It took 19 years.",
        "also": [{"value": 21, "url": "https://wire.example/a", "sentence": "She lost 21 years."}],
    },
    "crime": {"value": None, "basis": "unknown", "sentence": ""},
}


class Opened:
    """A desk on loopback, and what people do in a browser."""

    def __init__(self, db: Database, clock: Clock, client: httpx.AsyncClient) -> None:
        self.db, self.clock, self.client = db, clock, client
        self.key = db.now(desk_key, START)
        db.now(_fill)

    def address(self, action: tickets.Action, number: int = 1) -> str:
        until = START + timedelta(days=30)
        ticket = Ticket(action=action, number=number, until=until)
        return f"/{action}/{tickets.issue(self.key, ticket)}"

    def acked(self) -> list[str]:
        return self.db.now(lambda s: [row.acked_by for row in s.query(AlertRow) if row.acked_at])


def _fill(session) -> None:
    times = {"opened_at": START, "updated_at": START, "last_seen_at": START}
    kept = {"beat": "b", "title": "Woman cleared <at last>", "stage": "exonerated"}
    session.add(CaseRow(id=1, facts=FACTS, **kept, **times))
    url = "https://courier.example/a"
    known = {"outlet": "Harlow Courier", "title": "Okafor goes home"}
    session.add(ArticleRow(id=1, url=url, canonical_url=url, first_seen_at=START, **known))
    session.flush()
    made = {"version": "1", "score": 9.0, "threshold": 5.0, "hit": True, "judged_at": START}
    body = {"sentence": SENTENCE}
    found = {"article_id": 1, "beat": "b", "stage": "exonerated", "case_id": 1, "body": body}
    session.add(VerdictRow(id=1, joined="no case like it", **found, **made))
    snapshot = {"case": {"id": 1, "title": kept["title"]}, "hit": {}, "sentence": SENTENCE}
    for number, who in ((1, "ann@example.org"), (2, "ben@example.org")):
        told = {"kind": AlertKind.OPENED, "beat": "b", "case_id": 1, "snapshot": snapshot}
        session.add(AlertRow(id=number, key=f"k{number}", created_at=START, **told))
        session.flush()
        sent = {"created_at": START, "deadline": START, "sent_at": START, "state": "sent"}
        to = {"channel": "desk", "recipient": who, "key": f"d{number}"}
        session.add(DeliveryRow(id=number, alert_id=number, **to, **sent))


@pytest.fixture
async def desk(db: Database, clock: Clock) -> AsyncIterator[Opened]:
    opened, stop = server.listen("127.0.0.1:0"), asyncio.Event()
    serving = asyncio.create_task(server.serve(Site(db, clock).app(), opened, stop))
    base = f"http://127.0.0.1:{opened.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
        yield Opened(db, clock, client)
    stop.set()
    await serving


async def test_opening_the_link_of_an_alert_acknowledges_nothing(desk: Opened) -> None:
    for method in ("GET", "HEAD", "GET"):
        answer = await desk.client.request(method, desk.address("ack"))
        assert answer.status_code == 200
    assert '<form method="post"><button>' in answer.text
    assert desk.acked() == []


async def test_the_button_acknowledges_the_case_for_the_one_who_was_told(desk: Opened) -> None:
    for _ in range(2):
        answer = await desk.client.post(desk.address("ack", 2))
        assert "Acknowledged by ben@example.org at 2026-03-02 08:00 UTC" in answer.text
        desk.clock.pass_(hours=1)
    assert desk.acked() == ["ben@example.org"] * 2
    shown = await desk.client.get(desk.address("ack", 1))
    assert "Acknowledged by ben@example.org" in shown.text
    assert "<form" not in shown.text


async def test_a_forged_link_and_one_that_has_expired_say_so_and_do_nothing(desk: Opened) -> None:
    good = desk.address("ack")
    forged = await desk.client.post(good[:-1] + ("A" if good[-1] != "A" else "B"))
    assert (forged.status_code, "cut short" in forged.text) == (404, True)
    other = await desk.client.post(good.replace("/ack/1-", "/ack/2-"))
    assert other.status_code == 404
    wrong = await desk.client.post(desk.address("case").replace("/case/", "/ack/"))
    assert wrong.status_code == 404
    desk.clock.pass_(days=31)
    late = await desk.client.post(good)
    assert (late.status_code, "monitor alerts ack 1" in late.text) == (410, True)
    late = await desk.client.get(desk.address("case"))
    assert (late.status_code, "monitor cases show 1" in late.text) == (410, True)
    assert desk.acked() == []


async def test_a_case_shows_its_sentence_facts_sources_and_what_is_unknown(desk: Opened) -> None:
    answer = await desk.client.get(desk.address("case"))
    text = re.sub(r"<(?!b>)[^>]+>", "|", answer.text)
    for words in ("exonerated", "Ines Okafor", "Another outlet says: 21", "Unknown: crime"):
        assert words in text
    assert "declared Ines Okafor &lt;b&gt;innocent&lt;/b&gt;" in text
    assert (
        '<a rel="noreferrer" href="https://courier.example/a">Okafor goes home</a>' in answer.text
    )
    assert "ann@example.org" not in text


async def test_a_merged_case_is_shown_under_the_number_it_lives_on(desk: Opened) -> None:
    def merge(session) -> None:
        times = {"opened_at": START, "updated_at": START, "last_seen_at": START}
        session.add(CaseRow(id=2, beat="b", title="t", stage="claim", merged_into=1, **times))

    desk.db.now(merge)
    answer = await desk.client.get(desk.address("case", 2))
    assert "Case 1 of the beat b" in answer.text


async def test_no_page_is_kept_framed_indexed_or_named_to_other_sites(desk: Opened) -> None:
    for path in (desk.address("case"), desk.address("ack"), "/ack/x", "/", "/healthz"):
        headers = (await desk.client.get(path)).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_strange_addresses_are_answered_in_words(desk: Opened) -> None:
    for method, path, status in (
        ("GET", "/", 404),
        ("POST", desk.address("case"), 405),
        ("GET", "/case/" + "9" * 5000, 404),
        ("GET", "/ack/%00%ff", 404),
    ):
        answer = await desk.client.request(method, path)
        assert (answer.status_code, "<h1" in answer.text) == (status, True)


async def test_healthz_says_whether_the_service_is_well(desk: Opened) -> None:
    assert (await desk.client.get("/healthz")).json() == {"ok": True}
    desk.db.now(lambda s: s.query(DeliveryRow).update({"state": "dead"}))
    answer = await desk.client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


async def test_a_hub_that_was_asked_is_answered_and_any_other_is_not(desk: Opened) -> None:
    topic = "https://courier.example/feed"

    def ask(session) -> None:
        session.add(FeedRow(id=1, url=topic, added_at=START))
        session.flush()
        given = {"url": "https://hub.example/", "topic": topic, "token": "abc", "secret": "s"}
        session.add(HubRow(feed_id=1, state="asked", **given))

    desk.db.now(ask)
    said = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "x1"}
    answer = await desk.client.get("/websub/abc", params=said)
    assert (answer.status_code, answer.text) == (200, "x1")
    assert (await desk.client.get("/websub/abd", params=said)).status_code == 404
    assert (await desk.client.post("/websub/abc", content=b"x" * 11 * 2**20)).status_code == 413


def test_the_key_is_made_once(db: Database) -> None:
    assert db.now(known_key) is None
    key = db.now(desk_key, START)
    assert db.now(desk_key, START) == db.now(known_key) == key
    assert len(key) == 32


def test_who_acknowledges_a_digest_has_seen_all_that_is_in_it(db: Database) -> None:
    db.now(_fill)

    def bundle(session) -> int:
        session.query(DeliveryRow).update({"bundle": "d1"})
        session.query(AlertRow).update({"case_id": None})
        session.flush()
        return store.acknowledge(session, START, ids=[1], who="ann")

    assert db.now(bundle) == 2


async def test_an_address_that_is_taken_is_named(db: Database, clock: Clock, tmp_path) -> None:
    taken = server.listen("127.0.0.1:0")
    where = f"127.0.0.1:{taken.getsockname()[1]}"
    config = Config(folder=tmp_path, desk=Desk(listen=where))
    with pytest.raises(UsageError, match=f"desk.listen: {where}: .*choose another"):
        async with beside(config, db, clock):
            pass
    taken.close()
