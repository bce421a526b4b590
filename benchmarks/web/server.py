"""The made-up web on loopback: python server.py SETTINGS-JSON, every site on one port.

`/-/wave/N` (any host) brings out more stories, `/-/told` gives what the hook was told and how the
sites were asked, and forgets the latter.
"""

import asyncio
import gzip
import hashlib
import json
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime

from world import PORT, World

CHALLENGE = (
    b"<html><title>Just a moment...</title><script src=/cdn-cgi/challenge-platform/h></script>"
)
HUSH = 3600  # seconds that a busy site asks for


class Served:
    """The sites, how far they are, and what they saw."""

    def __init__(self, settings: dict[str, int]) -> None:
        self.latency = settings.pop("latency", 60) / 1000
        self.world = World(**settings, start=datetime.now(UTC).replace(microsecond=0))
        self.wave = 0
        self.asked: Counter[str] = Counter()
        self.docs: dict[tuple[str, int], tuple[bytes, str, str]] = {}
        self.told: list[tuple[float, str, str]] = []
        self.out_at: dict[int, float] = {0: time.time()}
        self.forget()

    def forget(self) -> None:
        """Begin a new count."""
        self.seen: Counter[str] = Counter()
        self.served_once: set[str] = getattr(self, "served_once", set())
        self.at_once: Counter[str] = Counter()
        self.most = 0
        self.hushed: dict[str, float] = getattr(self, "hushed", {})
        self.robots: set[str] = getattr(self, "robots", set())

    def answer(self, host: str, path: str, headers: dict[str, str]) -> tuple[int, bytes, dict, str]:
        """Status, body, headers, and what goes wrong on the line."""
        if path == "/robots.txt":
            self.robots.add(host)
            return 200, b"User-agent: *\nDisallow: /private/\n", {"content-type": "text/plain"}, ""
        bare = path.partition("?")[0]
        if host in list(self.world.by_host)[: self.world.busy] and self.wave > 0:
            self.seen["inside Retry-After"] += host in self.hushed
            self.hushed.setdefault(host, time.time())
            return 429, b"slow down", {"retry-after": str(HUSH)}, ""
        number = self.asked[host + bare]
        self.asked[host + bare] += 1
        if bare in {"/feed.xml", "/more.xml"}:
            return self.feed(host, bare, headers, number)
        one = self.world.by_url.get(f"http://{host}{bare}")
        if one is None:
            return 404, b"no such page", {}, ""
        self.seen["pages"] += 1
        self.seen["pages before robots.txt"] += host not in self.robots
        fault = one.faults[number] if number < len(one.faults) else ""
        body = self.world.page(one, half=fault == "half")
        return *broken(fault, body), {"content-type": "text/html; charset=utf-8"}, fault

    def feed(self, host: str, path: str, headers: dict[str, str], number: int) -> tuple:
        """A feed: 304 if it is known."""
        again = host + path in self.served_once
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        self.seen["feeds"] += 1
        self.seen["refetches"] += again
        self.seen["conditional"] += again and conditional
        faults = self.world.feed_faults.get(host, ()) if path == "/feed.xml" else ()
        fault = faults[number] if number < len(faults) else ""
        restless = number if self.world.faults and host.split(".")[2].endswith("7") else 0
        body, etag, changed = self.document(host, path, restless)
        kept = {"etag": etag, "last-modified": changed, "content-type": "application/rss+xml"}
        if fault:
            return *broken(fault, body), {"content-type": "application/rss+xml"}, fault
        self.served_once.add(host + path)
        if headers.get("if-none-match") == etag or headers.get("if-modified-since") == changed:
            self.seen["304"] += 1
            return 304, b"", kept, ""
        return 200, body, kept, ""

    def document(self, host: str, path: str, restless: int) -> tuple[bytes, str, str]:
        """A feed's bytes and validators, made once for each wave."""
        key = (f"{host}{path}{restless}", self.wave)
        if key not in self.docs:
            marked = path == "/more.xml"
            body = self.world.feed(host, self.wave, marked=marked, restless=restless)
            at = format_datetime(datetime.fromtimestamp(self.out_at[self.wave], UTC), usegmt=True)
            self.docs[key] = body, f'"{hashlib.sha1(body).hexdigest()}"', at
        return self.docs[key]

    def control(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        """What the runner and the hook say and ask."""
        if path.startswith("/-/wave/"):
            self.wave = int(path.rpartition("/")[2])
            self.out_at[self.wave] = time.time()
        if path.startswith("/-/hook"):
            self.told.append((time.time(), headers.get("webhook-id", ""), body.decode()))
        if path != "/-/told":
            return b"{}"
        said = {
            "told": self.told,
            "seen": dict(self.seen) | {"most at once": self.most, "robots": len(self.robots)},
            "out_at": self.out_at,
        }
        self.forget()
        return json.dumps(said).encode()


def broken(fault: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of an answer with this fault."""
    if fault.isdigit():
        return int(fault), b"<html><h1>It did not work</h1></html>"
    if fault == "challenge":
        return 403, CHALLENGE
    odd = {
        "empty": b"",
        "garbage": random.Random(1).randbytes(5000),
        "html": b"<html>no feed</html>",
    }
    return 200, odd.get(fault, body[: len(body) // 2] if fault == "half" else body)


async def serve(served: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, as many requests as the client likes."""
    try:
        while await one_request(served, reader, writer):
            pass
    except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
        pass
    finally:
        writer.close()


async def one_request(
    served: Served, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bool:
    """Read one, answer it after a while; false where the line is to be cut."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    path = head[0].split()[1]
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
    sent = await reader.readexactly(int(headers.get("content-length", 0)))
    host = headers.get("host", "")
    if path.startswith("/-/"):
        put(writer, 200, served.control(path, headers, sent), {}, headers)
        return True
    served.at_once[host] += 1
    served.most = max(served.most, served.at_once[host])
    try:
        await asyncio.sleep(served.latency * random.uniform(0.3, 3))
        status, body, kept, fault = served.answer(host, path, headers)
        if fault == "hang":
            await hang(reader)
        if fault in {"reset", "hang"}:
            writer.transport.abort()
            return False
        put(writer, status, body, kept, headers, cut=fault == "cut")
        await writer.drain()
    finally:
        served.at_once[host] -= 1
    return fault != "cut" and headers.get("connection", "").lower() != "close"


async def hang(reader: asyncio.StreamReader) -> None:
    """Say nothing for half a minute; a client that hangs up asks no more."""
    with suppress(TimeoutError):
        await asyncio.wait_for(reader.read(1), 30)


def put(
    writer: asyncio.StreamWriter,
    status: int,
    body: bytes,
    kept: dict[str, str],
    asked: dict[str, str],
    *,
    cut: bool = False,
) -> None:
    """Write an answer, compressed if the client knows how."""
    if body and "gzip" in asked.get("accept-encoding", ""):
        body, kept = gzip.compress(body, 4), kept | {"content-encoding": "gzip"}
    lines = [f"HTTP/1.1 {status} Said", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in kept.items()]
    writer.write("\r\n".join((*lines, "", "")).encode() + (body[: len(body) // 2] if cut else body))


async def main() -> None:
    """Serve until stopped."""
    served = Served(json.loads(sys.argv[1]))
    server = await asyncio.start_server(
        lambda reader, writer: serve(served, reader, writer), "0.0.0.0", PORT, backlog=1000
    )
    async with server:
        print("ready", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
