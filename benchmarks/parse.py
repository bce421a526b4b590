"""Feed documents → how fast ours reads them, against feedparser, and where the two disagree.

    python benchmarks/parse.py FOLDER [--repeat 3] [--show 5]

FOLDER holds feeds as served, each perhaps gzipped. Both read every document in this process;
CPU time is compared. Agreement is over the entries of XML feeds in which feedparser finds some,
paired by their place: guid, link and date (what of published, updated, created comes first).
"""

import argparse
import gzip
import io
import time
import warnings
from calendar import timegm
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from monitor.collect.parse import parse_feed
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed

BASE = "https://paper.example/feed"
warnings.filterwarnings("ignore", category=DeprecationWarning)


def bodies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, unpacked."""
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        yield path.name, gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def theirs(body: bytes) -> Any:
    """Read a document as everybody does, who has fetched it from the same address."""
    headers = {"content-location": BASE, "content-type": "application/xml"}
    return feedparser.parse(io.BytesIO(body), response_headers=headers)


def ours(body: bytes) -> ParsedFeed | None:
    """Read a document as the product does; None where it is refused."""
    try:
        return parse_feed(Fetched(url=BASE, status=200, body=body))
    except NotAFeed:
        return None


def seconds(read: Callable[[bytes], Any], documents: list[bytes], repeat: int) -> float:
    """CPU seconds for one pass, the least of some."""
    spent = []
    for _ in range(repeat):
        start = time.process_time()
        for body in documents:
            read(body)
        spent.append(time.process_time() - start)
    return min(spent)


def date(item: Any) -> datetime | None:
    """The first date that feedparser could read, if any feed can have it."""
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := dict.get(item, name):
            try:
                found = datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, OverflowError):
                continue
            return found if found.year >= 1990 else None
    return None


def differences(item: Any, entry: Entry) -> Iterator[tuple[str, Any, Any]]:
    """Name, theirs and ours of what the two do not agree on."""
    pairs = {
        "guid": (" ".join((item.get("id") or "").split()), entry.guid),
        "link": (item.get("link") or "", entry.link),
        "date": (date(item), entry.published_at),
    }
    yield from ((name, one, other) for name, (one, other) in pairs.items() if one != other)


def compare(documents: dict[str, bytes], show: int) -> None:
    """Print how many entries agree, and which documents lost some."""
    wrong: Counter[str] = Counter()
    found: Counter[str] = Counter()
    count = feeds = 0
    fewer = []
    for name, body in documents.items():
        document, parsed = theirs(body), ours(body)
        if not document.entries or (parsed and parsed.kind.startswith("sitemap")):
            continue
        feeds += 1
        entries = parsed.entries if parsed else ()
        if len(entries) < len(document.entries):
            fewer.append(f"{name}: {len(document.entries)} → {len(entries)}")
        for item, entry in zip(document.entries, entries, strict=False):
            count += 1
            for what, one, other in differences(item, entry):
                wrong[what] += 1
                found[what] += not one
                if wrong[what] <= show:
                    print(f"  {what} in {name}: {one!r} → {other!r}")
    print(f"{feeds} feeds, {count} entries; documents with fewer entries: {fewer or 'none'}")
    for what in ("guid", "link", "date"):
        agrees, kept = (100 * (1 - n / count) for n in (wrong[what], wrong[what] - found[what]))
        print(
            f"{what} agrees on {agrees:.2f} %, on {kept:.2f} % of what feedparser found: "
            f"{wrong[what]} differ, of which feedparser has none in {found[what]}"
        )


def main() -> None:
    """Measure both, then compare what they found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--show", type=int, default=0, help="of each kind of difference")
    given = parser.parse_args()
    documents = dict(bodies(given.folder))
    compare(documents, given.show)
    mine, other = (seconds(read, [*documents.values()], given.repeat) for read in (ours, theirs))
    number = len(documents)
    print(f"ours {number / mine:.0f}, feedparser {number / other:.0f} feeds/s of CPU time")
    print(f"ratio {other / mine:.2f}")


if __name__ == "__main__":
    main()
