"""What the door asks of the wire."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to send, and how long and how large the answer may be.

    `beginning`: of a longer answer, or of one that breaks off, the beginning will do.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    seconds: float
    limit: int
    beginning: bool = False
