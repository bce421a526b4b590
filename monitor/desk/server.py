"""Serve the desk at an address until told to stop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from monitor.errors import UsageError
from monitor.log import Log

log = Log("desk")

GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    """A server that leaves the signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(where: str) -> socket.socket:
    """Take the address; raise UsageError where somebody else has it, or nobody may."""
    host, _, port = where.rpartition(":")
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((bare, int(port)))
        opened.listen(128)
    except OSError as error:
        opened.close()
        remedy = "choose another desk.listen, or end what listens there"
        raise UsageError(f"desk.listen: {where}: {error.strerror}; {remedy}") from error
    return opened


async def serve(site: Starlette, opened: socket.socket, stop: asyncio.Event) -> None:
    """Answer until `stop` is set; then finish what is under way."""
    settings = uvicorn.Config(
        site,
        lifespan="off",
        log_config=None,
        access_log=False,  # an address here is a permission: no log may hold it
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(settings)
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    log.info("desk", listening=_name(opened))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, waiting], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    waiting.cancel()
    await serving


def _name(opened: socket.socket) -> str:
    host, port, *_ = opened.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
