"""`backtest` and `beats report`: what a changed or a shadow beat tells more, and what no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from monitor.app import utcnow
from monitor.cli.common import Exit, Options, open_db
from monitor.cli.differences import Replay, say
from monitor.cli.texts import read_texts
from monitor.config import Config
from monitor.desk.store import articles
from monitor.desk.store.articles import Stored
from monitor.errors import ConfigError, DatabaseError, Mistake, UsageError
from monitor.judge import verdict
from monitor.judge.beat import Beat
from monitor.judge.compare import CONFIRMED, Comparison, Pair, alerting, live_for
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats
from monitor.records import Verdict

PAGE = 500
DAY = timedelta(days=1)


def backtest(
    options: Options, config: Config, path: Path | None, since: datetime | None, **more: Any
) -> int:
    """Judge stored articles, and a corpus, by a beat; print what it adds and drops."""
    live = rules_of(config)
    changed = live if path is None else rules_of(config.model_copy(update=_only(path)))
    corpus: Path | None = more["corpus"]
    replays: list[Replay] = []
    try:
        replays += _over_stored(options, live, changed, since)
    except DatabaseError as error:
        if corpus is None:
            raise
        click.echo(f"without stored articles: {error}", err=True)
    if corpus is not None:
        replays += _over_corpus(live, changed, corpus, more["positive"])
    say(options, replays)
    return Exit.FOUND if any(replay.compared.dropped for replay in replays) else Exit.OK


def _only(path: Path) -> dict[str, Any]:
    try:
        return {"beats": {str(path): path.read_text("utf-8-sig")}}
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start}); save it as UTF-8"
        raise ConfigError(Mistake(problem=problem, path=str(path))) from error


def _begun(live: Beats, beats: Beats) -> Iterator[tuple[Beat, str | None, Comparison]]:
    for beat in beats.beats:
        against = live_for(beat.name, live.beats)
        yield beat, against, Comparison(stages=alerting(beat))


def _over_stored(
    options: Options, live: Beats, changed: Beats, since: datetime | None
) -> Iterator[Replay]:
    begun, times = list(_begun(live, changed)), set()
    for row in stored(options, since):
        times |= {row.first_seen_at}
        told = any(known.verdict.hit for known in row.judged.values())
        found = verdict.judge(row.article, changed, exact=told)
        for (_, against, compared), now in zip(begun, found, strict=True):
            compared.add(_pair(row, against, now))
    days = max((max(times) - min(times)) / DAY, 1.0) if times else 1.0
    for beat, against, compared in begun:
        yield Replay(
            beat=beat.name,
            against=against,
            over="stored articles",
            one="stored article",
            positive=(CONFIRMED,),
            compared=compared,
            days=days,
        )


def stored(
    options: Options, since: datetime | None, hit_by: set[str] | None = None
) -> Iterator[Stored]:
    """Every stored article that can still be judged, a page at a time."""
    run, last = open_db(options), 0
    while rows := run(articles.stored, since, last, PAGE, hit_by):
        yield from rows
        last = rows[-1].id


def _pair(row: Stored, against: str | None, now: Verdict) -> Pair:
    """What the live beat said at the time, beside `now`; a label on either hit counts."""
    known, own = row.judged.get(against or ""), row.judged.get(now.beat)
    labels = [judged.label for judged in (known, own) if judged and judged.label]
    return Pair(
        id=str(row.id),
        title=row.article.title,
        url=row.article.url,
        story=f"case {known.case_id}" if known and known.case_id else f"article {row.id}",
        label=labels[0] if labels else None,
        before=known.verdict if known else None,
        now=now,
    )


def _over_corpus(
    live: Beats, changed: Beats, file: Path, positive: tuple[str, ...]
) -> Iterator[Replay]:
    begun = list(_begun(live, changed))
    for text in read_texts([file], positive):
        first = verdict.judge(text.article, live)
        told = any(found.hit for found in first)
        now = first if live is changed else verdict.judge(text.article, changed, exact=told)
        said = {found.beat: found for found in first}
        for (_, against, compared), found in zip(begun, now, strict=True):
            pair = Pair(
                id=text.id,
                title=text.article.title,
                url=text.article.url,
                story=text.story,
                label=text.label,
                before=said[against] if against else None,
                now=found,
            )
            compared.add(pair)
    for beat, against, compared in begun:
        yield Replay(
            beat=beat.name,
            against=against,
            over=f"texts of {file}",
            one=f"text of {file}",
            positive=positive,
            compared=compared,
        )


def report(options: Options, config: Config, name: str | None, since: datetime) -> None:
    """Compare what shadow beats said of the live traffic with what live ones did."""
    beats = rules_of(config).beats
    shadows = [beat for beat in beats if beat.shadow and name in (None, beat.name)]
    if name is not None and not shadows:
        known = ", ".join(beat.name for beat in beats if beat.shadow) or "none"
        raise UsageError(f"no shadow beat is called {name!r}; shadow beats: {known}")
    say(options, [_reported(options, beat, live_for(beat.name, beats), since) for beat in shadows])


def _reported(options: Options, beat: Beat, against: str | None, since: datetime) -> Replay:
    compared = Comparison(stages=alerting(beat))
    for row in stored(options, since, {beat.name, against or beat.name}):
        if beat.name in row.judged:
            compared.add(_pair(row, against, row.judged[beat.name].verdict))
    compared.articles, first = open_db(options)(articles.count_judged, beat.name, since)
    return Replay(
        beat=beat.name,
        against=against,
        over="articles judged",
        one="article judged",
        positive=(CONFIRMED,),
        compared=compared,
        days=max((utcnow() - first) / DAY, 1.0),
    )
