"""Mail servers that answer as scripted, on loopback, in threads of their own."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG = "…"
HANG_UP = ""


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a server offers, and what it answers to lines that begin so; `.` ends the mail."""

    offers: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)

    def answer(self, line: str) -> str:
        """What is scripted for a line, else what a friendly server says."""
        line = line.upper()
        found = [said for begin, said in self.answers.items() if line.startswith(begin.upper())]
        if found:
            return found[0]
        offers = "\r\n".join(
            ["250-quay", *(f"250-{offer}" for offer in self.offers), "250 8BITMIME"]
        )
        friendly = {"GREETING": "220 quay", "EHLO": offers, "DATA": "354 go on", "QUIT": "221 bye"}
        return friendly.get(line[:8], friendly.get(line[:4], "250 ok"))


@contextmanager
def office(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a mail server for as long as the block lasts; give its port."""
    over = threading.Event()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = "greeting"
            while line and (said := script.answer(line)) != HANG_UP:
                if said == HANG:
                    over.wait()
                    return
                self.wfile.write(said.encode() + b"\r\n")
                line = self.line() if not said.startswith("354") else self.mail()

        def line(self) -> str:
            return self.rfile.readline().decode("latin-1").strip()

        def mail(self) -> str:
            while self.line() != ".":
                pass
            return "."

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
