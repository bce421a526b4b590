"""What a person writes for one setting → a checked value, or ValueError with the remedy."""

import base64
import binascii
import ipaddress
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr, ValidationInfo

from monitor.records import Stage

DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?")
SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, None: 1}
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)(i?)B?", re.IGNORECASE)
KEY_PREFIX = "whsec_"
NEW_KEY = "`echo whsec_$(openssl rand -base64 24)`"
LAST_PORT = 65535
EMAIL = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")


def quoted(value: object) -> str:
    """Give a value back as it may have been written."""
    return repr(value) if isinstance(value, str) else str(value)


def duration(value: object) -> timedelta:
    """Read `30s`, `5m`, `7d` or a number of seconds; raise ValueError with the remedy."""
    if isinstance(value, timedelta):
        return value
    match = DURATION.fullmatch(str(value).strip())
    if isinstance(value, bool) or match is None:
        message = f"{quoted(value)} is not a duration; write for example 30s, 5m, 2h or 7d"
        raise ValueError(message)
    try:
        return timedelta(seconds=float(match[1]) * SECONDS[match[2]])
    except OverflowError:
        raise ValueError(f"{quoted(value)} is longer than anybody can wait; write less") from None


def duration_text(value: timedelta) -> str:
    """Write a duration as people do: `90d`, `36h`, `5m`, `1.5s`."""
    milliseconds = round(value / timedelta(milliseconds=1))
    for unit, one in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)):
        if milliseconds and milliseconds % one == 0:
            return f"{milliseconds // one}{unit}"
    return f"{milliseconds}ms" if milliseconds else "0s"


def size_text(value: int) -> str:
    """Write a size as people do: `10MiB`."""
    for unit, one in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if value and value % one == 0:
            return f"{value // one}{unit}"
    return str(value)


def size(value: object) -> int:
    """Read `10MiB`, `500kB` or a number of bytes; raise ValueError with the remedy."""
    match = SIZE.fullmatch(str(value).strip())
    if isinstance(value, bool) or match is None:
        message = f"{quoted(value)} is not a size; write for example 10MiB"
        raise ValueError(message)
    power = " KMG".index(match[2].upper() or " ")
    try:
        return int(float(match[1]) * (1024 if match[3] else 1000) ** power)
    except OverflowError:
        raise ValueError(f"{quoted(value)} is more than any disk holds; write less") from None


def _address(value: str) -> str:
    if not EMAIL.fullmatch(value) or not value.isprintable():
        message = f"{value!r} is not an email address; write for example desk@example.org"
        raise ValueError(message)
    return value


def _network(value: str) -> str:
    try:
        loose = ipaddress.ip_network(value, strict=False)
    except ValueError:
        message = f"{value!r} is not a network; write for example 10.0.0.0/8"
        raise ValueError(message) from None
    if ipaddress.ip_address(value.partition("/")[0]) != loose.network_address:
        message = f"{value!r} is an address inside a network; write {loose} or the address alone"
        raise ValueError(message)
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


def _base_url(value: str) -> str:
    """Take the address that pages are under, without what would end it."""
    if value and (not _reachable(value) or "?" in value or "#" in value):
        message = f"{value!r} is no address of a site; write for example https://desk.example.org"
        raise ValueError(message)
    return value.rstrip("/")


def _listen(value: str) -> str:
    host, _, port = value.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    try:
        ipaddress.ip_address(bare)
        well = port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT
    except ValueError:
        well = bare == "localhost" and port.isdigit()
    if not well:
        message = f"{value!r} is no address and port to listen at; write for example 127.0.0.1:8080"
        raise ValueError(message)
    return value


def _hook(value: SecretStr) -> SecretStr:
    if not _reachable(value.get_secret_value()):
        raise ValueError("is not an http or https address; write for example https://example.org/x")
    return value


def _signing_key(value: SecretStr) -> SecretStr:
    """Take `whsec_` and base64, as the scheme's libraries do, or any other text as it is."""
    key = value.get_secret_value()
    if not key:
        raise ValueError(f"is empty; make one: {NEW_KEY}")
    if key.startswith(KEY_PREFIX) and not decoded_key(key):
        message = f"begins with {KEY_PREFIX} but what follows is not base64; make one: {NEW_KEY}"
        raise ValueError(message)
    return value


def decoded_key(key: str) -> bytes:
    """Give the bytes that a `whsec_` key stands for; nothing where it stands for none."""
    coded = key.removeprefix(KEY_PREFIX).rstrip("=")
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _database(value: str) -> str:
    if not re.match(r"sqlite:///(?!:memory:).|postgres(ql)?(\+psycopg)?://", value):
        message = "is not a database; write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME"
        raise ValueError(message)
    return value


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError(f"{value!r} must be one line of plain text; take out what is not")
    return value


def _in_folder(value: Path, info: ValidationInfo) -> Path:
    return Path((info.context or {}).get("folder", "")) / value.expanduser()


def _selector(value: str) -> str:
    if value:
        from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415  few feeds have one

        try:
            HTMLTranslator().css_to_xpath(value)
        except SelectorError as error:
            raise ValueError(f"{value!r} is no CSS selector: {error}; write e.g. h3 a") from error
    return value


def listed(value: Any) -> Any:
    """Take one text as a list of one."""
    return [value] if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(duration)]
Size = Annotated[int, BeforeValidator(size)]
Address = Annotated[str, AfterValidator(_address)]
Addresses = Annotated[tuple[Address, ...], BeforeValidator(listed)]
Network = Annotated[str, AfterValidator(_network)]
Url = Annotated[str, AfterValidator(_url)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
Listen = Annotated[str, AfterValidator(_listen)]
Strings = Annotated[tuple[str, ...], BeforeValidator(listed)]
Selector = Annotated[str, AfterValidator(_selector)]
Stages = Annotated[tuple[Stage, ...], BeforeValidator(listed)]
Secret = SecretStr
SigningKey = Annotated[SecretStr, AfterValidator(_signing_key)]
Hook = Annotated[SecretStr, AfterValidator(_hook)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Line = Annotated[str, AfterValidator(_one_line)]
File = Annotated[Path, AfterValidator(_in_folder)]
