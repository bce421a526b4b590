"""`evaluate` and `backtest`: a beat's figures on labelled texts and on stored articles."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.app import utcnow
from monitor.cli.common import Exit, Options, open_db, print_json, printable
from monitor.config import Config
from monitor.errors import UsageError
from monitor.judge import verdict
from monitor.judge.evaluate import ALERTED, Metrics, alerts, measure
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats
from monitor.records import Article, Stage, Verdict

SHOWN = 10
PAGE = 500


def evaluate(
    options: Options,
    config: Config,
    file: Path,
    *,
    positive: tuple[str, ...],
    beat: str | None,
    stages: str,
    headline: bool,
    min_precision: float | None,
    min_recall: float | None,
    max_false_per_10k: float | None,
) -> int:
    """Judge every labelled text, print the figures, and compare them with the floors."""
    beats, started = _only(rules_of(config), beat), utcnow()
    rows = ((*row[:2], verdict.judge(row[2], beats)[0]) for row in labelled(file, bare=headline))
    found = measure(rows, positive, _stages(stages))
    seconds = (utcnow() - started).total_seconds()
    if options.json:
        print_json({**asdict(found), "seconds": round(seconds, 3)})
    else:
        _print(found, seconds)
    short = [
        text
        for text, missed in (
            (
                f"precision {found.precision:.4f} < {min_precision}",
                found.precision < (min_precision or 0),
            ),
            (f"recall {found.recall:.4f} < {min_recall}", found.recall < (min_recall or 0)),
            (
                f"false alerts per 10,000 {found.false_per_10k:.2f} > {max_false_per_10k}",
                max_false_per_10k is not None and found.false_per_10k > max_false_per_10k,
            ),
        )
        if missed
    ]
    for text in short:
        click.echo(f"falls short: {text}", err=True)
    return Exit.FOUND if short else Exit.OK


def _only(beats: Beats, name: str | None) -> Beats:
    names = [beat.name for beat in beats.beats]
    if name is None and len(names) == 1:
        return beats
    if name not in names:
        known = ", ".join(names) or "none"
        raise UsageError(f"say which beat with --beat; configured: {known}")
    return verdict.prepare([b for b in beats.beats if b.name == name], beats.gazetteers)


def _stages(text: str) -> frozenset[Stage]:
    if text == "any":
        return frozenset()
    try:
        return frozenset(Stage(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise UsageError(f"--stages: {error}; write for example vacated,exonerated") from error


def labelled(file: Path, *, bare: bool = False) -> Iterator[tuple[str, str, Article]]:
    """Read JSON Lines (also gzipped) with title, text, label; raise UsageError naming the line."""
    opener: Callable[..., Any] = gzip.open if file.suffix == ".gz" else open
    try:
        with opener(file, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _labelled(f"{file}:{number}", number, line, bare=bare)
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from error


def _labelled(place: str, number: int, line: str, *, bare: bool) -> tuple[str, str, Article]:
    try:
        row = json.loads(line)
        name, label = str(row.get("id", number)), str(row["label"])
        title, text = str(row.get("title") or ""), str(row.get("text") or "")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        problem = f"is not a JSON object with title, text and label: {error}"
        raise UsageError(f"{place}: {problem}") from error
    article = Article(
        url=str(row.get("url") or ""),
        canonical_url=str(row.get("url") or ""),
        outlet=str(row.get("outlet") or ""),
        title=title,
        text="" if bare else text,
        published_at=_date(row.get("date")),
        read_as="headline" if bare else "page",
    )
    return name, label, article


def _date(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value)[:25])
    except ValueError:
        return None
    return found if found.tzinfo else found.astimezone()


def _print(found: Metrics, seconds: float) -> None:
    click.echo(
        f"{found.n} texts in {seconds:.1f} s: precision {found.precision:.3f}, recall "
        f"{found.recall:.3f}, F1 {found.f1:.3f}, false alerts per 10,000: {found.false_per_10k:.1f}"
    )
    click.echo(f"told rightly {found.tp}, wrongly {found.fp}; missed {found.fn}; quiet {found.tn}")
    for error in found.errors[:SHOWN]:
        click.echo(f"  {error.label} {printable(error.id)}: {printable(error.why)}")
    if len(found.errors) > SHOWN:
        click.echo(f"  and {len(found.errors) - SHOWN} more; --json lists all")


def backtest(options: Options, config: Config, path: Path | None, since: datetime | None) -> int:
    """Judge stored articles by a beat, and say what it adds and drops against the live one."""
    texts = {str(path): path.read_text("utf-8", "replace")} if path else dict(config.beats)
    beats = rules_of(config.model_copy(update={"beats": texts}))
    added: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    counted = {"articles": 0, "alerts": 0, "confirmed_dropped": 0}
    for row in _stored(options, since):
        counted["articles"] += 1
        for found in verdict.judge(row["article"], beats):
            if change := _compare(row, found, counted):
                (added if change == "added" else dropped).append(_line(row, found))
    return _report(options, counted, added, dropped)


def _stored(options: Options, since: datetime | None) -> Iterator[dict[str, Any]]:
    from monitor.desk.store import articles

    run, last = open_db(options), 0
    while rows := run(articles.stored, since, last, PAGE):
        yield from rows
        last = rows[-1]["id"]


def _compare(row: dict[str, Any], found: Verdict, counted: dict[str, int]) -> str:
    hit, stage = row["live"].get(found.beat, (False, Stage.UNKNOWN))
    live = hit and Stage(stage) in ALERTED
    now = alerts(found)
    counted["alerts"] += now
    counted["confirmed_dropped"] += live and not now and row["label"] == "confirmed"
    return "" if live == now else "added" if now else "dropped"


def _line(row: dict[str, Any], found: Verdict) -> dict[str, Any]:
    article: Article = replace(row["article"], text="")
    return {
        "title": article.title,
        "url": article.url,
        "score": round(found.score, 3),
        "stage": found.stage.value,
        "label": row["label"],
    }


def _report(options: Options, counted: dict[str, int], added: list[Any], dropped: list[Any]) -> int:
    if options.json:
        print_json({**counted, "added": added, "dropped": dropped})
    else:
        click.echo(f"{counted['articles']} articles: {counted['alerts']} would alert")
        for sign, rows in (("+", added), ("-", dropped)):
            for row in rows:
                label = f" [{row['label']}]" if row["label"] else ""
                text = f"{row['stage']}  {row['title']}{label}  {row['url']}"
                click.echo(f"{sign} {row['score']:6.2f}  {printable(text)}")
    return Exit.FOUND if dropped else Exit.OK
