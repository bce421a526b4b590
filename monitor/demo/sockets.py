"""A conversation to hold → a server on a free loopback port that holds it with every caller."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

LOOPBACK = "127.0.0.1"

Talk = Callable[[StreamReader, StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk, host: str = LOOPBACK) -> AsyncIterator[tuple[str, int]]:
    """Listen until left, then end every conversation; give the address and the port.

    Where `host` is not set up (only Linux has all of 127.0.0.0/8), listen on 127.0.0.1.
    """
    callers: set[asyncio.Task[None]] = set()

    def greet(reader: StreamReader, writer: StreamWriter) -> None:
        caller = asyncio.ensure_future(_hold(talk, reader, writer))
        callers.add(caller)
        caller.add_done_callback(callers.discard)

    try:
        server = await asyncio.start_server(greet, host, 0)
    except OSError:
        server = await asyncio.start_server(greet, LOOPBACK, 0)
    try:
        address, port = server.sockets[0].getsockname()[:2]
        yield address, port
    finally:
        server.close()
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)


async def _hold(talk: Talk, reader: StreamReader, writer: StreamWriter) -> None:
    try:
        # A caller who hangs up, or talks nonsense, ends only his own conversation.
        with suppress(OSError, EOFError, ValueError):
            await talk(reader, writer)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
