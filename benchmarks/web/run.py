"""What the product costs and keeps, against a plain script over the same made-up web.

    python benchmarks/web/run.py cold [--articles 2000 --sites 100]    CPU per article
    python benchmarks/web/run.py unchanged [--sites 400]               CPU per feed, nothing new
    python benchmarks/web/run.py idle                                  CPU of a run with nothing due
    python benchmarks/web/run.py memory [--articles 3000]              memory of all processes

Each prints ours ÷ reference of one run. Compile the bytecode first (`python -m compileall -q
monitor`); nothing but Linux and this repository is needed.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

from meter import Spent, measure  # noqa: E402
from world import PORT, World  # noqa: E402

SETTINGS = """
database: sqlite:///{folder}/monitor.db
http: {{allow_networks: [127.0.0.0/8], timeout: 5s, floor: {floor}, polls_per_hour: {polls}}}
alerts:
  channels:
    hook:
      type: webhook
      url: "http://127.0.0.1:{port}/-/hook"
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  routes:
    - {{beat: exonerations, stages: [claim, hearing, vacated, exonerated, unknown], to: [hook]}}
"""
MONITOR = (sys.executable, "-m", "monitor")


class Bench:
    """One folder, one web, ours and theirs in it."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.world = folder, world
        self.feeds = folder / "feeds.txt"
        self.feeds.write_text("\n".join(world.feeds()))

    def ours(
        self, name: str = "ours", *, floor: str = "1s", polls: int = 10**6, **read: str
    ) -> Path:
        """A configuration of its own; returns its folder."""
        made = self.folder / name
        shutil.copytree(ROOT / "config", made)
        said = SETTINGS.format(folder=made, port=PORT, floor=floor, polls=polls)
        said += "".join(f"{key}: {value}\n" for key, value in read.items())
        (made / "monitor.yaml").write_text(said)
        lines = [f"  - {{url: '{url}'}}" for url in self.world.feeds()]
        (made / "feeds.yaml").write_text("\n".join(("feeds:", *lines, "")))
        return made

    def poll(self, config: Path, *more: str) -> Spent:
        """One `run-once` of ours."""
        return measure((*MONITOR, "run-once", "--fail-on", "never", "-c", str(config), *more))

    def reference(self, name: str = "theirs") -> Spent:
        """One pass of the plain script."""
        kept = str(self.folder / f"{name}.db")
        return measure((sys.executable, str(HERE / "reference.py"), str(self.feeds), kept))

    def count(self, what: str, kept: Path) -> int:
        """How many rows: of ours in a folder, of theirs in a file."""
        file = kept / "monitor.db" if kept.is_dir() else kept
        with sqlite3.connect(file) as db:
            return int(db.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


@contextmanager
def web(args: argparse.Namespace, **more: Any) -> Iterator[Bench]:
    """The made-up web, served as long as the block lasts."""
    settings = {"seed": args.seed, "sites": args.sites, "articles": args.articles, **more}
    command = (sys.executable, str(HERE / "server.py"), json.dumps(settings | {"latency": 60}))
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        server.stdout.readline()
        with tempfile.TemporaryDirectory(prefix="web-") as folder:
            yield Bench(Path(folder), World(**settings))
    finally:
        server.terminate()
        server.wait()


def ask(path: str) -> Any:
    """Say or ask something of the web's backstage."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/-/{path}") as answer:
        return json.load(answer)


def cold(args: argparse.Namespace) -> None:
    """Everything new: CPU per article."""
    with web(args, stories=20) as bench:
        theirs = bench.reference()
        stored = bench.count("articles", bench.folder / "theirs.db")
        each = theirs.cpu / stored
        print(f"reference          {1000 * each:6.2f} ms CPU an article, {stored} stored")
        for mode in args.modes.split(","):
            config = bench.ours(mode, **({} if mode == "all" else {"read": mode}))
            ours = bench.poll(config)
            read = bench.count("entries", config)
            print(
                f"ours, read: {mode:10s} {1000 * ours.cpu / read:4.2f} ms CPU an article,"
                f" {read} entries, {bench.count('articles', config)} stored,"
                f" ratio {ours.cpu / read / each:.3f}; peak {max(ours.memory):.0f} MB"
                f" (reference {max(theirs.memory):.0f})"
            )


def unchanged(args: argparse.Namespace) -> None:
    """Nothing new: CPU per feed, with and without the start of the process."""
    args.articles = args.sites * 10
    with web(args) as bench:
        config = bench.ours()
        few = bench.ours("few")
        (few / "feeds.yaml").write_text(
            "\n".join((config / "feeds.yaml").read_text().split("\n")[:3])
        )
        bench.poll(config, "--learn", "--no-send"), bench.poll(few, "--learn"), bench.reference()
        ask("told")
        ours = [bench.poll(config, "--all") for _ in range(args.repeat)]
        print(f"ours: {ask('told')['seen']}")
        theirs = [bench.reference() for _ in range(args.repeat)]
        print(f"reference: {ask('told')['seen']}")
        start = min(bench.poll(few, "--all").cpu for _ in range(args.repeat))
        bench.feeds.write_text(bench.world.feeds()[0])
        their_start = min(bench.reference().cpu for _ in range(args.repeat))
        mine, other = (min(one.cpu for one in them) for them in (ours, theirs))
        feeds = len(bench.world.feeds())
        print(
            f"whole process: ours {1000 * mine / feeds:.2f}, reference {1000 * other / feeds:.2f}"
            f" ms CPU a feed, ratio {mine / other:.3f}"
        )
        a, b = (1000 * spent / (feeds - 1) for spent in (mine - start, other - their_start))
        print(
            f"without its start ({start:.2f}, {their_start:.2f} s): {a:.2f}, {b:.2f},"
            f" ratio {a / b:.3f}"
        )


def idle(args: argparse.Namespace) -> None:
    """A `run-once` with nothing due."""
    args.articles = args.sites
    with web(args) as bench:
        config = bench.ours(floor="12h")
        bench.poll(config, "--learn", "--no-send")
        spent = sorted(bench.poll(config).cpu for _ in range(4 * args.repeat))
        print(f"CPU seconds: least {spent[0]:.3f}, median {statistics.median(spent):.3f}")


def memory(args: argparse.Namespace) -> None:
    """Memory of all processes while everything is new."""
    with web(args, stories=20) as bench:
        config = bench.ours()
        seen = bench.poll(config).memory
        steps = [max(seen[len(seen) * n // 8 : len(seen) * (n + 1) // 8]) for n in range(8)]
        print(f"{bench.count('articles', config)} articles; most, in eighths of the time, MB:")
        print("  " + " ".join(f"{step:.0f}" for step in steps))


def main() -> None:
    """Choose a measurement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    kinds = {f.__name__: f for f in (cold, unchanged, idle, memory)}
    parser.add_argument("what", choices=kinds)
    for name, value in Counter(seed=1, articles=2000, sites=100, repeat=3).items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--modes", default="all,candidates")
    args = parser.parse_args()
    began = time.monotonic()
    kinds[args.what](args)
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
