"""One folder and one made-up web; the product and the plain script set up in it."""

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from meter import Spent, measure
from world import PORT, World

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
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
        if server.stdout is None or not server.stdout.readline():
            sys.exit(f"the web cannot be served: is another one at port {PORT}?")
        with tempfile.TemporaryDirectory(prefix="web-") as folder:
            yield Bench(Path(folder), World(**settings))
    finally:
        server.terminate()
        server.wait()


def ask(path: str) -> Any:
    """Say or ask something of the web's backstage."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/-/{path}") as answer:
        return json.load(answer)
