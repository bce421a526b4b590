"""What a person writes for one setting → a checked value, or ValueError with the remedy."""

import ipaddress
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, None: 1}
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)(i?)B?", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")


def duration(value: object) -> timedelta:
    """Read `30s`, `5m`, `7d` or a number of seconds; raise ValueError with the remedy."""
    if isinstance(value, timedelta):
        return value
    match = DURATION.fullmatch(str(value).strip())
    if isinstance(value, bool) or match is None:
        message = f"{value!r} is not a duration; write for example 30s, 5m, 2h or 7d"
        raise ValueError(message)
    try:
        return timedelta(seconds=float(match[1]) * SECONDS[match[2]])
    except OverflowError:
        raise ValueError(f"{value!r} is longer than anybody can wait") from None


def size(value: object) -> int:
    """Read `10MiB`, `500kB` or a number of bytes; raise ValueError with the remedy."""
    match = SIZE.fullmatch(str(value).strip())
    if isinstance(value, bool) or match is None:
        message = f"{value!r} is not a size; write for example 10MiB"
        raise ValueError(message)
    power = " KMG".index(match[2].upper() or " ")
    try:
        return int(float(match[1]) * (1024 if match[3] else 1000) ** power)
    except OverflowError:
        raise ValueError(f"{value!r} is more than any disk holds") from None


def _address(value: str) -> str:
    if not EMAIL.fullmatch(value) or not value.isprintable():
        message = f"{value!r} is not an email address; write for example desk@example.org"
        raise ValueError(message)
    return value


def _network(value: str) -> str:
    ipaddress.ip_network(value)
    return value


def _url(value: str) -> str:
    if not _reachable(value):
        message = (
            f"{value!r} is not an http or https address; write for example https://example.org/feed"
        )
        raise ValueError(message)
    return value


def _reachable(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port  # raises where it is no port
    except ValueError:
        return False
    plain = value.isprintable() and " " not in value
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def _hook(value: SecretStr) -> SecretStr:
    if not _reachable(value.get_secret_value()):
        raise ValueError("is not an http or https address; write for example https://example.org/x")
    return value


def _database(value: str) -> str:
    if not re.match(r"sqlite:///(?!:memory:).|postgres(ql)?(\+psycopg)?://", value):
        message = "is not a database; write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        raise ValueError(message)
    return value


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError(f"{value!r} must be one line of plain text")
    return value


def _in_folder(value: Path, info: ValidationInfo) -> Path:
    return Path((info.context or {}).get("folder", "")) / value.expanduser()


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(duration)]
Size = Annotated[int, BeforeValidator(size)]
Address = Annotated[str, AfterValidator(_address)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_listed)]
Network = Annotated[str, AfterValidator(_network)]
Url = Annotated[str, AfterValidator(_url)]
Strings = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Secret = SecretStr
Hook = Annotated[SecretStr, AfterValidator(_hook)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Line = Annotated[str, AfterValidator(_one_line)]
File = Annotated[Path, AfterValidator(_in_folder)]
