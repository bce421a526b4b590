"""One article, from claim to verdicts, its case, and its alerts in the outbox.

claim → judge → file (group → decide → outbox)
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from monitor import db
from monitor.app import App
from monitor.config import Config
from monitor.db import Session
from monitor.judge import amend, canary, card, following, store, verdict
from monitor.judge.filing import Filing
from monitor.judge.following import Watch
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats
from monitor.log import Log
from monitor.records import Fate, PendingArticle, Verdict

log = Log("judge")

OFTEN = "no attempt before was filed; if it kills the process, please report the article"
RANK = (Fate.JUDGED_NO, Fate.HIT, Fate.MUTED, Fate.ALERTED)

claim, claim_some = store.claim_article, store.claim_articles


def promising(config: Config) -> Callable[[str], bool]:
    """Ask of a text, or of all words of a page, whether what is read in it could be a hit."""
    return partial(verdict.might, rules_of(config))


def might_follow(config: Config, session: Session, text: str, now: datetime) -> bool:
    """Whether what is read in these words could follow up a case that is watched now."""
    names = [beat.name for beat in rules_of(config).beats]
    return following.might(text, _watches(session, names, now))


def _watches(session: Session, beats: Iterable[str], now: datetime) -> list[Watch]:
    return [watch for beat in beats for watch in store.watches(session, beat, now)]


async def work(app: App, pending: PendingArticle) -> int:
    """Judge one article by every beat and file what follows; return how many alerts."""
    if pending.attempts > db.POISONED:
        log.warning(
            "judging again", url=pending.article.url, attempt=pending.attempts, problem=OFTEN
        )
    beats = rules_of(app.config)
    verdicts = await asyncio.to_thread(verdict.judge, pending.article, beats)
    return await _file(app, pending, verdicts + canary.judged(pending.article), _shadows(beats))


async def work_some(app: App, several: Sequence[PendingArticle]) -> int:
    """Judge some; what most news comes to, a plain no, is filed in one transaction for all."""
    beats = rules_of(app.config)
    shadows = _shadows(beats)
    found = await asyncio.to_thread(_judge, several, beats)
    plain = [(p, v) for p, v in zip(several, found, strict=True) if _is_plain(p, v)]
    done = await app.db.run(file_plain, plain, app.now(), shadows=shadows) if plain else set()
    told = 0
    for pending, verdicts in zip(several, found, strict=True):
        if pending.id in done:
            _note(app, pending, verdicts, shadows, told=0)
        else:
            told += await _file(app, pending, verdicts, shadows)
    return told


def _judge(several: Sequence[PendingArticle], beats: Beats) -> list[tuple[Verdict, ...]]:
    return [verdict.judge(pending.article, beats) for pending in several]


def _is_plain(pending: PendingArticle, verdicts: Sequence[Verdict]) -> bool:
    """Whether nothing was judged before that this could change, and nothing is to be told."""
    return not (pending.judged or pending.versions or any(one.hit for one in verdicts))


async def _file(
    app: App, pending: PendingArticle, verdicts: tuple[Verdict, ...], shadows: frozenset[str]
) -> int:
    told = await app.db.run(file, app.config, pending, verdicts, app.now(), shadows=shadows)
    _note(app, pending, verdicts, shadows, told=told)
    return told


def _note(
    app: App,
    pending: PendingArticle,
    verdicts: Sequence[Verdict],
    shadows: frozenset[str],
    *,
    told: int,
) -> None:
    app.tally["judged"] += 1
    live = [one for one in verdicts if one.beat not in shadows]
    app.tally["hits"] += any(one.hit for one in live)
    best = max(live, key=_reach, default=None)
    score, stage = (round(best.score, 2), best.stage) if best else (0, "unknown")
    log.info("judged", url=pending.article.url, score=score, stage=stage, alerts=told)


def _shadows(beats: Beats) -> frozenset[str]:
    return frozenset(beat.name for beat in beats.beats if beat.shadow)


def _reach(found: Verdict) -> float:
    return found.score - found.threshold


def file(
    session: Session,
    config: Config,
    pending: PendingArticle,
    verdicts: tuple[Verdict, ...],
    now: datetime,
    *,
    shadows: frozenset[str] = frozenset(),
) -> int:
    """Store verdicts, find the case, decide who hears of it: all in one transaction."""
    fates = [(Fate.JUDGED_NO, _why_not([one for one in verdicts if one.beat not in shadows]))]
    told = 0
    for found in verdicts:
        store.lock_beat(session, found.beat)
        if found.beat == canary.APART:
            told += canary.file(session, config, pending, found, now)
            continue
        before = amend.before(session, pending, found.beat)
        verdict_id = store.put_verdict(session, pending.id, found, now)
        if found.beat in shadows:
            continue
        filing = Filing(
            session=session,
            config=config,
            pending=pending,
            found=card.tellable(pending.article, found),
            verdict_id=verdict_id,
            now=now,
            before=before,
        )
        new, fate = filing.done()
        told += new
        fates.append(fate) if fate else None
    best, why = max(fates, key=lambda pair: RANK.index(pair[0]))
    store.weighed(session, pending.versions)
    if not pending.versions and not any(one.hit for one in verdicts):
        store.drop_pages(session, pending.id)
    store.finish_article(session, pending, best, why, now)
    return told


def file_plain(
    session: Session,
    plain: Sequence[tuple[PendingArticle, tuple[Verdict, ...]]],
    now: datetime,
    *,
    shadows: frozenset[str] = frozenset(),
) -> set[int]:
    """Store verdicts that tell nobody anything; return the articles this was done for.

    One that may follow up a watched case is left to be filed by itself.
    """
    beats = {one.beat for _, verdicts in plain for one in verdicts} - shadows
    watches = _watches(session, beats, now)
    done = [
        store.Plain(
            pending=pending,
            verdicts=verdicts,
            why=_why_not([one for one in verdicts if one.beat not in shadows]),
        )
        for pending, verdicts in plain
        if following.match(pending.article, watches) is None
    ]
    if done:
        store.finish_plain(session, done, now)
    return {one.pending.id for one in done}


def _why_not(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "no beat is configured"
    best = max(verdicts, key=_reach)
    return f"{best.beat}: {best.score:.2f} of {best.threshold:g}"
