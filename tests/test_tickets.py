"""A ticket is for one thing, until one moment, and nobody else can write one."""

from datetime import UTC, datetime

import pytest

from monitor import tickets
from monitor.tickets import Ticket

KEY = b"k" * 32
UNTIL = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
SEEN = Ticket(action="ack", number=12, until=UNTIL)


def test_a_ticket_is_read_back_as_it_was_written() -> None:
    assert tickets.read(KEY, "ack", tickets.issue(KEY, SEEN)) == SEEN
    assert tickets.issue(KEY, SEEN) == tickets.issue(KEY, SEEN)


def test_a_ticket_for_a_case_acknowledges_nothing_and_another_key_opens_nothing() -> None:
    text = tickets.issue(KEY, SEEN)
    assert tickets.read(KEY, "case", text) is None
    assert tickets.read(b"x" * 32, "ack", text) is None


@pytest.mark.parametrize("place", range(56))
def test_no_letter_of_a_ticket_can_be_changed(place: int) -> None:
    text = tickets.issue(KEY, SEEN)
    other = "1" if text[place : place + 1] != "1" else "2"
    assert tickets.read(KEY, "ack", text[:place] + other + text[place + 1 :]) is None


@pytest.mark.parametrize(
    "text", ["", "12", "12-1", "0-1-x", "١٢-1775030400-" + "a" * 32, "a" * 9999]
)
def test_what_is_no_ticket_is_none(text: str) -> None:
    assert tickets.read(KEY, "ack", text) is None
