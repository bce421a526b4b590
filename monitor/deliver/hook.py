"""A secret address + a body → one guarded POST, judged; what goes wrong never tells the address."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from pydantic import SecretStr

from monitor.errors import Permanent, SendFailed, SendRefused, Temporary
from monitor.records import Fetched
from monitor.web import Web, meaning, retry_after

AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
SAID = 80


async def post(
    web: Web, place: str, url: str, *, body: bytes, headers: Mapping[str, str]
) -> Fetched:
    """Post once; raise SendFailed or SendRefused where no answer came."""
    # The answer's text is for people: nobody need pack it.
    asked = {
        "content-type": "application/json; charset=utf-8",
        "accept-encoding": "identity",
        **headers,
    }
    try:
        return await web.post(url, body=body, headers=asked)
    except Temporary as error:
        why = _told(url, error)
        again = error.retry_after
        raise SendFailed(f"{place}: {why}", reason=error.reason, retry_after=again) from None
    except Permanent as error:
        raise SendRefused(f"{place}: {_told(url, error)}", reason=error.reason) from None


def judge(place: str, answer: Fetched, now: datetime, *, remedy: str) -> None:
    """Take 2xx as delivered; raise SendFailed or SendRefused for everything else."""
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    said = f"{place} answered {status}"
    if status in AGAIN or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        asked = retry_after(answer.headers, now)
        raise SendFailed(f"{said}: {meaning(status)}", reason=f"http_{status}", retry_after=asked)
    if status == HTTPStatus.GONE:
        problem = "it wants no more alerts; give the channel a new url, then `monitor alerts retry`"
        raise SendRefused(f"{said}: {problem}", reason="gone")
    if status < HTTPStatus.BAD_REQUEST:
        problem = "redirects are not followed; set the channel's url to the final address"
        raise SendRefused(f"{said}: {problem}", reason="redirect")
    raise SendRefused(f"{said}: {remedy}", reason=f"http_{status}")


def answered(url: str, answer: Fetched) -> str:
    """An answer in one line for the log: its status, and how its text begins."""
    said = words(answer.body)
    return f"{answer.status} {said}".rstrip() if _harmless(url, said) else str(answer.status)


def words(body: bytes) -> str:
    """How a text begins that others wrote, without anything that a terminal would obey."""
    text = body[: SAID * 4].decode("utf-8", "replace")
    return "".join(letter for letter in text if letter.isprintable() and letter != "�")[:SAID]


def address(url: str | SecretStr) -> str:
    """Give the address to post to, which may be a secret."""
    return url.get_secret_value() if isinstance(url, SecretStr) else url


def where(kind: str, url: str) -> str:
    """Name the receiver without giving away a token in its address."""
    parts = urlsplit(url)
    return f"{kind} at {parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def fingerprint(url: str | SecretStr) -> str:
    """Tell one address of a channel from the next without keeping it."""
    return hashlib.sha256(address(url).encode()).hexdigest()[:16]


def _told(url: str, error: Temporary | Permanent) -> str:
    """Say what went wrong without the parts of the address that may be a token."""
    text = str(error).replace(f"{url}: ", "").replace(url, "the address")
    return text if _harmless(url, text) else error.reason.replace("_", " ")


def _harmless(url: str, text: str) -> bool:
    """Whether a text holds no part of the address that may be a token."""
    parts = urlsplit(url)
    tokens = (parts.path.strip("/"), parts.query, parts.username, parts.password)
    return not any(
        token and re.search(rf"(?<!\w){re.escape(token)}(?!\w)", text) for token in tokens
    )
