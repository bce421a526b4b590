"""A command → CPU seconds of all its processes, however orphaned, and their memory over time."""

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SUBREAPER = 36  # prctl: orphans become our children, so that their time is ours to count


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command cost; `memory` is the sum of all processes in MB, every half second."""

    cpu: float
    wall: float
    code: int
    memory: tuple[float, ...]


def measure(command: Sequence[str], *, quiet: bool = True) -> Spent:
    """Run it to its end, its orphans' too."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.close(reading)
        os._exit(_inside(command, writing, quiet=quiet))
    os.close(writing)
    began, memory = time.monotonic(), []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            memory.append(sum(map(_pss, _below(child))))

    watching = threading.Thread(target=watch)
    watching.start()
    with os.fdopen(reading) as told:
        cpu, code = told.read().split()
    over.set()
    watching.join()
    os.waitpid(child, 0)
    return Spent(float(cpu), time.monotonic() - began, int(code), tuple(memory))


def _inside(command: Sequence[str], told: int, *, quiet: bool) -> int:
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    out = subprocess.DEVNULL if quiet else sys.stderr
    started = subprocess.Popen(command, stdout=out, stderr=out)
    code = started.wait()
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.write(told, f"{used.ru_utime + used.ru_stime} {code}".encode())
    return 0


def _below(root: int) -> list[int]:
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            said = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)] = int(said[1])
    found, new = set(), {root}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return list(found)


def _pss(pid: int) -> float:
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
