"""Names that lead to loopback and elsewhere, and what a fetch dies of."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from monitor.errors import FetchFailed, FetchRefused
from monitor.web import Web

HERE = ("127.0.0.0/8", "::1/128")
NAMES = {
    "paper.example": ["127.0.0.1"],
    "two.example": ["127.0.0.1"],
    "inside.example": ["10.1.2.3"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "six.example": ["100::1", "127.0.0.1"],
    "dead.example": ["127.9.9.9", "127.0.0.1"],
    "mixed.example": ["10.0.0.1", "127.0.0.1"],
}
Open = Callable[..., Web]


def resolve(host: str, _port: int) -> list[str]:
    """What a name server says."""
    if host in NAMES:
        return NAMES[host]
    if host.endswith(".example"):
        raise OSError("Name or service not known")
    return [host]


async def failure(web: Web, url: str, **options: object) -> FetchFailed | FetchRefused:
    """What fetching an address raises; it names the host."""
    with pytest.raises((FetchFailed, FetchRefused)) as caught:
        await web.get(url, **options)  # type: ignore[arg-type]
    assert (urlsplit(url).hostname or "") in str(caught.value)
    assert isinstance(caught.value, FetchFailed | FetchRefused)
    return caught.value


async def reason(web: Web, url: str, **options: object) -> str:
    """Why fetching an address fails, wherever it was sent on to."""
    with pytest.raises((FetchFailed, FetchRefused)) as caught:
        await web.get(url, **options)  # type: ignore[arg-type]
    assert isinstance(caught.value, FetchFailed | FetchRefused)
    return caught.value.reason
