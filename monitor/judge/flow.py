"""One article, from claim to verdicts, its case, and its alerts in the outbox.

claim → judge → file (group → decide → outbox)
"""

import asyncio
from collections.abc import Callable, Sequence
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


async def could_match(app: App) -> Callable[[str], bool]:
    """Ask of all words of a page whether what is read in it could be a hit, or follow up a case."""
    beats = rules_of(app.config)
    watches = [
        watch
        for beat in beats.beats
        for watch in await app.db.run(store.watches, beat.name, app.now())
    ]
    return partial(_could_match, beats, watches)


def promising(config: Config) -> Callable[[str], bool]:
    """Ask of a text whether it could be a hit: what may be one is kept as it was served."""
    return partial(verdict.might, rules_of(config))


def _could_match(beats: Beats, watches: Sequence[Watch], text: str) -> bool:
    return verdict.might(beats, text) or following.might(text, watches)


async def work(app: App, pending: PendingArticle) -> int:
    """Judge one article by every beat and file what follows; return how many alerts."""
    if pending.attempts > db.POISONED:
        log.warning(
            "judging again", url=pending.article.url, attempt=pending.attempts, problem=OFTEN
        )
    beats = rules_of(app.config)
    verdicts = await asyncio.to_thread(verdict.judge, pending.article, beats)
    verdicts += canary.judged(pending.article)
    shadows = _shadows(beats)
    told = await app.db.run(file, app.config, pending, verdicts, app.now(), shadows=shadows)
    app.tally["judged"] += 1
    live = [one for one in verdicts if one.beat not in shadows]
    app.tally["hits"] += any(one.hit for one in live)
    best = max(live, key=_reach, default=None)
    score, stage = (round(best.score, 2), best.stage) if best else (0, "unknown")
    log.info("judged", url=pending.article.url, score=score, stage=stage, alerts=told)
    return told


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


def _why_not(verdicts: Sequence[Verdict]) -> str:
    if not verdicts:
        return "no beat is configured"
    best = max(verdicts, key=_reach)
    return f"{best.beat}: {best.score:.2f} of {best.threshold:g}"
