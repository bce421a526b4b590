"""A changed beat × the stories that people confirmed → those it would lose, each as a mistake."""

from collections.abc import Callable, Iterator
from typing import Any

from monitor.config import Config
from monitor.db import Database
from monitor.desk.store import articles, upkeep
from monitor.desk.store.articles import Judged, Stored
from monitor.errors import ConfigError, Mistake
from monitor.judge import verdict
from monitor.judge.beat import Beat, read
from monitor.judge.compare import CONFIRMED, drops
from monitor.judge.rules import rules_of
from monitor.records import Verdict

PAGE = 100


def refuse(config: Config, database: Database) -> None:
    """Raise ConfigError if the beats would lose a story that a person confirmed."""
    if lost := tuple(_lost(config, database.now)):
        raise ConfigError(*lost)


def found(config: Config, database: Database) -> tuple[Mistake, ...]:
    """What `refuse` would say; nothing of beats with mistakes, or accepted before."""
    from monitor.cli.prints import fingerprint

    if database.now(upkeep.good_rules) == fingerprint(config):
        return ()
    try:
        return tuple(_lost(config, database.now))
    except ConfigError:
        return ()  # the beats' own mistakes come first


def _lost(config: Config, run: Callable[..., Any]) -> Iterator[Mistake]:
    """Every confirmed story that a beat would tell no more and does not name as accepted."""
    beats = rules_of(config)
    paths = {read(text, path).name: path for path, text in config.beats.items()}
    last = 0
    while rows := run(articles.confirmed, last, PAGE):
        for row in rows:
            judged = verdict.judge(row.article, beats, exact=True)
            for beat, now in zip(beats.beats, judged, strict=True):
                known = row.judged.get(beat.name)
                if known and _loses(beat, row, known, now):
                    yield _mistake(paths[beat.name], row, known, now)
        last = rows[-1].id


def _loses(beat: Beat, row: Stored, known: Judged, now: Verdict) -> bool:
    names = {str(known.hit_id), row.article.url, row.article.canonical_url}
    if beat.shadow or known.label != CONFIRMED or names & set(beat.accept_drops):
        return False
    return drops(known.verdict, now, beat)


def _mistake(path: str, row: Stored, known: Judged, now: Verdict) -> Mistake:
    before = known.verdict
    return Mistake(
        path=path,
        problem=(
            f"would lose a story that was confirmed: {row.article.title!r} (hit {known.hit_id}, "
            f"{row.article.url}): score {before.score:.2f} of {before.threshold:g}, stage "
            f"{before.stage} → {now.score:.2f} of {now.threshold:g}, stage {now.stage}; change the "
            f"beat back, or accept it with accept_drops: [{known.hit_id}] in this file"
        ),
    )
