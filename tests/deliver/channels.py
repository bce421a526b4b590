"""Channels as a configuration holds them, and who is told through them."""

from collections.abc import Callable
from typing import Any

Open = Callable[..., Any]

ANN, BEN = "ann@example.org", "ben@example.org"
PASSWORD = "correct-horse-9"
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="


def channel(port: int, **smtp: Any) -> dict[str, Any]:
    """Mail to two people through a server on loopback."""
    return {
        "type": "email",
        "to": [ANN, BEN],
        "sender": "alerts@news.example.org",
        "smtp": {"host": "127.0.0.1", "port": port, "tls": "none", "timeout": "5s", **smtp},
    }


def hook(sink: Any) -> dict[str, Any]:
    """A webhook that posts to a sink."""
    return {"type": "webhook", "url": sink.url, "secret": SECRET}
