"""`monitor beats …`: list, show, lint; fit and report are in `fitting`."""

from pathlib import Path

import click

from monitor.cli import whole
from monitor.cli.common import (
    Exit,
    Group,
    Options,
    pass_options,
    print_json,
    print_table,
)
from monitor.cli.fitting import fit, report
from monitor.config.files import Unreadable, text_of
from monitor.config.load import Found, examine
from monitor.errors import Mistake, UsageError
from monitor.records import counted


@click.group(cls=Group)
def beats() -> None:
    """Beats: the subjects watched for, each a file people can edit."""


for command in (fit, report):
    beats.add_command(command)


@beats.command("list")
@pass_options
def list_(options: Options) -> None:
    """List beats with their threshold and signals."""
    from monitor.cli.judging import settings
    from monitor.judge.rules import rules_of

    rows = [
        {
            "beat": beat.name,
            "title": beat.title,
            "version": beat.version,
            "threshold": beat.threshold,
            "signals": len(beat.signals),
            "senses": len(beat.senses),
            "shadow": beat.shadow,
        }
        for beat in rules_of(settings(options)).beats
    ]
    if options.json:
        print_json(rows)
        return
    table = [list(row.values()) for row in rows]
    head = ("BEAT", "TITLE", "VERSION", "THRESHOLD", "SIGNALS", "SENSES", "SHADOW")
    print_table(head, table, nothing="no beats; copy one with `monitor init`")


@beats.command()
@click.argument("name")
@pass_options
def show(options: Options, /, *, name: str) -> None:
    """Show a beat: every signal and sense with its weight and query."""
    from monitor.cli.judging import settings
    from monitor.judge.rules import rules_of

    found = [beat for beat in rules_of(settings(options)).beats if beat.name == name]
    if not found:
        raise UsageError(f"no beat is called {name!r}; see `monitor beats list`")
    beat = found[0]
    tests = [("signal", test) for test in beat.signals] + [("sense", test) for test in beat.senses]
    if options.json:
        rows = [
            {"kind": kind, "id": t.id, "says": t.says, "weight": dict(t.weight), "query": t.query}
            for kind, t in tests
        ]
        print_json({"beat": beat.name, "threshold": beat.threshold, "tests": rows})
        return
    click.echo(f"{beat.name}: {beat.title}\nthreshold {beat.threshold:g}, version {beat.version}")
    for kind, test in tests:
        weights = ", ".join(f"{zone} {weight:+g}" for zone, weight in test.weight.items())
        click.echo(f"\n{kind} {test.id} ({weights}) {test.says}\n  {' '.join(test.query.split())}")


@beats.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@pass_options
def lint(options: Options, /, *, files: tuple[Path, ...]) -> int:
    """Report every mistake in beats and gazetteers, with line, column and a caret."""
    mistakes = _in_files(options, files) if files else _in_config(options)
    if options.json:
        print_json(
            [
                {"path": m.path, "line": m.line, "column": m.column, "problem": m.problem}
                for m in mistakes
            ]
        )
    else:
        for mistake in mistakes:
            click.echo(str(mistake))
        said = counted(len(mistakes), "mistake") if mistakes else "no mistakes"
        click.echo(said, err=True)
    return Exit.FOUND if mistakes else Exit.OK


def _in_config(options: Options) -> tuple[Mistake, ...]:
    """What is wrong in the folders of beats and gazetteers, whatever the settings say."""
    from monitor.judge.rules import lint as lint_rules

    found = _found(options)
    folder = found.config.folder
    own = [
        mistake
        for mistake in found.mistakes
        if Path(mistake.path).is_relative_to(folder / "beats")
        or Path(mistake.path).is_relative_to(folder / "gazetteers")
    ]
    linted = lint_rules(found.config.beats, tuple(found.config.gazetteers.values()))
    return (*own, *linted)


def _in_files(options: Options, files: tuple[Path, ...]) -> tuple[Mistake, ...]:
    """What is wrong in these beats, as they would stand beside the gazetteers there are."""
    from monitor.judge.rules import lint_beats

    texts: dict[str, str] = {}
    unread: list[Mistake] = []
    for path in files:
        try:
            texts[str(path)] = text_of(path)
        except Unreadable as error:
            if not path.is_file():
                raise UsageError(f"{path}: {error}") from error
            unread.append(Mistake(problem=str(error), path=str(path)))
    gazetteers = tuple(_found(options).config.gazetteers.values())
    return (*unread, *lint_beats(texts, gazetteers))


def _found(options: Options) -> Found:
    """The configuration as far as it can be read, or the shipped one where there is none."""
    return examine(whole.chosen(options.config))
