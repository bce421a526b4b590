"""How well hits are grouped into cases, and how fast: B³, alerts per case, wire copies.

    python benchmarks/cases.py [--cases 500] [--seed 7]

Two effects apart: `hits` groups what the shipped beat finds; `all` groups every labelled story
as if it had found them all. `copies` are the five edits of each story. `filing` is the CPU time to
find the case of one hit among so many open cases on SQLite, candidates and texts included.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from monitor import schema  # noqa: E402  the tests' texts and tools live beside this folder
from monitor.config import Config  # noqa: E402
from monitor.db import Database, Session  # noqa: E402
from monitor.judge import flow  # noqa: E402
from monitor.records import Article, Fact, PendingArticle, Stage, Verdict  # noqa: E402
from monitor.tables import ArticleRow  # noqa: E402
from tests.judge import replay, wire  # noqa: E402

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FIRST = ("Ada", "Ben", "Cora", "Dov", "Edda", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kaja")
LAST = ("Abendrot", "Birkholm", "Castellan", "Dunmore", "Eastlake", "Fenwick", "Garrow", "Holbein")
SYLLABLES = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]


def grouping() -> None:
    """Print B³ and alerts per case of both files, judged and as if all were hits."""
    print(f"{'':22}{'stories':>8}{'B³ P':>8}{'B³ R':>8}{'B³ F1':>8}{'alerts':>8}{'merged':>8}")
    for name in ("cases_dev", "cases_held"):
        for kind, judged in (("hits", replay.verdict_of), ("all", replay.forced)):
            found = list(replay.replay(replay.stories(name), judged))
            p, r, f1 = replay.b_cubed(found)
            alerts, merged = replay.alerts_per_case(found), len(replay.mixed(found))
            row = f"{len(found):8}{p:8.3f}{r:8.3f}{f1:8.3f}{alerts:8.3f}{merged:8}"
            print(f"{name:12} {kind:8} {row}")


def copies(seed: int) -> None:
    """Print the share of copies that attach silently, for each edit."""
    for name in ("cases_dev", "cases_held"):
        shares = {edit: replay.attached(name, edit, seed) for edit in wire.EDITS}
        said = ", ".join(f"{edit} {share:.1%}" for edit, share in shares.items())
        print(f"{name} copies: {said}")


class World:
    """Made-up cases of about 500 words, in one beat."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.words = ["".join(self.dice.choices(SYLLABLES, k=3)) for _ in range(6000)]

    def hit(self, number: int, at: datetime) -> tuple[Article, Verdict]:
        """A story of its own, and a verdict that it is a hit."""
        dice = self.dice
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)}{dice.choice(SYLLABLES)}"
        place = f"{dice.choice(self.words).title()} County"
        text = "\n\n".join(self.paragraph(name, place) for _ in range(12))
        url = f"https://paper{number % 90}.example/{number}"
        article = Article(
            url=url,
            canonical_url=url,
            outlet=f"Paper {number % 90}",
            title=f"{name} cleared in {place}",
            text=text,
            published_at=at,
        )
        facts = {"exonerees": Fact(value=(name,), basis="stated")}
        facts["county"] = Fact(value=place, basis="stated")
        verdict = Verdict(
            beat="made", version="1", score=9, threshold=5, stage=Stage.EXONERATED, facts=facts
        )
        return article, verdict

    def paragraph(self, name: str, place: str) -> str:
        """Three sentences, one of which names who and where."""
        lines = [" ".join(self.dice.choices(self.words, k=12)).capitalize() for _ in range(3)]
        said = f"The judge in {place} said that {name} was innocent."
        return f"{lines[0]}. {said} {lines[1]}. {lines[2]}."


def filed(session: Session, article: Article, verdict: Verdict, now: datetime) -> float:
    """File one hit as the judging room does; return its seconds of CPU."""
    row = ArticleRow(
        canonical_url=article.canonical_url,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        text=article.text,
        published_at=article.published_at,
        first_seen_at=now,
    )
    session.add(row)
    session.flush()
    pending = PendingArticle(id=row.id, article=article, first_seen_at=now, quiet=True)
    began = time.process_time()
    flow.file(session, Config(folder=ROOT), pending, (verdict,), now)
    return time.process_time() - began


def filing(count: int, seed: int) -> Iterator[float]:
    """Seconds of CPU to file each of fifty hits among so many open cases of two tellings each."""
    world = World(seed)
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/monitor.db")
        schema.ensure(db.engine)
        now = START
        known = []
        for number in range(count):
            now += timedelta(minutes=10)
            known.append(world.hit(number, now))
            db.now(filed, *known[-1], now)
        for number in range(50):
            now += timedelta(minutes=10)
            article, verdict = world.dice.choice(known)
            again = replace(article, canonical_url=f"https://again.example/{number}")
            yield db.now(filed, again, verdict, now)
        db.close()


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    grouping()
    copies(given.seed)
    seconds = sorted(filing(given.cases, given.seed))
    median, worst = 1000 * statistics.median(seconds), 1000 * seconds[-1]
    cases = f"{given.cases} open cases"
    print(f"filing a hit among {cases}: median {median:.0f}, worst {worst:.0f} ms of CPU")


if __name__ == "__main__":
    main()
