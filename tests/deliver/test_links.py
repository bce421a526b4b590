"""Alerts about cases lead to the desk; the address is the same at every attempt."""

from datetime import UTC, datetime

import pytest

from monitor import tickets
from monitor.config import Route
from monitor.deliver import links, render
from monitor.deliver.links import Desk
from monitor.records import AlertKind

KEY = b"k" * 32
REMIND = Route.model_validate({"beat": "exonerations", "to": ["desk"], "remind": "2h"})
CALM = Route.model_validate({"beat": "exonerations", "to": ["desk"]})


def desk(*routes):
    return Desk(address="https://desk.example.org", key=KEY, routes=routes)


def test_the_link_acknowledges_this_delivery_for_a_month(delivery):
    told = links.linked(delivery(id=12), desk(REMIND))
    address = told.data["desk"]["acknowledge"]
    ticket = tickets.read(KEY, "ack", address.removeprefix("https://desk.example.org/ack/"))
    assert (ticket.number, ticket.until) == (12, datetime(2026, 4, 1, 8, 0, tzinfo=UTC))
    assert links.linked(delivery(id=12), desk(REMIND)) == told
    for words in (render.render(told).text, str(render.card(told, "slack"))):
        assert address in words


def test_a_case_that_may_be_the_same_is_linked_too(delivery):
    like = {"id": 3, "title": "Another", "stage": "vacated", "url": "https://wire.example/a"}
    told = links.linked(delivery(snapshot={"possibly_same_as": like}), desk(CALM))
    address = told.data["desk"]["possibly_same_as"]
    ticket = tickets.read(KEY, "case", address.removeprefix("https://desk.example.org/case/"))
    assert ticket.number == 3
    assert f"Possibly the same (case 3): {address}\n" in render.render(told).text


def test_nobody_is_asked_to_acknowledge_where_nobody_is_reminded(delivery):
    assert list(links.linked(delivery(), desk(CALM)).data["desk"]) == ["case"]


def test_a_digest_leads_to_each_case_and_is_acknowledged_once(delivery):
    told = links.linked(delivery(others=(delivery(id=2, key="b"),)), desk(REMIND))
    assert [list(one.data["desk"]) for one in (told, *told.others)] == [
        ["case", "acknowledge"],
        ["case"],
    ]
    assert render.render(told).text.count("/ack/") == 1


@pytest.mark.parametrize("kind", [AlertKind.HEALTH, AlertKind.CANARY])
def test_what_is_about_no_case_leads_nowhere(delivery, kind):
    assert "desk" not in links.linked(delivery(kind=kind), desk(REMIND)).data
