"""A web site on loopback that answers as scripted and remembers what it was asked.

site.serve("/feed.xml", FEED, etag='"1"')           one answer for ever; 304 when it is known
site.serve("/feed.xml", Reply(status=503), FEED)    one after the other, the last one repeats
site.serve("/slow", Reply(raw=b"HTTP/1.1 200 OK\\r\\n", hang=True))
site.url("/feed.xml")      site.requests[-1].headers["if-none-match"]
"""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until pushed."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **amount: float) -> None:
        """Let time pass: `clock.pass_(minutes=5)`."""
        self.now += timedelta(**amount)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What to answer; `raw` replaces the whole answer, `hang` keeps the line open after it,
    `drip` sends the raw bytes one by one, `again` follows them for ever, `reset` cuts the line."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    hang: bool = False
    drip: bool = False
    again: bytes = b""
    reset: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class Site:
    """The server; use `open_site()`."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Asked] = []
        self.at_once = 0
        self.most_at_once = 0
        self.over = threading.Event()
        self.lock = threading.Lock()
        self._replies: dict[str, list[Reply]] = {}
        handler = type("Handler", (_Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "https" if tls else "http"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path, under any name that leads here."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def serve(self, path: str, *replies: Reply | bytes | str, **headers: str) -> str:
        """Answer a path with each reply in turn, the last one for ever; return its address."""
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        self._replies[path] = [_reply(reply, extra) for reply in replies]
        return self.url(path)

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path."""
        return [request for request in self.requests if request.path == path]

    def answer(self, request: Asked) -> Reply:
        """The next reply for a request: 404 for what is not served, 304 for what is known."""
        with self.lock:
            self.requests.append(request)
            replies = self._replies.get(request.path, [Reply(status=404)])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        etag = reply.headers.get("etag")
        if etag and request.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=reply.headers)
        return reply

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextlib.contextmanager
def open_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a site for as long as the block lasts."""
    site = Site(tls)
    try:
        yield site
    finally:
        site.close()


def _reply(reply: Reply | bytes | str, headers: dict[str, str]) -> Reply:
    if isinstance(reply, Reply):
        return reply
    body = reply.encode() if isinstance(reply, str) else reply
    return Reply(body=body, headers=headers)


class _Handler(BaseHTTPRequestHandler):
    """One connection; a subclass per server names the site."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        with self.site.lock:
            self.site.at_once += 1
            self.site.most_at_once = max(self.site.most_at_once, self.site.at_once)
        try:
            self._answer()
        finally:
            with self.site.lock:
                self.site.at_once -= 1

    do_POST = do_GET  # noqa: N815  the base class calls it so

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(method=self.command, path=self.path, headers=headers, body=body)
        reply = self.site.answer(asked)
        if reply.raw is None:
            self._plain(reply)
        else:
            self._raw(reply.raw, drip=reply.drip)
        while reply.again and not self.site.over.is_set():
            self.wfile.write(reply.again)
        if reply.reset:  # what is closed without lingering is reset
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        if reply.hang:
            self.site.over.wait()

    def _raw(self, raw: bytes, *, drip: bool) -> None:
        self.close_connection = True
        for piece in [bytes([byte]) for byte in raw] if drip else [raw]:
            self.wfile.write(piece)
            self.wfile.flush()
            if drip and self.site.over.wait(0.02):
                return

    def _plain(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if "content-length" not in reply.headers:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.status != 304:
            self.wfile.write(reply.body)

    def log_message(self, *_: object) -> None:
        pass
