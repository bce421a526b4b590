"""`monitor beats …`: list, show, lint."""

from pathlib import Path

import click

from monitor.cli.common import Exit, Group, Options, pass_options, print_json, print_table
from monitor.errors import ConfigError, Mistake, UsageError


@click.group(cls=Group)
def beats() -> None:
    """Beats: the subjects watched for, each a file people can edit."""


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
    mistakes = _in_files(files) if files else _in_config(options)
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
        click.echo(f"{len(mistakes)} mistakes" if mistakes else "no mistakes", err=True)
    return Exit.FOUND if mistakes else Exit.OK


def _in_config(options: Options) -> tuple[Mistake, ...]:
    from monitor.cli.judging import settings
    from monitor.judge.rules import lint as lint_rules

    config = settings(options)
    return lint_rules(config.beats, config.gazetteers)


def _in_files(files: tuple[Path, ...]) -> tuple[Mistake, ...]:
    from monitor.judge.rules import lint as lint_rules

    texts = {}
    for path in files:
        try:
            texts[str(path)] = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            problem = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
            raise ConfigError(Mistake(problem=problem, path=str(path))) from error
    return lint_rules(texts, {})
