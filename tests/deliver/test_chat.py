import json
from collections.abc import Callable
from typing import Any

import pytest

from monitor.deliver import render
from monitor.deliver.render.fit import fit, fit_lines, units
from monitor.records import AlertKind, Delivery
from monitor.tables import IncidentRow

pytestmark = pytest.mark.anyio
SERVICES = ("slack", "discord", "teams")
FAMILY = "👩\u200d👩\u200d👧"

Open = Callable[..., Any]
Make = Callable[..., Delivery]


def channel(service: str, url: str) -> dict[str, Any]:
    return {"type": service, "url": url}


def huge() -> dict[str, Any]:
    """A snapshot in which everything is as long as anybody can make it."""
    words = f"{FAMILY} *long* <!channel> @everyone [a](b) " * 300
    fact = {"value": [words] * 40, "basis": "stated", "sentence": words}
    match = {"text": words, "zone": "body"}
    return {
        "sentence": words,
        "reason": words,
        "instance": words,
        "case": {
            "title": words,
            "stage": "exonerated",
            "outlets": [words] * 40,
            "url": "https://desk.example.org/" + "c" * 1900,
            "facts": {f"field_{number}": fact for number in range(60)} | {"exonerees": fact},
        },
        "hit": {
            "title": words,
            "url": "https://courier.example.org/" + "h" * 1900,
            "signals": [{"id": words, "weight": 1.0, "matches": [match] * 20}] * 40,
            "entities": [{"canonical": words}] * 40,
        },
    }


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("service", SERVICES)
async def test_a_card_says_the_sentence_who_where_and_what_is_unknown(
    desk: Open, sink: Any, service: str
) -> None:
    room = desk(chat=channel(service, sink.url))
    room.file("chat")
    await room.drain()
    said = "\n".join(strings(sink.bodies[0])).replace("\\", "")
    for words in ("Ines Okafor innocent after 19 years", "Harlow County", "exonerated"):
        assert words in said
    assert "crime" in said
    assert "https://courier.example.org/okafor?a=1&b=2" in said.replace("&amp;", "&")
    assert room.row.state == "sent"


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("kind", list(AlertKind))
async def test_every_kind_of_alert_has_a_card(
    delivery: Make, service: str, kind: AlertKind
) -> None:
    card = render.card(delivery(kind=kind), service)
    assert json.loads(json.dumps(card)) == card


def check_slack(card: Any) -> None:
    blocks = card["blocks"]
    assert len(blocks) <= 50
    assert units(blocks[0]["text"]["text"]) <= 150
    for block in blocks:
        if block["type"] == "section" and "fields" in block:
            assert 1 <= len(block["fields"]) <= 10
            assert all(1 <= units(field["text"]) <= 2000 for field in block["fields"])
        elif block["type"] == "section":
            assert 1 <= units(block["text"]["text"]) <= 3000
        elif block["type"] == "context":
            assert 1 <= len(block["elements"]) <= 10
    marked = [b["text"]["text"] for b in blocks if b.get("text", {}).get("type") == "mrkdwn"]
    assert not any("<!" in text for text in [card["text"], *marked])


def check_discord(card: Any) -> None:
    assert units(card["content"]) <= 2000
    (embed,) = card["embeds"]
    assert 1 <= units(embed["title"]) <= 256
    assert 1 <= units(embed["description"]) <= 4096
    assert len(embed["fields"]) <= 25
    parts = [embed["title"], embed["description"], embed["footer"]["text"]]
    for field in embed["fields"]:
        assert 1 <= units(field["name"]) <= 256
        assert 1 <= units(field["value"]) <= 1024
        parts += [field["name"], field["value"]]
    assert units(embed["footer"]["text"]) <= 2048
    assert sum(map(units, parts)) <= 6000
    assert card["allowed_mentions"] == {"parse": []}


def check_teams(card: Any) -> None:
    assert len(json.dumps(card, ensure_ascii=False).encode()) <= 28 * 1024
    (attachment,) = card["attachments"]
    body = attachment["content"]["body"]
    assert {block["type"] for block in body} == {"RichTextBlock"}
    assert len(attachment["content"]["actions"]) <= 6


LIMITS = {"slack": check_slack, "discord": check_discord, "teams": check_teams}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("snapshot", [{}, huge(), {"case": {}, "hit": {}, "sentence": ""}])
async def test_no_card_is_over_a_limit_of_its_service(
    delivery: Make, service: str, snapshot: dict[str, Any]
) -> None:
    card = render.card(delivery(snapshot=snapshot), service)
    LIMITS[service](card)
    json.dumps(card, ensure_ascii=False).encode()  # no half of an emoji


async def test_discord_shows_signs_and_makes_nothing_of_them(delivery: Make) -> None:
    title = "Judge: **free** @everyone [click](https://bad.example) `x`"
    card: Any = render.card(delivery(snapshot={"sentence": title}), "discord")
    assert (
        r"\*\*free\*\* \@everyone \[click\]\(https\://bad.example\)"
        in (card["embeds"][0]["description"])
    )


async def test_discord_answers_only_when_the_message_stands(desk: Open, sink: Any) -> None:
    room = desk(chat=channel("discord", f"{sink.url}?thread_id=5"))
    room.file("chat")
    await room.drain()
    assert sink.paths == ["/hooks/token-in-path?thread_id=5&wait=true"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_that_is_busy_is_asked_again_when_it_says(
    desk: Open, sink: Any, service: str
) -> None:
    sink.answers = [(429, {"retry-after": "7200"}), (503, {})]
    room = desk(chat=channel(service, sink.url))
    room.file("chat")
    await room.drain()
    assert room.row.state == "pending"
    for _ in range(2):
        room.clock.push(hours=2)
        await room.drain()
    assert room.row.state == "sent"


@pytest.mark.parametrize("service", SERVICES)
async def test_a_refusal_is_a_dead_letter_that_tells_no_token(
    desk: Open, sink: Any, service: str
) -> None:
    sink.answers = [(404, {})]
    room = desk(chat=channel(service, sink.url))
    room.file("chat")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("dead", "http_404")
    assert "make the channel a new address" in room.row.detail
    assert "token-in-path" not in room.row.detail


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_that_is_gone_disables_its_channel(
    desk: Open, sink: Any, service: str
) -> None:
    sink.answers = [(410, {})]
    room = desk(chat=channel(service, sink.url))
    for _ in range(2):
        room.file("chat")
    await room.drain()
    assert [row.reason for row in room.rows()] == ["gone", "channel_disabled"]
    assert len(sink.posts) == 1
    found = room.app.db.now(lambda session: list(session.query(IncidentRow)))
    assert [row.key for row in found] == ["channel:chat"]


async def test_a_failure_that_teams_hides_behind_200_is_tried_again(desk: Open, sink: Any) -> None:
    sink.say = b"Webhook message delivery failed: endpoint returned HTTP error 429 with ContextId"
    room = desk(chat=channel("teams", sink.url))
    room.file("chat")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("pending", "http_429")
    sink.say = b"1"
    room.clock.push(hours=2)
    await room.drain()
    assert room.row.state == "sent"


@pytest.mark.parametrize("service", SERVICES)
async def test_no_address_of_a_service_may_lead_inside(desk: Open, service: str) -> None:
    room = desk(chat=channel(service, "http://10.0.0.7/services/secret-token"))
    room.file("chat")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("dead", "forbidden_network")
    assert "secret-token" not in room.row.detail


@pytest.mark.parametrize("limit", [5, 9, 30, 150])
async def test_what_fits_is_counted_as_the_strictest_service_counts(limit: int) -> None:
    assert units(fit(FAMILY * 90, limit)) <= limit
    assert fit("short", limit) == "short"
    assert units(fit_lines(["one", "two " * 90, "three"], limit + 20)) <= limit + 20
