"""What becomes of planted stories: in a web with faults, and how soon the webhook hears of them."""

import argparse
import json
import signal
import sqlite3
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench import MONITOR, ask, web

PAST = "2020-01-01 00:00:00.000000"
WAVES = 3
POLLS = 3  # within so many a broken page comes back
SECONDS = 30  # between two polls of a feed


def lost(args: argparse.Namespace) -> None:
    """Stories that a third of all pages' faults, broken feeds and busy hosts lose or double.

    Between two polls the waits of pages that failed are taken as over; what hosts asked for is not.
    """
    with web(args, stories=args.articles // 10, waves=WAVES, faults=True, busy=3) as bench:
        config = bench.ours()
        for wave in range(WAVES + POLLS):
            ask(f"wave/{min(wave, WAVES - 1)}")
            _over(config / "monitor.db")
            bench.poll(config, "--all")
        said = ask("told")
        planted = {one.url for one in bench.world.by_url.values() if one.planted}
    told = _told(said["told"])
    opened = Counter(url for kind, url in told.values() if kind == "case.opened")
    seen = said["seen"]
    print(f"planted {len(planted)}, lost {len(planted - opened.keys())}")
    print(
        f"told twice {sum(n - 1 for n in opened.values())}, falsely {len(opened.keys() - planted)}"
    )
    print(f"at once per host {seen['most at once']}, refetches {seen.get('refetches', 0)}")
    for name in ("conditional", "inside Retry-After", "pages before robots.txt"):
        print(f"{name}: {seen.get(name, 0)}")


def _over(database: Path) -> None:
    if not database.exists():
        return
    with sqlite3.connect(database) as db:
        for table in ("entries", "articles", "deliveries"):
            db.execute(f"UPDATE {table} SET due_at = ? WHERE due_at IS NOT NULL", (PAST,))


def _told(sent: Iterable[tuple[float, str, str]]) -> dict[str, tuple[str, str]]:
    """Each message once, by its id, as a receiver would keep it: its kind, and the address."""
    found = {}
    for _, name, body in sent:
        said: dict[str, Any] = json.loads(body)
        found[name] = said["type"], said["data"]["hit"].get("url", "").partition("?")[0]
    return found


def delay(args: argparse.Namespace) -> None:
    """Seconds from a story's being in its feed to the webhook, each feed polled every 30 s."""
    pause, waves = 6, args.minutes * 10
    args.articles = waves * 4
    with web(args, stories=waves * 2, waves=waves) as bench:
        polls = len(bench.world.feeds()) * 3600 // SECONDS
        config = bench.ours(floor=f"{SECONDS}s", polls=polls)
        bench.poll(config, "--learn", "--no-send")
        daemon = subprocess.Popen((*MONITOR, "run", "-q", "-c", str(config)))
        try:
            for wave in range(1, waves):
                time.sleep(pause)
                ask(f"wave/{wave}")
            time.sleep(2 * SECONDS)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait()
        said = ask("told")
        stories = {one.url: one for one in bench.world.by_url.values() if one.planted and one.wave}
    out = {int(wave): at for wave, at in said["out_at"].items()}
    waits = sorted(
        at - out[stories[url].wave]
        for at, name, body in said["told"]
        for _, url in _told([(at, name, body)]).values()
        if url in stories
    )
    cuts = statistics.quantiles(waits, n=20)
    print(f"{len(waits)} told of {len(stories)}; p50 {cuts[9]:.1f} s, p95 {cuts[18]:.1f} s")
