"""Drain the rooms again and again until told to stop; APScheduler only rings the bells."""

import asyncio
import contextlib
import os
import signal
import socket
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.alarm import Alarm
from monitor.app import App
from monitor.cycle import ROOMS, Bells, Limits, Room, drain
from monitor.errors import DatabaseError
from monitor.log import Log
from monitor.watch.decide import Trouble
from monitor.watch.store import incidents

log = Log("daemon")

GRACE_SECONDS = 25.0  # systemd and container engines kill after 30 s or more
RECOVER_SECONDS = 5.0
LONGEST = 300.0
LONGEST_DETAIL = 300
WATCH_SECONDS = 60
SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def run(app: App) -> int:
    """Run until SIGINT or SIGTERM; finish what is under way; return 128 + the signal."""
    bells, stop = Bells(), asyncio.Event()
    received = _listen(stop)
    scheduler = _scheduler(app, bells)
    rooms = [asyncio.create_task(_keep(app, room, bells, stop)) for room in ROOMS]
    scheduler.start()
    notify("READY=1")
    log.info("started", rooms=len(ROOMS))
    await stop.wait()
    notify("STOPPING=1")
    scheduler.shutdown(wait=False)
    _, late = await asyncio.wait(rooms, timeout=GRACE_SECONDS)
    for room in late:
        room.cancel()
    await asyncio.gather(*rooms, return_exceptions=True)
    log.info("stopped", unfinished_rooms=len(late))
    return 128 + received[0] if received else 0


def _listen(stop: asyncio.Event) -> list[int]:
    received: list[int] = []
    loop = asyncio.get_running_loop()

    def handle(number: int) -> None:
        received.append(number)
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, handle, number)
    return received


def _scheduler(app: App, bells: Bells) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(job_defaults={"coalesce": True, "misfire_grace_time": None})
    for room in ROOMS:
        seconds = room.every.total_seconds()
        scheduler.add_job(bells.ring, "interval", args=(room.name,), seconds=seconds)
        scheduler.add_job(bells.ring, "date", args=(room.name,), run_date=app.now())
    scheduler.add_job(_watch, "interval", args=(app, bells, Alarm()), seconds=WATCH_SECONDS)
    scheduler.add_job(notify, "interval", args=("WATCHDOG=1",), seconds=10)
    return scheduler


async def _watch(app: App, bells: Bells, alarm: Alarm) -> None:
    if await alarm.look(app):
        bells.ring("deliver")


async def _keep(
    app: App,
    room: Room[Any],
    bells: Bells,
    stop: asyncio.Event,
    recover: float = RECOVER_SECONDS,
) -> None:
    """Drain a room whenever its bell rings; whatever goes wrong, try again, ever later."""
    limits = Limits(
        stop=stop.is_set, on_done=lambda done, filed: bells.ring(done.wakes if filed else None)
    )
    slots = asyncio.Semaphore(room.width)
    well, falls = False, 0
    async with asyncio.TaskGroup() as group:
        while not stop.is_set():
            await _first(bells.wait(room.name), stop.wait())
            try:
                await drain(app, room, group, slots, limits)
                if not well:  # also after a restart: an earlier process may have told of trouble
                    await app.db.run(incidents.close, f"room:{room.name}", app.now())
                well, falls = True, 0
            except DatabaseError as error:
                log.warning("database", room=room.name, error=error, again=f"{recover:g}s")
                await _first(asyncio.sleep(recover), stop.wait())
            except Exception as error:
                well, falls = False, falls + 1
                await _fell(app, room, error)
                await _first(asyncio.sleep(min(recover * 2**falls, LONGEST)), stop.wait())
                bells.ring(room.name)


async def _fell(app: App, room: Room[Any], error: Exception) -> None:
    """Tell of a bug that stops a room, once for as long as it lasts."""
    log.bug(error, room=room.name)
    why = f"{type(error).__name__}: {error}"[:LONGEST_DETAIL]
    detail = f"the room {room.name!r} stands still by an error in it ({why})"
    trouble = Trouble(key=f"room:{room.name}", kind="room", detail=detail)
    try:
        await app.db.run(incidents.put, [trouble], (), app.now())
    except DatabaseError as gone:
        log.warning("database", room=room.name, error=gone)


async def _first(*waits: Any) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def notify(state: str) -> None:
    """Tell systemd, where there is one (sd_notify(3))."""
    if not (address := os.environ.get("NOTIFY_SOCKET")):
        return
    address = f"\0{address[1:]}" if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.sendto(state.encode(), address)
