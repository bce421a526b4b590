"""What the product costs and keeps, against a plain script over the same made-up web.

    python benchmarks/web/run.py cold [--articles 2000 --sites 100]    CPU per article
    python benchmarks/web/run.py unchanged [--sites 400]               CPU per feed, nothing new
    python benchmarks/web/run.py idle                                  CPU of a run with nothing due
    python benchmarks/web/run.py memory [--articles 20000]             memory of all processes
    python benchmarks/web/run.py lost [--articles 600 --sites 40]      what faults lose, double
    python benchmarks/web/run.py delay [--minutes 5]                   from page to webhook

Ratios are ours ÷ reference of one run. Compile the bytecode first (`python -m compileall -q
monitor`); nothing but Linux and this repository is needed.
"""

import argparse
import statistics
import time
from collections import Counter

from bench import ask, web
from fates import delay, lost


def cold(args: argparse.Namespace) -> None:
    """Everything new: CPU per article."""
    with web(args, stories=20) as bench:
        theirs = bench.reference()
        stored = bench.count("articles", bench.folder / "theirs.db")
        each = theirs.cpu / stored
        print(f"reference          {1000 * each:6.2f} ms CPU an article, {stored} stored")
        for mode in args.modes.split(","):
            config = bench.ours(mode, floor="1h", **({} if mode == "all" else {"read": mode}))
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
    kinds = {f.__name__: f for f in (cold, unchanged, idle, memory, lost, delay)}
    parser.add_argument("what", choices=kinds)
    for name, value in Counter(seed=1, articles=2000, sites=100, repeat=3, minutes=5).items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--modes", default="all,candidates")
    args = parser.parse_args()
    began = time.monotonic()
    kinds[args.what](args)
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main()
