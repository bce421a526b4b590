"""One request → one bounded answer, over httpx, with every failure given its name.

The transport is used without httpx's client: no cookies, no proxies from the environment, no
redirects, no decoding, nothing sent that is not in the headers given.
"""

import asyncio
import importlib.util
import ssl
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import httpx

from monitor.errors import FetchFailed, FetchRefused
from monitor.records import Fetched
from monitor.web.decode import Broken, Decoder, Oversize
from monitor.web.dial import Dialler
from monitor.web.guard import Guard
from monitor.web.plain import words
from monitor.web.request import Request

if importlib.util.find_spec("sniffio") is None:
    # httpcore asks for it several times a request; not to be found costs 0.4 ms each time.
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]  # "it is not there"

CONNECT_SECONDS = 10.0
SUCCESS = 2  # hundreds
BEGINNING = 64 * 1024  # bytes of an answer that is none, enough to name the wall
BEGINNING_SECONDS = 3.0
BREAKS = {  # of httpcore and h11, which give no other sign
    "without sending a response": "the server hung up without an answer",
    "complete message body": "the answer broke off before its end",
}
NO_HTTP = "what it sends is not HTTP; check the address and its port"


class Wire:
    """Send requests to addresses the guard permits, on connections that are not kept."""

    def __init__(self, guard: Guard) -> None:
        self._transport = httpx.AsyncHTTPTransport(verify=False)
        # A host is seen once in many minutes: there is no use for a pool, nor a public way past it.
        dialler: Any = Dialler(guard, httpx.create_ssl_context())
        self._transport._pool = dialler  # noqa: SLF001

    async def send(self, request: Request) -> Fetched:
        """Return the answer, whatever its status; raise FetchFailed or FetchRefused."""
        with _named(request):
            async with asyncio.timeout(request.seconds) as deadline:
                async with self._answer(request) as response:
                    return Fetched(
                        url=request.url,
                        status=response.status_code,
                        body=await _body(response, request, deadline),
                        headers={name.lower(): value for name, value in response.headers.items()},
                    )

    @asynccontextmanager
    async def _answer(self, request: Request) -> AsyncIterator[httpx.Response]:
        limits = dict.fromkeys(("read", "write", "pool"), request.seconds)
        limits["connect"] = min(CONNECT_SECONDS, request.seconds)
        message = httpx.Request(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body,
            extensions={"timeout": limits},
        )
        response = await self._transport.handle_async_request(message)
        try:
            yield response
        finally:
            await response.aclose()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._transport.aclose()


async def _body(response: httpx.Response, request: Request, deadline: asyncio.Timeout) -> bytes:
    if request.beginning or response.status_code // 100 != SUCCESS:
        ends = deadline.when()
        deadline.reschedule(None)  # the status says what matters: from here on nothing can fail
        return await _beginning(response, request, ends)
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:18]) > request.limit:
        raise Oversize
    decoder = Decoder(response.headers.get("content-encoding", ""), request.limit)
    async for chunk in response.aiter_raw():
        decoder.feed(chunk)
    return decoder.finish()


async def _beginning(response: httpx.Response, request: Request, ends: float | None) -> bytes:
    """Read as much as comes whole within a few seconds; what goes wrong only ends it."""
    limit = request.limit if request.beginning else min(request.limit, BEGINNING)
    soon = asyncio.get_running_loop().time() + BEGINNING_SECONDS
    decoder = None
    with suppress(TimeoutError, Broken, Oversize, httpx.TransportError):
        async with asyncio.timeout_at(soon if ends is None else min(ends, soon)):
            decoder = Decoder(response.headers.get("content-encoding", ""), limit)
            async for chunk in response.aiter_raw():
                decoder.feed(chunk)
            return decoder.finish()
    return decoder.so_far if decoder else b""


@contextmanager
def _named(request: Request) -> Iterator[None]:
    url = request.url
    try:
        yield
    except Oversize as error:
        limit = f"more than {request.limit:,} bytes"
        message = f"{url}: {limit}; if it is meant to be so long, raise http.max_body"
        raise FetchRefused(message, reason="too_large") from error
    except Broken as error:
        raise FetchFailed(f"{url}: {error}", reason="bad_encoding") from error
    except (TimeoutError, httpx.TimeoutException) as error:
        limit = f"no complete answer within {request.seconds:.3g} s"
        message = f"{url}: {limit}; if it is always so slow, raise http.timeout"
        raise FetchFailed(message, reason="timeout") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        message = f"{url}: not an address that can be fetched; correct it"
        raise FetchRefused(message, reason="bad_address") from error
    except httpx.TransportError as error:
        reason, text = _explain(error)
        raise FetchFailed(f"{url}: {text}", reason=reason) from error


def _explain(error: httpx.TransportError) -> tuple[str, str]:
    causes = [cause for cause in _causes(error) if isinstance(cause, OSError)]
    deepest = causes[-1] if causes else None
    if tls := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        return "tls", f"no trustworthy TLS connection: {words(tls)}"
    if isinstance(error, httpx.ConnectError):
        return "connect", f"no connection: {words(deepest)}"
    if isinstance(error, httpx.RemoteProtocolError):
        said = str(error)
        return "bad_answer", next((text for part, text in BREAKS.items() if part in said), NO_HTTP)
    return "connection_lost", f"the connection broke: {words(deepest)}"


def _causes(error: BaseException | None) -> Iterable[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
