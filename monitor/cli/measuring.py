"""`evaluate`: a beat's figures on labelled texts, held against the floors that were asked for."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from monitor.app import utcnow
from monitor.cli.common import Exit, Options, print_json, printable
from monitor.cli.texts import read_texts
from monitor.config import Config
from monitor.errors import UsageError
from monitor.judge import verdict
from monitor.judge.evaluate import Metrics, measure
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats
from monitor.records import Stage, counted

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
    **floors: float | None,
) -> int:
    """Judge every labelled text, print the figures, and compare them with the floors."""
    beats, started = only(rules_of(config), beat), utcnow()
    rows = (
        (text.id, text.label, verdict.judge(text.article, beats, exact=text.label in positive)[0])
        for text in read_texts([file], positive, bare=headline)
    )
    found = measure(rows, positive, stages_of(stages))
    seconds = (utcnow() - started).total_seconds()
    if options.json:
        print_json({**asdict(found), "seconds": round(seconds, 3)})
    else:
        _print(found, seconds)
    short = list(_short(found, **floors))
    for text in short:
        click.echo(f"falls short: {text}", err=True)
    return Exit.FOUND if short else Exit.OK


def _short(
    found: Metrics,
    *,
    min_precision: float | None,
    min_recall: float | None,
    max_false_per_10k: float | None,
) -> Iterator[str]:
    """What the figures do not reach."""
    if found.precision < (min_precision or 0):
        yield f"precision {found.precision:.4f} < {min_precision}"
    if found.recall < (min_recall or 0):
        yield f"recall {found.recall:.4f} < {min_recall}"
    if max_false_per_10k is not None and found.false_per_10k > max_false_per_10k:
        yield f"false alerts per 10,000 {found.false_per_10k:.2f} > {max_false_per_10k}"


def only(beats: Beats, name: str | None) -> Beats:
    """The one beat that is meant; raise UsageError if that is not clear."""
    names = [beat.name for beat in beats.beats]
    if name is None and len(names) == 1:
        return beats
    if name not in names:
        known = ", ".join(names) or "none"
        raise UsageError(f"say which beat with --beat; configured: {known}")
    return verdict.prepare([b for b in beats.beats if b.name == name], beats.gazetteers)


def stages_of(text: str) -> frozenset[Stage]:
    """Read `vacated,exonerated`; `any` is none in particular."""
    if text == "any":
        return frozenset()
    try:
        return frozenset(Stage(name.strip()) for name in text.split(","))
    except ValueError as error:
        raise UsageError(f"--stages: {error}; write for example vacated,exonerated") from error


def _print(found: Metrics, seconds: float) -> None:
    click.echo(
        f"{counted(found.n, 'text')} in {seconds:.1f} s: precision {found.precision:.3f}, recall "
        f"{found.recall:.3f}, F1 {found.f1:.3f}, false alerts per 10,000: {found.false_per_10k:.1f}"
    )
    click.echo(f"told rightly {found.tp}, wrongly {found.fp}; missed {found.fn}; quiet {found.tn}")
    for error in found.errors[:SHOWN]:
        click.echo(f"  {error.label} {printable(error.id)}: {printable(error.why)}")
    if len(found.errors) > SHOWN:
        click.echo(f"  and {len(found.errors) - SHOWN} more; --json lists all")
