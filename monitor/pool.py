"""CPU work in processes that can be killed.

A timeout does not stop a worker, so each is a process with a socket of its own: one that hangs,
dies or grew old is replaced alone, and it is always known which call did it. A call is one message
there and one back, without the threads and pipes of an executor.
"""

import asyncio
import contextlib
import multiprocessing
import os
import pickle
import resource
import socket
import struct
import threading
import traceback
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, TypeVarTuple

from monitor.errors import WorkerLost
from monitor.log import hush

WORKERS = 2
TIMEOUT = 20.0
CALLS_PER_WORKER = 2000  # trafilatura's workers grow to 240 MB over some 5,000 pages
MAX_BYTES = 1 << 30
BUFFER = 1 << 20
SIZE = struct.Struct("!Q")

A = TypeVarTuple("A")
T = TypeVar("T")


class Pool:
    """Run pure functions of picklable records in worker processes, started when first needed."""

    def __init__(
        self,
        *,
        workers: int = WORKERS,
        timeout: float = TIMEOUT,
        calls_per_worker: int = CALLS_PER_WORKER,
        preload: Sequence[str] = (),
    ) -> None:
        """Let workers begin with the modules of `preload`, loaded once and shared by all."""
        multiprocessing.get_context("forkserver").set_forkserver_preload([*preload])
        self._timeout = timeout
        self._calls_per_worker = calls_per_worker
        self._turn = asyncio.Semaphore(workers)  # waiting in line must not eat a call's time
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = False

    async def run(self, function: Callable[[*A], T], *args: *A) -> T:
        """Call `function(*args)` in a worker; raise WorkerLost if it hangs or dies."""
        async with self._turn:
            worker = self._ready()
            self._busy.add(worker)
            try:
                return await worker.call(self._timeout, function, *args)
            except (WorkerLost, asyncio.CancelledError):
                worker.kill()
                raise
            finally:
                self._busy.discard(worker)
                self._keep(worker)

    def close(self) -> None:
        """Kill the workers; calls still running raise WorkerLost."""
        for worker in [*self._idle, *self._busy]:
            worker.process.kill()
            worker.process.join()
        for worker in self._idle:
            worker.kill()
        self._idle.clear()
        self._closed = True

    def _ready(self) -> "_Worker":
        if self._closed:
            raise WorkerLost("the service is stopping", reason="stopping")
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            worker.kill()  # it died while it had nothing to do: nobody's fault
        return _Worker()

    def _keep(self, worker: "_Worker") -> None:
        if worker.killed:
            return
        if worker.calls < self._calls_per_worker:
            self._idle.append(worker)
        else:
            worker.kill()


class _Worker:
    """One process, and what it has done so far."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        context = multiprocessing.get_context("forkserver")
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self._ours.setblocking(False)
        self.calls = 0
        self.killed = False

    async def call(self, seconds: float, function: Callable[[*A], T], *args: *A) -> T:
        self.calls += 1
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                done, value = await self._ask(pickle.dumps((function, args)))
        except TimeoutError as error:
            message = f"to understand it took more than {seconds:g} s, and was stopped"
            raise WorkerLost(message, reason="too_slow") from error
        except (OSError, EOFError) as error:
            message = "the process that tried to understand it died"
            raise WorkerLost(message, reason="worker_died") from error
        if isinstance(value, MemoryError) and not done:
            message = f"to understand it takes more than {MAX_BYTES >> 20} MB of memory"
            raise WorkerLost(message, reason="out_of_memory") from value
        if not done:
            raise value
        result: T = value
        return result

    def kill(self) -> None:
        """End it; nobody may be waiting for its answer."""
        self.killed = True
        self.process.kill()
        self._ours.close()

    async def _ask(self, said: bytes) -> tuple[bool, Any]:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._ours, SIZE.pack(len(said)))
        await loop.sock_sendall(self._ours, said)
        (size,) = SIZE.unpack(await self._receive(SIZE.size))
        answer: tuple[bool, Any] = pickle.loads(await self._receive(size))  # noqa: S301  our own
        return answer

    async def _receive(self, size: int) -> bytes:
        loop, got = asyncio.get_running_loop(), bytearray()
        while len(got) < size:
            if not (piece := await loop.sock_recv(self._ours, min(size - len(got), BUFFER))):
                raise EOFError
            got += piece
        return bytes(got)


def _serve(line: socket.socket) -> None:
    """Do what is asked over the line, one call after the other, until it is closed."""
    _begin()
    with line, line.makefile("rwb", BUFFER) as file:
        while head := file.read(SIZE.size):
            answer = _answer(file.read(*SIZE.unpack(head)))
            file.write(SIZE.pack(len(answer)) + answer)
            file.flush()


def _answer(said: bytes) -> bytes:
    try:
        function, args = pickle.loads(said)  # noqa: S301  our own
        return pickle.dumps((True, function(*args)))
    except Exception as error:  # noqa: BLE001  raised again where it was asked
        error.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps((False, error))


def _begin() -> None:
    hush()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MAX_BYTES if hard == resource.RLIM_INFINITY else min(MAX_BYTES, hard)
    with contextlib.suppress(ValueError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    # A worker that computes for ever does not see that its line was closed.
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
