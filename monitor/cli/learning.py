"""`beats fit`: labelled texts → better weights, with honest figures, in the file itself."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import Options, print_json, printable
from monitor.cli.measuring import only, stages_of
from monitor.cli.texts import read_texts
from monitor.config import Config
from monitor.errors import UsageError
from monitor.judge import fit, vocabulary, wording
from monitor.judge.beat import Beat, read, wordlist
from monitor.judge.beat.numbers import numbers, rewrite
from monitor.judge.evaluate import Metrics, measure
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats
from monitor.records import counted

FEWEST = 2
FIGURES = {
    "precision": "precision",
    "recall": "recall",
    "f1": "    F1",
    "false_per_10k": "false per 10,000",
    "fn": "missed",
    "fp": "wrongly told",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a fit found: how many texts it could use, and the figures before and after."""

    texts: int
    used: int
    folds: int
    present: Metrics
    crossed: Metrics
    fitted: Metrics


def learn(options: Options, files: tuple[Path, ...], *, write: bool, **how: Any) -> None:
    """Fit the beat, print what that does, and write it if asked to."""
    from monitor.cli.judging import settings

    config = settings(options)
    beats = only(rules_of(config), how["beat"])
    beat = beats.beats[0]
    path, text = _file_of(config, beat)
    examples = list(_examples(files, beats, how["positive"], headline=how["headline"]))
    report, new = _fit(examples, beat, text, **how)
    moves = list(_moves(beat, read(new, str(path))))
    written = bool(write and moves and not options.dry_run)
    if written:
        _write(path, new)
    if options.json:
        print_json({**asdict(report), "moves": moves, "path": str(path), "written": written})
        return
    _print(report, moves)
    if moves:
        click.echo(f"written to {path}" if written else f"would change {path}; --write does")


def _file_of(config: Config, beat: Beat) -> tuple[Path, str]:
    for path, text in config.beats.items():
        if read(text, path).name == beat.name:
            return Path(path), Path(path).read_bytes().decode("utf-8")
    raise UsageError(f"no file holds the beat {beat.name}")


def _examples(
    files: Iterable[Path], beats: Beats, positive: tuple[str, ...], *, headline: bool
) -> Iterator[fit.Example]:
    for bare in (False, True) if headline else (False,):
        for text in read_texts(files, positive, must=True, bare=bare):
            yield fit.example(
                text.article,
                beats,
                name=text.id,
                label=text.label,
                group=text.story,
                wanted=text.label in positive,
            )


def _fit(
    examples: list[fit.Example],
    beat: Beat,
    text: str,
    /,
    *,
    positive: tuple[str, ...],
    stages: str,
    folds: int,
    words: int,
    miss: float,
    hold: float,
    **_: Any,
) -> tuple[Report, str]:
    """The figures, and the file with what was learnt: words if asked for, else weights."""
    told, present = stages_of(stages), fit.weights_of(beat)
    rule = fit.Rule(miss=miss, hold=hold)
    can: dict[bool, list[fit.Example]] = {True: [], False: []}
    for one in examples:
        can[bool(one.fired) and (not told or one.judged.stage in told)].append(one)
    used = can[True]
    _enough(used, beat)
    crossed, fitted, new = _learnt(used, beat, text, words, rule, folds)
    others = [*_judged(can[False], present)]
    report = Report(
        texts=len(examples),
        used=len(used),
        folds=folds,
        present=measure(_judged(examples, present), positive, told),
        crossed=measure([*crossed, *others], positive, told),
        fitted=measure([*fitted, *others], positive, told),
    )
    return report, new


def _learnt(
    used: list[fit.Example], beat: Beat, text: str, words: int, rule: fit.Rule, folds: int
) -> tuple[Iterator[fit.Judged], Iterator[fit.Judged], str]:
    """The verdicts on unseen and on these texts, and the file with what was learnt."""
    if words:
        learnt = vocabulary.learn(used, words, rule)
        crossed = vocabulary.crossed(used, words, rule, folds)
        fitted = ((one.id, one.label, vocabulary.reworded(one, learnt)) for one in used)
        return crossed, fitted, wordlist.rewrite(text, learnt)
    present, known = fit.weights_of(beat), numbers(text)
    weights = fit.learn(used, present, known, rule)
    crossed = fit.crossed(used, present, known, rule, folds)
    return crossed, _judged(used, weights), rewrite(text, weights)


def _enough(used: Iterable[fit.Example], beat: Beat) -> None:
    for wanted, what in ((True, "that should alert"), (False, "that should not")):
        if len({one.group for one in used if one.wanted is wanted}) < FEWEST:
            problem = f"fewer than {FEWEST} stories {what} reach a stage of beat {beat.name}"
            raise UsageError(f"{problem}, so there is nothing to learn from; label more")


def _judged(examples: Iterable[fit.Example], weights: fit.Weights) -> Iterator[fit.Judged]:
    return ((one.id, one.label, fit.rejudged(one, weights)) for one in examples)


def _moves(old: Beat, new: Beat) -> Iterator[dict[str, Any]]:
    weights = fit.weights_of(new)
    for (name, zone), before in fit.weights_of(old).items():
        if (after := weights[name, zone]) != before:
            yield {"id": name, "zone": zone, "before": before, "after": after}
    for word in sorted(old.wording.keys() | new.wording.keys()):
        before, after = old.wording.get(word, 0.0), new.wording.get(word, 0.0)
        if before != after:
            yield {"id": wording.NAME, "zone": word, "before": before, "after": after}


def _print(report: Report, moves: list[dict[str, Any]]) -> None:
    click.echo(
        f"{counted(report.texts, 'text')}; {report.used} of them at a stage that alerts, to learn "
        f"from; {counted(report.folds, 'fold')}"
    )
    rows = {
        "present weights": report.present,
        "fitted, on unseen texts": report.crossed,
        "fitted, on these texts": report.fitted,
    }
    click.echo(f"{'':24}{'  '.join(FIGURES.values())}")
    for name, found in rows.items():
        cells = [f"{getattr(found, k):.4g}".rjust(len(head)) for k, head in FIGURES.items()]
        click.echo(f"{name:24}{'  '.join(cells)}")
    said = counted(len(moves), "weight moves", "weights move")
    click.echo(said + (":" if moves else ""))
    for move in moves:
        place = printable(f"{move['id']} {move['zone']}")
        click.echo(f"  {place}: {move['before']:g} → {move['after']:g}")


def _write(path: Path, text: str) -> None:
    """Put the text into the file; it is the old one or the new one, never half of each."""
    path = path.resolve()  # what a link points to, not the link
    partial = path.with_name(f".{path.name}.new")
    try:
        partial.write_bytes(text.encode())
        shutil.copymode(path, partial)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise UsageError(f"{path}: cannot be written: {error.strerror}; nothing changed") from error
