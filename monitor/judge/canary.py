"""The test story of the day, on its way through a case into the outbox.

It is judged by a beat of its own, opens a case, and its alert goes to every channel, all by the
code that every story passes. In the same transaction the case goes again: nobody sees it, and no
figure counts it. What is left is the message.
"""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from monitor.config import Config, Route
from monitor.db import Session
from monitor.judge import beat, store, verdict
from monitor.judge.filing import Filing
from monitor.judge.verdict import Beats
from monitor.records import Article, PendingArticle, Stage, Verdict
from monitor.web import canary as site

NAME = "canary"
APART = f"({NAME})"
"""No beat that people write has such a name."""
BEAT = f"""\
name: {NAME}
title: The test story of the day
threshold: 5
signals:
  - id: test
    says: its page says that this is a test; its headline alone proves nothing
    query: '"nothing happened in the world"'
    weight: {{title: 0, lead: 6, body: 6}}
  - id: told
    says: its headline says the same
    query: '"this is a test"'
    weight: {{title: 1, lead: 0, body: 0}}
"""


def judged(article: Article) -> tuple[Verdict, ...]:
    """The verdict of the beat that is only for the test story; nothing for any other."""
    if not site.ours(article.url):
        return ()
    return tuple(replace(found, beat=APART) for found in verdict.judge(article, _beats()))


@lru_cache(maxsize=1)
def _beats() -> Beats:
    return verdict.prepare([beat.read(BEAT, f"{NAME}.yaml")])


def file(
    session: Session, config: Config, pending: PendingArticle, found: Verdict, now: datetime
) -> int:
    """Open a case, tell every channel of it, and leave nothing but that; return how many alerts."""
    key = site.message_key(pending.article.url)
    if not found.hit or store.is_told(session, key):
        return 0
    route = Route(beat=APART, stages=tuple(Stage), to=tuple(config.alerts.channels))
    alerts = config.alerts.model_copy(update={"routes": (route,)})
    filing = Filing(
        session=session,
        config=config.model_copy(update={"alerts": alerts}),
        pending=replace(pending, quiet=False),
        found=found,
        verdict_id=store.put_verdict(session, pending.id, found, now),
        now=now,
    )
    told, _ = filing.done()
    store.take_away(session, filing.verdict_id, key)
    return told
