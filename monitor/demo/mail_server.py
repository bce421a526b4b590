"""An SMTP server on loopback that takes every mail and keeps it; no TLS, no login, no relaying."""

from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as policy

from monitor.demo.sockets import listening

GREETING = "220 newsroom.example ESMTP"
CAPABILITIES = "250-newsroom.example\r\n250-SIZE 10485760\r\n250-SMTPUTF8\r\n250 8BITMIME"
MAIL_FIRST = "503 say MAIL and RCPT first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail as it was taken: the envelope, and the message as bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        parsed = message_from_bytes(self.content, policy=policy)
        assert isinstance(parsed, EmailMessage)  # noqa: S101  what this policy makes
        return parsed


@dataclass(slots=True)
class Conversation:
    """One client's session: the envelope it has filled in so far."""

    inbox: list[Mail]
    sender: str | None = None
    recipients: list[str] = field(default_factory=list)

    def reply(self, line: str) -> str:
        """Answer one command other than DATA and QUIT."""
        verb = line[:4].upper()
        if verb == "EHLO":
            return CAPABILITIES
        if verb == "MAIL":
            self.sender, self.recipients = _address(line), []
        elif verb == "RCPT":
            if self.sender is None:
                return MAIL_FIRST
            self.recipients.append(_address(line))
        elif verb == "RSET":
            self.sender, self.recipients = None, []
        elif verb not in {"HELO", "NOOP"}:
            return "502 not here"
        return "250 OK"

    def take(self, content: bytes) -> str:
        """Keep the mail and forget the envelope."""
        sender, recipients = self.sender or "", tuple(self.recipients)
        self.inbox.append(Mail(sender=sender, recipients=recipients, content=content))
        self.sender, self.recipients = None, []
        return f"250 OK, mail {len(self.inbox)}"


def receiving(inbox: list[Mail]) -> AbstractAsyncContextManager[tuple[str, int]]:
    """Take mail into `inbox` until left; give the address and the port."""

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        await _say(writer, GREETING)
        conversation = Conversation(inbox)
        while (line := await _line(reader)).upper() not in {"QUIT", ""}:
            if line.upper() != "DATA":
                await _say(writer, conversation.reply(line))
            elif not conversation.recipients:
                await _say(writer, MAIL_FIRST)
            else:
                await _say(writer, "354 go on, end with a dot")
                await _say(
                    writer, conversation.take(b"".join([part async for part in _data(reader)]))
                )
        await _say(writer, "221 goodbye")

    return listening(talk)


async def _data(reader: StreamReader) -> AsyncIterator[bytes]:
    while (line := await reader.readuntil(b"\n")).rstrip(b"\r\n") != b".":
        yield line[1:] if line.startswith(b"..") else line


async def _line(reader: StreamReader) -> str:
    return (await reader.readline()).decode("utf-8", "replace").strip()


async def _say(writer: StreamWriter, reply: str) -> None:
    writer.write(reply.encode("ascii") + b"\r\n")
    await writer.drain()


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
