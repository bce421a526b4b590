"""CPU work in processes that can be killed.

A timeout does not stop a worker, and one dead worker breaks every call of its executor: so
each worker has an executor of its own. One that hangs, dies or grew old is replaced alone,
and it is always known which call did it.
"""

import asyncio
import contextlib
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import BaseProcess
from typing import TypeVar, TypeVarTuple

from monitor.errors import WorkerLost
from monitor.log import hush

WORKERS = 2
TIMEOUT = 20.0
CALLS_PER_WORKER = 2000  # trafilatura's workers grow to 240 MB over some 5,000 pages
MAX_BYTES = 1 << 30

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
                result = await worker.call(self._timeout, function, *args)
            except (WorkerLost, asyncio.CancelledError):
                worker.kill()
                raise
            finally:
                self._busy.discard(worker)
                self._keep(worker)
            return result

    def close(self) -> None:
        """Kill the workers; calls still running raise WorkerLost."""
        for worker in [*self._idle, *self._busy]:
            worker.kill(wait=True)
        self._idle.clear()
        self._closed = True

    def _ready(self) -> "_Worker":
        if self._closed:
            raise WorkerLost("the service is stopping", reason="stopping")
        while self._idle:
            worker = self._idle.pop()
            if worker.alive():
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
        # Never max_tasks_per_child: it deadlocks (python/cpython#115634).
        context = multiprocessing.get_context("forkserver")
        self._executor = ProcessPoolExecutor(1, context, initializer=_begin)
        self.calls = 0
        self.killed = False

    async def call(self, seconds: float, function: Callable[[*A], T], *args: *A) -> T:
        self.calls += 1
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                return await loop.run_in_executor(self._executor, function, *args)
        except TimeoutError as error:
            if not limit.expired():
                raise  # the function's own
            message = f"to understand it took more than {seconds:g} s, and was stopped"
            raise WorkerLost(message, reason="too_slow") from error
        except MemoryError as error:
            message = f"to understand it takes more than {MAX_BYTES >> 20} MB of memory"
            raise WorkerLost(message, reason="out_of_memory") from error
        except BrokenProcessPool as error:
            message = "the process that tried to understand it died"
            raise WorkerLost(message, reason="worker_died") from error

    def alive(self) -> bool:
        return all(process.is_alive() for process in self._processes())

    def kill(self, *, wait: bool = False) -> None:
        self.killed = True
        for process in self._processes():
            process.kill()
        self._executor.shutdown(wait=wait)

    def _processes(self) -> list[BaseProcess]:
        # Executor.kill_workers() exists from Python 3.14 on.
        return list((self._executor._processes or {}).values())  # noqa: SLF001


def _begin() -> None:
    hush()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MAX_BYTES if hard == resource.RLIM_INFINITY else min(MAX_BYTES, hard)
    with contextlib.suppress(ValueError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    # A worker waits for work on a pipe that it holds open itself: when the service is killed
    # hard, nothing else would ever tell it.
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
