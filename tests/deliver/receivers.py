"""Receivers on loopback: real mail servers, a webhook sink, servers that misbehave."""

import asyncio
import contextlib
import json
import ssl
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult

LOOPBACK = "127.0.0.1"
PASSWORD = "correct-horse-9"


@dataclass
class Mailbox:
    """What a mail server took, and what it is told to answer."""

    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    to_recipient: dict[str, list[str]] = field(default_factory=dict)
    to_mail: list[str] = field(default_factory=list)
    hang: bool = False
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answers = self.to_recipient.get(address, [])
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.to_mail.pop(0) if self.to_mail else "250 taken"
        if answer.startswith("250"):
            self.raw.append(envelope.content)
            parsed = message_from_bytes(envelope.content, policy=default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
        if self.hang:
            await asyncio.Event().wait()
        return answer


@dataclass
class Sink:
    """A webhook receiver: what was posted to it, and what it is told to answer."""

    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    url: str = ""
    say: bytes = b"\xff\x00%<"
    paths: list[str] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.posts]


async def _hang_up(sessions: list[SMTP]) -> None:
    for session in sessions:
        if session.transport is not None:
            session.transport.abort()
    tasks = [session._handler_coroutine for session in sessions if session._handler_coroutine]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def raw_server() -> AsyncIterator[Callable[..., Any]]:
    """Run a server on loopback that treats each connection as the given function does."""
    servers: list[asyncio.Server] = []
    writers: list[asyncio.StreamWriter] = []
    handlers: list[asyncio.Task[None]] = []

    async def serve(behave: Callable[..., Awaitable[None]]) -> int:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            if (task := asyncio.current_task()) is not None:
                handlers.append(task)
            with contextlib.suppress(ConnectionError):
                await behave(reader, writer)

        server = await asyncio.start_server(connected, LOOPBACK, 0)
        servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    yield serve
    for server in servers:
        server.close()
    for writer in writers:
        writer.transport.abort()
    for task in handlers:
        task.cancel()
    await asyncio.gather(*handlers, return_exceptions=True)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def mail_server(authority: trustme.CA) -> Callable[..., Any]:
    """Run a real mail server on loopback: tls is none, starttls or tls; user: a login is needed."""

    @asynccontextmanager
    async def serve(*, tls: str = "none", user: str = "") -> AsyncIterator[Mailbox]:
        mailbox = Mailbox()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(LOOPBACK).configure_cert(context)

        def check(
            server: Any, session: Any, envelope: Any, mechanism: str, data: Any
        ) -> AuthResult:
            right = data.login.decode() == user and data.password.decode() == PASSWORD
            return AuthResult(success=right, handled=False)

        sessions: list[SMTP] = []

        def protocol() -> SMTP:
            with warnings.catch_warnings():  # a login in the clear, on loopback
                warnings.simplefilter("ignore")
                session = SMTP(
                    mailbox,
                    hostname="mail.example.org",
                    tls_context=context if tls == "starttls" else None,
                    require_starttls=tls == "starttls",
                    authenticator=check if user else None,
                    auth_required=bool(user),
                    auth_require_tls=False,
                    enable_SMTPUTF8=True,
                )
            sessions.append(session)
            return session

        server = await asyncio.get_running_loop().create_server(
            protocol, LOOPBACK, 0, ssl=context if tls == "tls" else None
        )
        mailbox.port = server.sockets[0].getsockname()[1]
        try:
            yield mailbox
        finally:
            server.close()
            await _hang_up(sessions)

    return serve


@pytest.fixture
def sink() -> Iterator[Sink]:
    """Run a webhook receiver on loopback that answers 200 unless told otherwise."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sink.paths.append(self.path)
            sink.posts.append(({k.lower(): v for k, v in self.headers.items()}, body))
            status, headers = sink.answers.pop(0) if sink.answers else (200, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(sink.say)))
            self.end_headers()
            self.wfile.write(sink.say)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    sink.url = f"http://{LOOPBACK}:{server.server_port}/hooks/token-in-path"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield sink
    server.shutdown()
    server.server_close()
    thread.join()
