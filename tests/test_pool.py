"""The pool: what one page does to its worker is nobody else's business."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.errors import FetchFailed, WorkerLost
from monitor.pool import Pool

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parent.parent


def double(number: int) -> int:
    return 2 * number


def who(_: int = 0) -> int:
    return os.getpid()


def hang() -> None:
    threading.Event().wait()


def die() -> None:
    os._exit(3)


def devour() -> int:
    return len(bytearray(2 << 30))


def wait_for(path: str) -> int:
    """Work until something is written into a FIFO."""
    Path(path).read_bytes()
    return os.getpid()


def refuse() -> None:
    raise FetchFailed("not today", reason="http_503", retry_after=7)


def time_out() -> None:
    raise TimeoutError("the function's own")


def large(count: int) -> list[str]:
    return ["é" * 1000] * count


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """What a worker waits for; `go` lets it go on."""
    os.mkfifo(tmp_path / "go")
    return tmp_path / "go"


async def go(fifo: Path) -> None:
    await asyncio.to_thread(fifo.write_bytes, b"go")


@pytest.fixture
def pool() -> Iterator[Pool]:
    opened = Pool(timeout=20)
    yield opened
    opened.close()


async def until(happened: Callable[[], bool]) -> None:
    """Let the others run until something has happened."""
    while not happened():  # noqa: ASYNC110  nothing to wait for but the loop itself
        await asyncio.sleep(0)


async def test_a_call_gives_what_the_function_gives(pool: Pool) -> None:
    assert await pool.run(double, 21) == 42


async def test_a_big_result_arrives_whole(pool: Pool) -> None:
    assert await pool.run(large, 20_000) == ["é" * 1000] * 20_000


async def test_errors_of_the_function_arrive_with_their_reason(pool: Pool) -> None:
    with pytest.raises(FetchFailed, match="not today") as caught:
        await pool.run(refuse)
    assert (caught.value.reason, caught.value.retry_after) == ("http_503", 7)
    with pytest.raises(TimeoutError, match="own"):
        await pool.run(time_out)


@pytest.mark.parametrize(("function", "reason"), [(die, "worker_died"), (devour, "out_of_memory")])
async def test_a_lost_worker_says_why_and_takes_no_other_call_with_it(
    pool: Pool, function, reason: str, fifo: Path
) -> None:
    innocent = asyncio.create_task(pool.run(wait_for, str(fifo)))
    with pytest.raises(WorkerLost) as caught:
        await pool.run(function)
    assert caught.value.reason == reason
    await go(fifo)
    assert await innocent
    assert await pool.run(double, 4) == 8


async def test_waiting_in_line_does_not_eat_a_calls_time() -> None:
    pool = Pool(workers=1, timeout=2)
    try:
        slow = [asyncio.create_task(pool.run(hang)) for _ in range(2)]
        quick = asyncio.create_task(pool.run(double, 5))
        lost = await asyncio.gather(*slow, return_exceptions=True)
        assert [getattr(error, "reason", error) for error in lost] == ["too_slow", "too_slow"]
        assert await quick == 10
    finally:
        pool.close()


async def test_a_worker_that_grew_old_is_replaced_and_no_call_is_lost(fifo: Path) -> None:
    pool = Pool(workers=2, calls_per_worker=3)
    try:
        running = asyncio.create_task(pool.run(wait_for, str(fifo)))
        pids = [await pool.run(who) for _ in range(9)]
        assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 3]
        await go(fifo)
        assert await running not in pids
    finally:
        pool.close()


async def test_a_call_that_is_given_up_frees_its_place() -> None:
    pool = Pool(workers=1)
    try:
        given_up = asyncio.create_task(pool.run(hang))
        await until(lambda: bool(pool._busy))
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert await pool.run(double, 3) == 6
    finally:
        pool.close()


async def test_a_worker_that_died_while_idle_is_nobodys_fault() -> None:
    pool = Pool(workers=1)
    try:
        pid = await pool.run(who)
        process = pool._idle[0].process
        os.kill(pid, signal.SIGKILL)
        process.join()
        assert await pool.run(who) != pid
    finally:
        pool.close()


async def test_closing_leaves_no_worker_and_tells_who_waits() -> None:
    pool = Pool(workers=2)
    await asyncio.gather(pool.run(double, 1), pool.run(double, 2))
    calls = [asyncio.create_task(pool.run(hang)) for _ in range(3)]
    await until(lambda: len(pool._busy) == 2)
    processes = [worker.process for worker in pool._busy]
    pool.close()
    assert len(processes) == 2
    assert not any(process.is_alive() for process in processes)
    lost = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(error) for error in lost] == [WorkerLost] * 3


SERVICE = """
import asyncio, json, os, sys
from monitor.pool import Pool
from tests.test_pool import hang, who

async def main():
    pool = Pool()
    pids = [await pool.run(who)]
    asyncio.create_task(pool.run(hang))
    pids.append(await pool.run(who))
    print(json.dumps(pids), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def test_workers_end_when_the_service_is_killed() -> None:
    service = subprocess.Popen([sys.executable, "-c", SERVICE], cwd=ROOT, stdout=subprocess.PIPE)
    assert service.stdout is not None
    with service.stdout as lines:
        pids = json.loads(lines.readline())
        service.kill()
        service.wait()
        lines.read()  # ends when the last process that inherited the pipe has ended
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            assert not Path(f"/proc/{pid}/exe").exists()
