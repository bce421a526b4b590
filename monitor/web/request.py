"""What the door asks of the wire."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to send, and how long and how large the answer may be."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    seconds: float
    limit: int

    @property
    def cut(self) -> bool:
        """Whether the beginning of a long answer will do."""
        return self.method != "GET"
