"""A function from request to response → an HTTP/1.1 server on loopback; answers 304 by ETag."""

import hashlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from monitor.demo.sockets import LOOPBACK, listening


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asked; header names are in lower case, `path` has no query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What to answer."""

    status: HTTPStatus = HTTPStatus.OK
    media_type: str = "text/plain; charset=utf-8"
    body: bytes = b""

    @property
    def etag(self) -> str:
        """The validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


Answer = Callable[[Request], Response]


@asynccontextmanager
async def serving(answer: Answer, host: str = LOOPBACK) -> AsyncIterator[str]:
    """Serve until left; give the base address, without a slash at its end."""

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        request = await _read(reader)
        writer.write(_written(request, answer(request)))
        await writer.drain()

    async with listening(talk, host) as (address, port):
        yield f"http://{address}:{port}"


async def _read(reader: StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(method=method, path=urlsplit(target).path, headers=headers, body=body)


def _written(request: Request, response: Response) -> bytes:
    status, body = response.status, response.body
    if status == HTTPStatus.OK and request.headers.get("if-none-match") == response.etag:
        status, body = HTTPStatus.NOT_MODIFIED, b""
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"ETag: {response.etag}",
        f"Content-Type: {response.media_type}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + (
        b"" if request.method == "HEAD" else body
    )
