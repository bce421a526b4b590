"""How many articles a second one core judges by the beats; ratios in the same run.

    python benchmarks/beat.py FILE [--articles 1500] [--rounds 3]

FILE holds a JSON object with `title` and `text` on each line, gzipped or not: any general news.
The ratios are to parting the same texts into words, and to looking for the words of the gates
with one regular expression each; they hold on a busy machine, where articles a second do not.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from monitor import config
from monitor.judge.query import read
from monitor.judge.rules import rules_of
from monitor.judge.verdict import judge
from monitor.records import Article

ROOT = Path(__file__).parents[1]
WORDS = 700


def articles(path: Path) -> Iterator[Article]:
    """The texts of a file."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(
                url="https://paper.test/a",
                canonical_url="https://paper.test/a",
                outlet=row.get("outlet") or "",
                title=row["title"],
                text=row["text"],
            )


def seconds(ask: Callable[[Article], object], pages: list[Article], rounds: int) -> float:
    """Processor time for an article, in the best of some rounds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        for page in pages:
            ask(page)
        times.append(time.process_time() - started)
    return min(times) / len(pages)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    beats = rules_of(config.load(ROOT / "config", {}))
    pages = list(islice(articles(given.file), given.articles))
    lists = [word for beat in beats.beats for word in beat.lists.get("gate", ())]
    patterns = [re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in lists]
    judged = seconds(lambda page: judge(page, beats), pages, given.rounds)
    parted = seconds(lambda page: read(page.title, page.text).tokens, pages, given.rounds)
    looped = seconds(
        lambda page: [pattern.search(page.text) for pattern in patterns], pages, given.rounds
    )
    words = sum(len(page.text.split()) for page in pages) / len(pages)
    hits = sum(judge(page, beats)[0].hit for page in pages)
    print(f"{len(pages):,} articles of {words:.0f} words, {hits} hits")
    print(f"judged: {1 / judged:,.0f}/s, of {WORDS} words {words / judged / WORDS:,.0f}/s")
    print(
        f"parted into words: {1 / parted:,.0f}/s; judging takes {judged / parted:.1f} times as long"
    )
    print(f"regex loop: {1 / looped:,.0f}/s; judging is {looped / judged:.1f} times as fast")


if __name__ == "__main__":
    main()
