"""How long articles wait for the product's own pacing code, against the exact optimum.

    python benchmarks/pace.py FOLDER/poll_sim_reference.py [--feeds 400] [--seeds 1,2,3]
        [--budgets 1] [--days 21] [--hints]

The simulator is given by its path: it makes worlds of feeds (`World`), runs a policy in one
(`run`) and knows the optimum (`OracleDP`, `calibrate`). The product learns, sets its own price
and keeps to the budget by itself; its delay is scaled to exactly the budget, as the optimum's is.
Needs numpy.
"""

import argparse
import importlib.util
import time
from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.collect import pace
from monitor.collect.pace.habit import moment

FLOOR = 5 / 60
RARE = 0.002  # the hit rate that the simulator takes as the mean


class Product:
    """The pacing code with the flow around it, in memory: `next` is one poll, times in hours."""

    def __init__(self, world: Any, budget: float, *, weighted: bool, hints: bool = False) -> None:
        self.world, self.budget = world, budget * world.n
        self.weighted, self.hints = weighted, hints
        self.habits = {feed: pace.Habit() for feed in range(world.n)}
        self.hits: dict[int, int] = {}
        self.price = pace.Price()
        self.calls, self.seconds = 0, 0.0

    def next(self, feed: int, at: float, new: list[float], *_: object) -> float:
        start = time.process_time()
        now = moment(at)
        if self.weighted and new:
            self._count_hits(feed, at, len(new))
        if pace.is_due(self.price, now):
            self._reckon(now)
        habit = pace.observe(self.habits[feed], [moment(time) for time in new], now)
        self.habits[feed] = habit
        weight = pace.weight(self.price, feed, habit) if self.weighted else 1.0
        turn = pace.next_turn(habit, self.price, self._asked(feed, at), now, weight=weight)
        self.calls, self.seconds = self.calls + 1, self.seconds + time.process_time() - start
        return at + (turn.at - now) / timedelta(hours=1)

    def daily(self, at: float) -> None:
        """Nothing: the product has no nightly work."""

    def _reckon(self, now: Any) -> None:
        habits = self.habits if self.weighted else {f: _even(h) for f, h in self.habits.items()}
        self.price = pace.reckon(
            self.price,
            habits,
            now,
            active=habits,
            hits=self.hits,
            floor=FLOOR,
            polls_per_hour=self.budget,
        )

    def _count_hits(self, feed: int, at: float, count: int) -> None:
        last = bisect_right(self.world.vis[feed], at)
        found = int(self.world.rel[feed][last - count : last].sum())
        if found:
            self.hits[feed] = self.hits.get(feed, 0) + found

    def _asked(self, feed: int, at: float) -> pace.Asked:
        period = float(self.world.maxage[feed]) if self.hints else 0.0
        if not period:
            return pace.Asked()
        left = period - (at - float(self.world.phase[feed])) % period
        return pace.Asked(fresh=timedelta(hours=left), period=timedelta(hours=period))


def _even(habit: pace.Habit) -> pace.Habit:
    """Every feed alike: no entries that could have been hits."""
    return replace(habit, items=0)


def load(path: Path) -> Any:
    """Import the simulator from where it lies."""
    spec = importlib.util.spec_from_file_location("simulator", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Watched:
    """A policy under watch: how long a relevant article is expected to wait.

    Relevant articles are so few that chance moves their mean by a twentieth; each article
    weighted with its feed's true rate of relevant ones gives the same mean without the chance.
    """

    def __init__(self, world: Any, policy: Any, start: float) -> None:
        self.world, self.policy, self.start = world, policy, start
        self.waited = self.weight = 0.0

    def next(self, feed: int, at: float, new: list[float], doc_n: int, first: bool) -> float:  # noqa: FBT001
        if at >= self.start and not first:
            counted = [time for time in new if time >= self.start]
            rate = float(self.world.p[feed])
            self.waited += rate * sum(at - time for time in counted)
            self.weight += rate * len(counted)
        found: float = self.policy.next(feed, at, new, doc_n, first)
        return found

    def daily(self, at: float) -> None:
        self.policy.daily(at)


def measure(sim: Any, seed: int, budget: float, given: argparse.Namespace) -> dict[str, float]:
    """Run one world through the product and the optimum, plain and weighted."""
    world = sim.World(n=given.feeds, days=given.days, seed=seed, hints=given.hints)
    found: dict[str, float] = {}
    for name, key in (("plain", "mean"), ("weighted", "rmean")):
        weights = {"weights": world.p / RARE} if name == "weighted" else {}
        best = sim.calibrate(world, sim.OracleDP, budget, 0.5, 0.3 / budget**2, **weights)
        optimum = Watched(world, sim.OracleDP(world, best["scale"], **weights), sim.WARM_H)
        sim.run(world, optimum)
        product = Product(world, budget, weighted=name == "weighted", hints=given.hints)
        watched = Watched(world, product, sim.WARM_H)
        ours = sim.run(world, watched)
        spent = ours["polls_h"] / best["polls_h"]
        found[f"{name} minutes"] = ours[key]
        found[f"{name} polls"] = ours["polls_h"] / budget
        found[f"{name} ratio"] = ours[key] / best[key] * spent
        if weights:
            mean, least = (w.waited / w.weight for w in (watched, optimum))
            found["weighted ratio, expected"] = mean / least * spent
        found["microseconds"] = product.seconds / product.calls * 1e6
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("simulator", type=Path)
    parser.add_argument("--feeds", type=int, default=400)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--budgets", default="1")
    parser.add_argument("--hints", action="store_true", help="caches with a max-age")
    given = parser.parse_args()
    sim = load(given.simulator)
    for budget in map(float, given.budgets.split(",")):
        rows = [measure(sim, int(seed), budget, given) for seed in given.seeds.split(",")]
        for row in rows:
            print(" ".join(f"{key} {value:.3f}" for key, value in row.items()), flush=True)
        for key in rows[0]:
            print(f"budget {budget:g}: {key:25} {sum(row[key] for row in rows) / len(rows):.3f}")


if __name__ == "__main__":
    main()
