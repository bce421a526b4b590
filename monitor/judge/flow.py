"""One article, from claim to verdicts, its case, and its alerts in the outbox.

claim → judge → file (group → decide → outbox)
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from monitor.app import App
from monitor.config import Config, EmailChannel, Route
from monitor.db import Session
from monitor.judge import card, decide, group, policy, store, verdict
from monitor.judge.rules import rules_of
from monitor.judge.store import holding
from monitor.judge.verdict import Beats
from monitor.log import Log
from monitor.records import Case, Fate, Joined, PendingArticle, Verdict

log = Log("judge")

MAX_ATTEMPTS = 4
RANK = (Fate.JUDGED_NO, Fate.HIT, Fate.MUTED, Fate.ALERTED)

claim = store.claim_article


async def work(app: App, pending: PendingArticle) -> int:
    """Judge one article by every beat and file what follows; return how many alerts."""
    if pending.attempts > MAX_ATTEMPTS:
        why = "given up: judging it failed again and again; see the log, then `monitor rejudge`"
        await app.db.run(store.give_up, pending.id, why)
        log.warning("judged", url=pending.article.url, status="given up", problem=why)
        return 0
    beats = rules_of(app.config)
    verdicts = await asyncio.to_thread(verdict.judge, pending.article, beats)
    told = await app.db.run(file, app.config, pending, verdicts, app.now(), shadows=_shadows(beats))
    app.tally["judged"] += 1
    app.tally["hits"] += any(one.hit for one in verdicts)
    best = max(verdicts, key=_reach, default=None)
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
    fates = [(Fate.JUDGED_NO, _why_not(verdicts))]
    told = 0
    for found in verdicts:
        store.lock_beat(session, found.beat)
        verdict_id = store.put_verdict(session, pending.id, found, now)
        if not found.hit or found.beat in shadows:
            continue
        filing = Filing(
            session=session,
            config=config,
            pending=pending,
            found=card.tellable(pending.article, found),
            verdict_id=verdict_id,
            now=now,
        )
        case, joined = filing.join()
        new = filing.tell(case, joined)
        told += new
        fates.append(filing.fate(case, joined, new=new))
    fate, why = max(fates, key=lambda pair: RANK.index(pair[0]))
    store.finish_article(session, pending, fate, why, now)
    return told


def _why_not(verdicts: tuple[Verdict, ...]) -> str:
    if not verdicts:
        return "no beat is configured"
    best = max(verdicts, key=_reach)
    return f"{best.beat}: {best.score:.2f} of {best.threshold:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One hit being filed, inside one transaction."""

    session: Session
    config: Config
    pending: PendingArticle
    found: Verdict
    verdict_id: int
    now: datetime

    def join(self) -> tuple[Case, Joined]:
        """Put the hit into its case, a new one if need be; a hit judged again keeps its case."""
        clues = group.clues(group.telling(self.pending.article, self.found, self.now))
        known = store.case_of(self.session, self.verdict_id)
        near = [known] if known else store.candidates(self.session, self.found.beat, clues)
        cases = store.load_cases(self.session, near, self.now - group.CASE_WINDOW)
        if known and cases:
            joined = store.joined(self.session, self.verdict_id, known)
        else:
            joined = group.choose(self.pending.article, self.found, cases, self.now)
        case = next((case for case in cases if case.id == joined.case_id), None)
        if case is None:
            title, stage = self.pending.article.title, self.found.stage
            case = store.add_case(self.session, self.found.beat, title, stage, self.now)
        case = card.grown(case, self.pending.article, self.found)
        store.save_case(self.session, case, self.now)
        store.set_case(self.session, self.verdict_id, replace(joined, case_id=case.id))
        store.put_clues(self.session, self.verdict_id, clues, self.now)
        return case, joined

    def tell(self, case: Case, joined: Joined) -> int:
        """Decide who must be told and put it into the outbox; return how many alerts."""
        if self.pending.quiet:
            return 0
        if self._silenced(case):
            return 0
        told = store.told(self.session, case.id)
        outlet = self.pending.article.outlet
        routes = policy.wanting(self.config.alerts.routes, self.found, case.facts, outlet)
        alerts = decide.alerts(case, self.found, joined, routes, told, self.now)
        for alert in alerts:
            store.add_alert(
                self.session,
                alert,
                store.Outgoing(
                    case_id=case.id,
                    verdict_id=self.verdict_id,
                    snapshot=self._snapshot(case, alert.reason),
                    recipients=recipients(self.config),
                    now=self.now,
                    deadline=self.now + self.config.alerts.retry_for,
                ),
            )
        keys = [alert.key for alert in alerts]
        self._hold(case, keys, policy.by_channel(routes), copy=joined.copy)
        return len(alerts)

    def _silenced(self, case: Case) -> bool:
        outlet = self.pending.article.outlet
        filed = holding.Filed(case_id=case.id, verdict_id=self.verdict_id, now=self.now)
        return holding.silence(self.session, filed, self.found, case.facts, outlet)

    def _hold(
        self, case: Case, keys: list[str], routes: Mapping[str, list[Route]], *, copy: bool
    ) -> None:
        sources = holding.count_sources(self.session, case.id)
        plans = {
            name: policy.soonest(its, self.found, sources, self.now) for name, its in routes.items()
        }
        holding.hold(self.session, keys, plans)
        if not copy and holding.waiting(self.session, case.id, self.now):
            holding.release(self.session, case.id, plans, self._snapshot(case, ""), self.now)

    def _snapshot(self, case: Case, reason: str) -> dict[str, Any]:
        outlets = store.case_outlets(self.session, case.id)
        feed = store.sighting(self.session, self.pending.id)
        return {
            "case": card.case_json(case, outlets),
            "hit": card.hit_json(self.pending, self.found, self.verdict_id, case.id, feed),
            "sentence": self.found.sentence,
            "reason": reason,
            "instance": self.config.alerts.instance,
            "beat": self.found.beat,
        }

    def fate(self, case: Case, joined: Joined, *, new: int) -> tuple[Fate, str]:
        """Where the article's entries stand now, and why."""
        if new:
            return Fate.ALERTED, f"case {case.id}: {joined.why}"
        if why := holding.hidden(self.session, self.verdict_id):
            return Fate.MUTED, f"case {case.id}: {why}"
        if store.told(self.session, case.id):
            return Fate.ALERTED, f"case {case.id} had been told already: {joined.why}"
        if self.pending.quiet:
            return Fate.MUTED, f"case {case.id}: it was there before the feed was watched"
        beat, stage = self.found.beat, self.found.stage
        return Fate.HIT, f"case {case.id}: no route of beat {beat} wants stage {stage}"


def recipients(config: Config) -> Mapping[str, tuple[str, ...]]:
    """Who has a delivery of their own, by channel."""
    return {
        name: channel.to if isinstance(channel, EmailChannel) else ("",)
        for name, channel in config.alerts.channels.items()
    }
