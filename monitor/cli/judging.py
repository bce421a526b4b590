"""`judge`, `evaluate`, `rejudge`, `backtest`: the same pure judgement, asked in other ways."""

import asyncio
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from monitor.cli.common import (
    Command,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
    printable,
    read_input,
    with_db,
)
from monitor.cli.words import Since, positive, stages, verdict_lines
from monitor.config import Config
from monitor.errors import Permanent, Temporary, UsageError
from monitor.records import Article, Verdict, counted


def settings(options: Options) -> Config:
    """The configuration, or the shipped one where there is none."""
    from monitor.cli import whole

    return whole.load(whole.chosen(options.config))


@click.command(cls=Command)
@click.argument("source", metavar="FILE|URL|-")
@pass_options
def judge(options: Options, /, *, source: str) -> None:
    """Judge a page or a text (HTML, plain, or an address); store nothing."""
    config = settings(options)
    article = _article(config, source)
    for verdict in _judged(config, article):
        if options.json:
            print_json(as_json(article, verdict))
        else:
            click.echo(printable(article.title or "(no title)"))
            click.echo("\n".join(verdict_lines(as_json(article, verdict))))


def _article(config: Config, source: str) -> Article:
    from monitor.read import page

    try:
        if source.startswith(("http://", "https://")):
            return asyncio.run(page.fetch_article(config, source))
        return page.as_article(read_input(source), source)
    except (Temporary, Permanent) as error:
        raise UsageError(f"cannot be judged: {error}") from error


def _judged(config: Config, article: Article) -> tuple[Verdict, ...]:
    from monitor.judge import verdict
    from monitor.judge.rules import rules_of

    return verdict.judge(article, rules_of(config), exact=True)


def as_json(article: Article, verdict: Verdict) -> dict[str, Any]:
    """A verdict in the documented form, without ids."""
    from monitor.judge import card

    return {
        "beat": verdict.beat,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "score": round(verdict.score, 3),
        "threshold": verdict.threshold,
        "hit": verdict.hit,
        "stage": verdict.stage.value,
        "stage_sentence": verdict.stage_sentence,
        "sentence": verdict.sentence,
        "signals": [card.signal_json(asdict(signal)) for signal in verdict.signals],
        "entities": [card.entity_json(asdict(entity)) for entity in verdict.entities],
        "facts": card.facts_json(verdict.facts),
        "near_misses": [asdict(miss) for miss in verdict.near_misses],
        "read_as": article.read_as,
    }


@click.command(cls=Command)
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
@positive
@click.option("--beat", help="Which beat; needed where there are several.")
@stages
@click.option(
    "--headline", is_flag=True, help="Judge the title alone, as if the page were blocked."
)
@click.option(
    "--min-precision", metavar="N", type=click.FloatRange(0, 1), help="Exit 8 below this."
)
@click.option("--min-recall", metavar="N", type=click.FloatRange(0, 1), help="Exit 8 below this.")
@click.option(
    "--max-false-per-10k", metavar="N", type=click.FloatRange(min=0), help="Exit 8 above this."
)
@pass_options
def evaluate(options: Options, /, *, file: Path, **how: Any) -> int:
    """Measure a beat on labelled texts: precision, recall, false alerts per 10,000."""
    from monitor.cli import measuring

    return measuring.evaluate(options, settings(options), file, **how)


@click.command(cls=Command)
@click.option("--since", type=Since(), required=True, help="First seen since then.")
@click.option("--alert", is_flag=True, help="Tell people of what is found now.")
@dry_run
@pass_options
def rejudge(options: Options, /, *, since: datetime, alert: bool) -> None:
    """Judge stored articles again after a beat changed; alerts only with --alert."""
    from monitor.app import utcnow
    from monitor.cli.house import open_house
    from monitor.cli.lock import only_one
    from monitor.desk.store import articles

    config = open_house(options)
    if options.dry_run:
        count = with_db(options, articles.count_since, since)
        click.echo(f"would judge {counted(count, 'article')} again")
        return
    with only_one(config):
        count = change_db(options, articles.due_again, since, hush=not alert, now=utcnow())
        hits = asyncio.run(_rejudge(config, send=alert))
    if options.json:
        print_json({"judged": count, "hits": hits})
    else:
        click.echo(f"judged {counted(count, 'article')} again: {counted(hits, 'hit')}")


async def _rejudge(config: Config, *, send: bool) -> int:
    from monitor import cycle
    from monitor.app import open_app

    names = {"judge", "deliver"} if send else {"judge"}
    async with open_app(config) as app:
        await cycle.run_once(app, [room for room in cycle.ROOMS if room.name in names])
        return app.tally["hits"]


@click.command(cls=Command)
@click.option("--beat", "path", type=click.Path(path_type=Path), help="A changed beat's file.")
@click.option("--since", type=Since(), help="First seen since then; default: everything stored.")
@click.option(
    "--corpus",
    metavar="FILE.jsonl",
    type=click.Path(path_type=Path),
    help="Replay these labelled texts too, as `evaluate` reads them.",
)
@positive
@pass_options
def backtest(options: Options, /, *, path: Path | None, since: datetime | None, **more: Any) -> int:
    """See what a beat (or a changed one) would have alerted; exit 8 if it drops a live hit.

    Stored articles are compared with what the live beat said of them at the time, and with the
    labels people gave; a corpus with what the live beat says now. + is gained, - is lost.
    """
    from monitor.cli import replaying

    return replaying.backtest(options, options.load(), path, since, **more)
