"""`monitor beats fit` and `report`: weights learnt from labels, shadow beats beside live ones."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import Command, Options, dry_run, pass_options
from monitor.cli.words import Since, positive, stages


@click.command("fit", cls=Command)
@click.option(
    "--labels",
    "files",
    multiple=True,
    required=True,
    metavar="FILE.jsonl",
    type=click.Path(path_type=Path),
    help="Labelled texts, as `evaluate` reads them; give it again for more files.",
)
@click.option("--beat", metavar="NAME", help="Which beat; needed where there are several.")
@positive
@stages
@click.option("--headline", is_flag=True, help="Learn from each title alone, too.")
@click.option(
    "--folds",
    default=5,
    show_default=True,
    metavar="N",
    type=click.IntRange(2, 50),
    help="Learn N times without one part of the texts, and judge that part.",
)
@click.option(
    "--miss",
    default=3.0,
    show_default=True,
    metavar="N",
    type=click.FloatRange(0.01, 1000),
    help="How many false alerts one missed story is worth.",
)
@click.option(
    "--hold",
    default=3.0,
    show_default=True,
    metavar="N",
    type=click.FloatRange(0.001, 1000),
    help="How firmly weights stay near what they are.",
)
@click.option(
    "--words",
    default=0,
    metavar="N",
    type=click.IntRange(0, 5000),
    help="Learn what up to N words of title and lead weigh, and leave the signals alone.",
)
@click.option("--write", is_flag=True, help="Write the weights into the beat's file.")
@dry_run
@pass_options
def fit(options: Options, /, *, files: tuple[Path, ...], **how: Any) -> None:
    """Fit the weights of a beat to labelled texts; --write puts them into its file.

    Prints what the present weights tell rightly and wrongly, what fitted ones would on texts they
    had not seen, and every weight that moves. Queries, signs, zeros and the threshold stay.
    """
    from monitor.cli import learning

    learning.learn(options, files, **how)


@click.command(cls=Command)
@click.option("--beat", metavar="NAME", help="Only this shadow beat.")
@click.option(
    "--since", type=Since(), default="7d", show_default=True, help="Articles first seen since then."
)
@pass_options
def report(options: Options, /, *, beat: str | None, since: datetime) -> None:
    """Tell what shadow beats would have alerted more (+) or not (-) than live ones.

    A shadow beat is compared with the live beat whose name it begins with: `exonerations-next`
    with `exonerations`.
    """
    from monitor.cli import replaying

    replaying.report(options, options.load(), beat, since)
