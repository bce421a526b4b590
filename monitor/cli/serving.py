"""`monitor serve`: the desk alone; and the desk beside the daemon."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import datetime

import click

from monitor.cli.common import Command, Options, pass_options
from monitor.config import Config
from monitor.db import Database

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@click.command(cls=Command)
@pass_options
def serve(options: Options, /) -> int:
    """Serve the pages that alerts link to: cases, and the button that acknowledges an alert.

    `monitor run --desk` does the same beside the daemon. Nothing is encrypted here: put a web
    server with a certificate in front, and its address into desk.public_url.
    """
    from monitor import log, schema
    from monitor.app import utcnow

    log.setup(verbosity=options.verbosity + 1, form=options.log_format)
    config = options.load()
    with closing(Database(config.database)) as db:
        schema.require(db.engine)
        return asyncio.run(_until_told(config, db, utcnow))


async def _until_told(config: Config, db: Database, now: Callable[[], datetime]) -> int:
    received: list[int] = []
    told = asyncio.Event()

    def handle(number: int) -> None:
        received.append(number)
        told.set()

    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, handle, number)
    async with beside(config, db, now):
        await told.wait()
    return 128 + received[0]


@asynccontextmanager
async def beside(config: Config, db: Database, now: Callable[[], datetime]) -> AsyncIterator[None]:
    """Serve the desk for as long as the block lasts."""
    from monitor.desk import server
    from monitor.desk.site import Site

    stop = asyncio.Event()
    opened = server.listen(config.desk.listen)
    serving = asyncio.create_task(server.serve(Site(db, now).app(), opened, stop))
    try:
        yield
    finally:
        stop.set()
        await serving
