"""How well and how dearly pages are read, against trafilatura and htmldate alone.

    python benchmarks/pages.py FOLDER

FOLDER holds `gold.jsonl` (id, source, url, gold_text, gold_title, gold_date, html) and the pages,
gzipped. Prints the body's F1 by shingles of four words, exact titles and days for each source, and
CPU as a ratio of one run. Pages are read as they would be found without a feed.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

import trafilatura
from htmldate import find_date

from monitor.errors import NoArticle
from monitor.read.extract import extract
from monitor.records import Article, Entry, Fetched, PendingEntry

SHINGLE = 4
SEEN = datetime.now(UTC)
Row = dict[str, Any]


def words(text: str) -> list[str]:
    """What is compared: the words alone, folded."""
    return re.findall(r"\w+", text.casefold())


def f1(found: str, gold: str) -> float:
    """Harmonic mean of precision and recall over shingles."""
    one, other = (Counter(zip(*(w[n:] for n in range(min(SHINGLE, len(w)))), strict=False))
                  for w in (words(found), words(gold)))  # fmt: skip
    both = (one & other).total()
    return 2 * both / (one.total() + other.total()) if both else float(not one and not other)


def rows(folder: Path) -> Iterator[tuple[Row, bytes]]:
    """Each page with what people say of it."""
    for line in (folder / "gold.jsonl").read_text().splitlines():
        row = json.loads(line)
        yield row, gzip.decompress((folder / row["html"]).read_bytes())


def ours(row: Row, body: bytes) -> Article | None:
    """As `monitor` reads it, with the headers that a server most often sends."""
    headers = {"content-type": "text/html"}
    page = Fetched(url=row["url"], status=200, body=body, headers=headers)
    entry = PendingEntry(id=1, feed_id=1, entry=Entry(link=row["url"]), first_seen_at=SEEN)
    try:
        return extract(page, entry)
    except NoArticle:
        return None


def metadata(row: Row, html: str) -> Any:
    """Trafilatura with its metadata, as it is used by most."""
    return trafilatura.bare_extraction(html, url=row["url"], with_metadata=True)


class Clock:
    """CPU of each reader."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def run(self, name: str, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call and count."""
        began = time.process_time()
        try:
            return function(*args, **more)
        finally:
            self.spent[name] += time.process_time() - began


def measure(row: Row, body: bytes, clock: Clock) -> Iterator[tuple[str, float]]:
    """Every figure of one page."""
    html = body.decode("utf-8", "replace")
    article = clock.run("ours", ours, row, body)
    rich = clock.run("trafilatura, metadata", metadata, row, html)
    plain = clock.run("trafilatura", trafilatura.extract, html)
    yield "body: ours", f1(article.text if article else "", row["gold_text"])
    yield "body: trafilatura.extract", f1(plain or "", row["gold_text"])
    if row["gold_title"]:
        gold = words(row["gold_title"])
        yield "title: ours", float(article is not None and words(article.title) == gold)
        yield "title: trafilatura", float(rich is not None and words(rich.title or "") == gold)
    if row["gold_date"]:
        day = row["gold_date"][:10]
        dated = article.published_at.date().isoformat() if article and article.published_at else ""
        alone = clock.run("htmldate", find_date, html, original_date=True, url=row["url"])
        yield "day: ours", float(dated == day)
        yield "day: htmldate", float(alone == day)


def main() -> None:
    """Read everything once and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", default="", help="print what differs: title, day or body")
    args = parser.parse_args()
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    clock = Clock()
    first = next(rows(args.folder))
    list(measure(*first, Clock()))  # what is loaded at first use is not counted
    for row, body in rows(args.folder):
        for name, value in measure(row, body, clock):
            found[row["source"]][name].append(value)
            if args.wrong and name.startswith(args.wrong) and value < 1:
                print(f"{value:.2f} {name} {row['id']}", file=sys.stderr)
    for source, figures in found.items():
        print(source)
        for name, values in figures.items():
            print(f"  {name:28s} {fmean(values):.4f}  ({len(values)} pages)")
    for name, seconds in clock.spent.items():
        ratio = seconds / clock.spent["trafilatura, metadata"]
        print(f"CPU {name:24s} {seconds:6.2f} s, ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
