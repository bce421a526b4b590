"""A host name and port → a connection to an address the guard permits, over asyncio's streams.

The addresses of a name are raced (RFC 8305); each connection serves one request. This is what
httpcore's pool does for many, at a third of its CPU.
"""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from typing import Any

import httpcore

from monitor.web.guard import Guard

STAGGER = 0.25  # RFC 8305 §5: wait this long for one address before trying the next as well
BUFFER = 256 * 1024


class Dialler:
    """Dial only literal addresses that the guard permits; name and SNI stay as they were."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext) -> None:
        self._guard = guard
        self._tls = tls
        tls.set_alpn_protocols(["http/1.1"])

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Ask on a connection of its own, which ends with the answer."""
        limits = request.extensions["timeout"]
        origin = request.url.origin
        stream = await self._open(origin, limits["connect"])
        connection = httpcore.AsyncHTTP11Connection(origin=origin, stream=stream)
        return await connection.handle_async_request(request)

    async def aclose(self) -> None:
        """Nothing is kept."""

    async def _open(self, origin: httpcore.Origin, seconds: float) -> "_Stream":
        host = origin.host.decode("ascii")
        secure: dict[str, Any] = {}
        if origin.scheme == b"https":
            secure = {"ssl": self._tls, "server_hostname": host}
        try:
            async with asyncio.timeout(seconds):
                sock = await self._dial(host, origin.port)
                opened = await asyncio.open_connection(sock=sock, limit=BUFFER, **secure)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except OSError as error:  # of TLS, too
            raise httpcore.ConnectError(error) from error
        return _Stream(*opened)

    async def _dial(self, host: str, port: int) -> socket.socket:
        addresses = await self._guard.addresses(host, port)
        return await (_race(addresses, port) if addresses[1:] else _connect(addresses[0], port))


async def _race(addresses: Sequence[str], port: int) -> socket.socket:
    waiting = iter(addresses)
    pending: set[asyncio.Task[socket.socket]] = set()
    failure: BaseException = OSError("nothing to dial")
    try:
        while True:
            if address := next(waiting, None):
                pending.add(asyncio.create_task(_connect(address, port)))
            elif not pending:
                raise failure
            pause = STAGGER if address else None
            done, pending = await asyncio.wait(
                pending, timeout=pause, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                if (error := task.exception()) is None:
                    return task.result()
                failure = error
    finally:
        for task in pending:
            task.cancel()


async def _connect(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except BaseException:
        sock.close()
        raise
    return sock


class _Stream(httpcore.AsyncNetworkStream):
    """What httpcore reads from and writes to; the time is kept by who waits for the answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        try:
            return await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(error) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(error) from error

    async def aclose(self) -> None:
        self._writer.transport.abort()  # to part politely would take another round over the wire
