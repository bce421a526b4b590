"""How often the pipeline may be killed without an alert lost or doubled.

    python benchmarks/deaths.py [--kills 1000] [--seed 1]
    python benchmarks/deaths.py --crowd [--deliveries 2000]

kill -9 at a step of real work drawn by chance, over the demo's newsroom, as cron runs it and
inside the daemon's loop, on SQLite and on PostgreSQL; a kill of an idle pipeline is none.
`--crowd`: two daemons and a cron job at work on one database at once, nobody killed.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from monitor import schema  # noqa: E402  the tests' tools live beside this folder
from monitor.db import open_engine  # noqa: E402
from tests.deaths.crowd import EACH, crowd  # noqa: E402
from tests.deaths.rounds import Plan, Tally, rounds, undertaker  # noqa: E402
from tests.deaths.steps import KINDS  # noqa: E402
from tests.postgres import TEMPLATE, Postgres, open_postgres  # noqa: E402

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MODES = ("cron", "daemon")
WIDTH = 40

MakeDatabase = Callable[[], AbstractContextManager[str]]


def bar(what: str, done: int, wanted: int) -> None:
    """Show how far it is, on a terminal only."""
    if not sys.stderr.isatty():
        return
    full = WIDTH * min(done, wanted) // wanted
    sys.stderr.write(f"\r\033[K{what:24}{'█' * full}{'·' * (WIDTH - full)} {done}/{wanted}")
    sys.stderr.flush()


def clear() -> None:
    """Leave the terminal clean."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def on_sqlite(folder: Path) -> MakeDatabase:
    """Fresh files, one after another."""
    template = folder / "template.db"
    _bring_to_head(f"sqlite:///{template}")
    numbers = count()

    @contextmanager
    def make() -> Iterator[str]:
        path = folder / f"{next(numbers)}.db"
        yield f"sqlite:///{shutil.copy(template, path)}"
        path.unlink()

    return make


def on_postgres(server: Postgres) -> MakeDatabase:
    """Fresh databases of one server, one after another."""
    _bring_to_head(server.create(TEMPLATE))

    @contextmanager
    def make() -> Iterator[str]:
        url = server.create(template=TEMPLATE)
        yield url
        server.drop(url)

    return make


def _bring_to_head(url: str) -> None:
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()


async def deaths(
    kills: int, seed: int, folder: Path, makers: dict[str, MakeDatabase]
) -> dict[tuple[str, str], Tally]:
    """Kill so many lives in all, on each database in each mode, side by side."""
    ways = [(where, mode) for where in makers for mode in MODES]
    died = Counter[tuple[str, str]]()

    async def one(way: tuple[str, str]) -> Tally:
        where, mode = way
        with undertaker() as grave:
            plan = Plan(
                folder=folder / f"{where}-{mode}",
                mode=mode,
                kills=-(-kills // len(ways)),
                each=1,
                seed=seed,
                begin=NOW,
                longest=60 * len(ways),  # they share the machine
                on_death=lambda tally: count_one(way, tally),
            )
            return await rounds(plan, makers[where], grave)

    def count_one(way: tuple[str, str], tally: Tally) -> None:
        died[way] = tally.kills.total()
        bar("killed", died.total(), kills)

    tallies = await asyncio.gather(*map(one, ways))
    clear()
    return dict(zip(ways, tallies, strict=True))


def show(tallies: dict[tuple[str, str], Tally]) -> int:
    """Print the table; return 1 if anything was lost or doubled."""
    print(f"{'killed':28}" + "".join(f"{f'{where} {mode}':>18}" for where, mode in tallies))
    for kind in KINDS:
        print(f"{kind:28}" + "".join(f"{one.kills[kind]:18}" for one in tallies.values()))
    total: Counter[str] = Counter()
    rows: dict[str, Callable[[Tally], int]] = {
        "kills": lambda one: one.kills.total(),
        "newsrooms told": lambda one: len(one.rounds),
        "messages heard": lambda one: sum(found.told for found in one.rounds),
        "same id again (allowed)": lambda one: sum(found.repeated for found in one.rounds),
        "lost": lambda one: len(one.lost),
        "doubled": lambda one: len(one.doubled),
    }
    for name, number in rows.items():
        numbers = [number(one) for one in tallies.values()]
        total[name] = sum(numbers)
        print(f"{name:28}" + "".join(f"{one:18}" for one in numbers))
    print(", ".join(f"{name} {number}" for name, number in total.items()))
    for tally in tallies.values():
        for words in [*tally.lost, *tally.doubled]:
            print(f"  {words}")
    return int(bool(total["lost"] or total["doubled"]))


async def crowds(deliveries: int, folder: Path, makers: dict[str, MakeDatabase]) -> int:
    """Print what two daemons and a cron job did together, on each database."""
    wrong = 0
    for where, make in makers.items():
        with make() as url:
            shown = partial(_heard, where, deliveries)
            found = await crowd(folder / f"crowd-{where}", url, deliveries // EACH, shown)
        clear()
        wrong += len(found.lost) + len(found.doubled)
        shares = " + ".join(map(str, found.delivered_by))
        print(
            f"{where:12}{found.heard:6} heard ({shares} by two daemons and cron),"
            f" lost {len(found.lost)}, doubled {len(found.doubled)}, repeated {found.repeated}"
        )
    return int(bool(wrong))


def _heard(where: str, deliveries: int, heard: int) -> None:
    bar(where, heard, deliveries)


def main() -> int:
    """Run one or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crowd", action="store_true")
    parser.add_argument("--deliveries", type=int, default=2000)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(open_postgres())
        makers = {"sqlite": on_sqlite(folder), "postgresql": on_postgres(server)}
        if given.crowd:
            return asyncio.run(crowds(given.deliveries, folder, makers))
        return show(asyncio.run(deaths(given.kills, given.seed, folder, makers)))


if __name__ == "__main__":
    sys.exit(main())
