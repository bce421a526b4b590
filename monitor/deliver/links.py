"""A delivery + where the desk is → the delivery with its links to the desk. Pure.

The same at every attempt: a link ends so long after its alert, not after it was sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor import tickets
from monitor.config import Route
from monitor.records import AlertKind, Delivery
from monitor.tickets import Action, Ticket

ABOUT_CASES = (AlertKind.OPENED, AlertKind.UPDATED, AlertKind.CORRECTED)
VALID = timedelta(days=30)
"""How long a link works: people are reminded for two weeks, and go on leave for as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where the pages are, what signs for them, and which routes wait for an acknowledgement."""

    address: str
    key: bytes
    routes: Iterable[Route] = ()

    def link(self, action: Action, number: int, delivery: Delivery) -> str:
        """Write the address of one page for one delivery."""
        ticket = Ticket(action=action, number=number, until=delivery.created_at + VALID)
        return f"{self.address}/{action}/{tickets.issue(self.key, ticket)}"


def linked(delivery: Delivery, desk: Desk) -> Delivery:
    """Give an alert about a case, and each that goes out with it, its links to the desk."""
    if delivery.kind not in ABOUT_CASES:
        return delivery
    found: dict[str, str] = {}
    case = delivery.data.get("case")
    if isinstance(case, dict) and isinstance(case.get("id"), int):
        found["case"] = desk.link("case", case["id"], delivery)
    like = delivery.data.get("possibly_same_as")
    if isinstance(like, dict) and isinstance(like.get("id"), int):
        found["possibly_same_as"] = desk.link("case", like["id"], delivery)
    beat = delivery.data.get("beat")
    if delivery.id and any(
        route.beat == beat and (route.remind or route.escalate) for route in desk.routes
    ):
        found["acknowledge"] = desk.link("ack", delivery.id, delivery)
    others = tuple(linked(other, replace(desk, routes=())) for other in delivery.others)
    return replace(delivery, data={**delivery.data, "desk": found}, others=others)
