"""A delivery → the body of a webhook. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from monitor.records import AlertKind, Delivery

TYPES = {
    AlertKind.OPENED: "case.opened",
    AlertKind.UPDATED: "case.updated",
    AlertKind.CORRECTED: "case.corrected",
    AlertKind.CANARY: "canary",
    AlertKind.SILENCE: "silence.ended",
}


def payload(delivery: Delivery) -> Mapping[str, object]:
    """Give type, time of the alert and the stored snapshot; the same on every attempt."""
    if delivery.others:
        return _digest(delivery)
    return {
        "type": TYPES.get(delivery.kind) or f"health.{_incident(delivery.data)}",
        "timestamp": delivery.created_at.isoformat(),
        "data": {"case": {}, "hit": {}, "reason": "", "instance": "", **delivery.data},
    }


def _digest(delivery: Delivery) -> Mapping[str, object]:
    alone = (replace(delivery, others=()), *delivery.others)
    data = {
        "case": {},
        "hit": {},
        "reason": "digest",
        "instance": delivery.data.get("instance", ""),
    }
    return {
        "type": "digest",
        "timestamp": delivery.created_at.isoformat(),
        "data": {**data, "alerts": [payload(one) for one in alone]},
    }


def _incident(data: Mapping[str, object]) -> str:
    incident = data.get("incident")
    kind = incident.get("kind") if isinstance(incident, Mapping) else None
    return re.sub(r"[^a-z0-9_]+", "_", str(kind or "alert").lower()).strip("_") or "alert"
