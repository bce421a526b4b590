"""The comparison of two beats → its words, story by story, or its JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from monitor.cli.common import Options, print_json, printable
from monitor.judge.compare import CONFIRMED, Comparison, Pair
from monitor.judge.evaluate import Metrics
from monitor.records import counted

FIGURES = ("tp", "fp", "fn", "tn", "precision", "recall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """How one beat compares with the live one: over what, and over how many days."""

    beat: str
    against: str | None
    over: str  # "stored articles", and one of them
    one: str
    positive: tuple[str, ...]
    compared: Comparison
    days: float | None = None


def say(options: Options, replays: list[Replay]) -> None:
    """Print each comparison: figures, then every story gained (+) and lost (-)."""
    if options.json:
        found = [_as_json(replay) for replay in replays]
        print_json({**_all(found), "beats": found})
        return
    if not replays:
        click.echo("nothing to compare; a beat with `shadow: true` runs along and tells nobody")
    for replay in replays:
        click.echo("\n".join(_lines(replay)))


def _all(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums over all beats, and their stories in one list."""
    counts = {k: sum(one[k] for one in found) for k in ("articles", "alerts", "confirmed_dropped")}
    return {**counts, **{k: [row for one in found for row in one[k]] for k in ("added", "dropped")}}


def _as_json(replay: Replay) -> dict[str, Any]:
    compared = replay.compared
    before, now = compared.figures(replay.positive)
    return {
        "beat": replay.beat,
        "live": replay.against,
        "over": replay.over,
        "articles": compared.articles,
        "alerts": len(compared.stories),
        "alerts_before": len(compared.stories_before) if replay.against else None,
        "days": replay.days and round(replay.days, 2),
        "alerts_per_day": replay.days and round(len(compared.stories) / replay.days, 3),
        "labels": _figures(now) if compared.labelled else None,
        "labels_before": _figures(before) if compared.labelled and before else None,
        "confirmed_dropped": sum(pair.label == CONFIRMED for pair in compared.dropped),
        "added": [_row(replay, pair) for pair in compared.added],
        "dropped": [_row(replay, pair) for pair in compared.dropped],
    }


def _figures(found: Metrics) -> dict[str, float]:
    return {key: getattr(found, key) for key in FIGURES}


def _row(replay: Replay, pair: Pair) -> dict[str, Any]:
    return {
        "beat": replay.beat,
        "title": pair.title,
        "url": pair.url,
        "score_before": round(pair.before.score, 3) if pair.before else None,
        "score": round(pair.now.score, 3),
        "stage_before": pair.before.stage.value if pair.before else None,
        "stage": pair.now.stage.value,
        "label": pair.label,
    }


def _lines(replay: Replay) -> Iterator[str]:
    compared, against = replay.compared, replay.against
    beside = f"against the live beat {against}" if against else "no live beat is called like it"
    yield f"beat {printable(replay.beat)}, {printable(beside)}"
    alone = f" (live: {len(compared.stories_before)})" if against else ""
    rate = ""
    if replay.days:
        rate = f", {len(compared.stories) / replay.days:.2f} a day over {replay.days:.1f} days"
    over = counted(compared.articles, printable(replay.one), printable(replay.over))
    stories = counted(len(compared.stories), "story", "stories")
    yield f"{over}: {stories} would alert{alone}{rate}"
    if compared.labelled:
        yield from _on_labels(*compared.figures(replay.positive))
    for sign, pairs in (("+", compared.added), ("-", compared.dropped)):
        yield from (f"{sign} {line}" for line in _changes(pairs))


def _on_labels(before: Metrics | None, now: Metrics) -> Iterator[str]:
    for name, found in (("live", before), ("now", now)):
        if found:
            yield (
                f"labels, {name}: precision {found.precision:.3f}, recall {found.recall:.3f}; "
                f"told rightly {found.tp}, wrongly {found.fp}; missed {found.fn}"
            )


def _changes(pairs: Iterable[Pair]) -> Iterator[str]:
    for pair in pairs:
        before = f"{pair.before.score:6.2f}" if pair.before else "     –"
        label = f" [{pair.label}]" if pair.label else ""
        text = f"{pair.now.stage.value}  {pair.title}{label}  {pair.url}"
        yield f"{before} → {pair.now.score:6.2f}  {printable(text)}"
