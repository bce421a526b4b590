"""One verdict inside one transaction: its case, who hears of it, the fate of its entries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from monitor.config import Config, EmailChannel, Route
from monitor.db import Session
from monitor.judge import amend, card, correct, decide, following, group, policy, store
from monitor.judge.correct import Before
from monitor.judge.store import holding
from monitor.records import Alert, AlertKind, Case, Fate, Joined, PendingArticle, Verdict
from monitor.web.canary import ours

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One hit being filed, inside one transaction."""

    session: Session
    config: Config
    pending: PendingArticle
    found: Verdict
    verdict_id: int
    now: datetime
    before: tuple[Before, int] | None = None

    def done(self) -> tuple[int, tuple[Fate, str] | None]:
        """File it as what it is; return how many alerts, and the fate it gives to its entries."""
        if not (self.found.hit or self.before):
            return self.follow()
        case, joined = self.join() if self.found.hit else self.keep()
        new = self.tell(case, joined)
        fate = self.fate(case, joined, new=new)
        return new, fate if self.found.hit or fate[0] is Fate.ALERTED else None

    def follow(self) -> tuple[int, tuple[Fate, str] | None]:
        """Put what follows on a confirmed case with it, though it is no hit; tell it once."""
        watches = store.watches(self.session, self.found.beat, self.now)
        match = following.match(self.pending.article, watches)
        cases = store.load_cases(self.session, [match.case_id], LONG_AGO) if match else []
        if match is None or not cases:
            return 0, None
        case = replace(cases[0], stage=max(cases[0].stage, match.stage, key=decide.LADDER.index))
        store.save_case(self.session, case, self.now)
        why = f"follow-up of case {case.id}: {match.why}"
        store.put_follow_up(self.session, self.verdict_id, match, self.now)
        if self.pending.quiet or self._silenced(case):
            return 0, (Fate.MUTED, why)
        told = store.told(self.session, case.id)
        topics = store.topics_told(self.session, case.id)
        alerts = following.alert(match, self.found.beat, told, topics, recipients(self.config))
        found = replace(self.found, stage=match.stage, sentence=match.sentence)
        replace(self, found=card.tellable(self.pending.article, found)).put(case, alerts)
        return len(alerts), (Fate.ALERTED, why) if told else None

    def keep(self) -> tuple[Case, Joined]:
        """The case of a hit whose page says otherwise now, so that it is none any more."""
        assert self.before is not None  # noqa: S101  nothing else is kept
        number = self.before[1]
        [case] = store.load_cases(self.session, [number], LONG_AGO)
        case = amend.rebuilt(self.session, case)
        store.save_case(self.session, case, self.now)
        return case, store.joined(self.session, self.verdict_id, number)

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
        if self.before is not None:
            case = amend.rebuilt(self.session, case)
        case = card.grown(case, self.pending.article, self.found)
        store.save_case(self.session, case, self.now)
        store.set_case(self.session, self.verdict_id, replace(joined, case_id=case.id))
        store.put_clues(self.session, self.verdict_id, clues, self.now)
        if not self.pending.quiet:
            first_seen = self.pending.first_seen_at
            store.read_again(
                self.session, self.pending.id, self.pending.article, first_seen, self.now
            )
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
        changes = self._changes()
        known = recipients(self.config)
        alerts = amend.alert(case, self.found.beat, changes, told, known)
        if self.found.hit:
            decided = decide.alerts(case, self.found, joined, routes, told, self.now)
            alerts += tuple(a for a in decided if not (alerts and a.kind is AlertKind.UPDATED))
        keys = self.put(case, alerts, changes, like=joined.like)
        self._hold(case, keys, policy.by_channel(routes), copy=joined.copy)
        return len(alerts)

    def put(
        self,
        case: Case,
        alerts: Sequence[Alert],
        changes: tuple[correct.Change, ...] = (),
        like: int | None = None,
    ) -> list[str]:
        """Put alerts into the outbox, with what is known now; return the keys they go out under."""
        return [
            store.add_alert(
                self.session,
                alert,
                store.Outgoing(
                    case_id=case.id,
                    verdict_id=self.verdict_id,
                    snapshot=self._snapshot(case, alert.reason, changes) | self._like(like),
                    recipients=recipients(self.config),
                    now=self.now,
                    deadline=self.now + self.config.alerts.retry_for,
                ),
            )
            for alert in alerts
        ]

    def _changes(self) -> tuple[correct.Change, ...]:
        """What the page says otherwise than when it was judged last."""
        was = self.before
        return amend.changes(self.pending, was[0], self.found) if was is not None else ()

    def _silenced(self, case: Case) -> bool:
        if ours(self.pending.article.url):
            return False  # the test story of the day is nothing that people could not want
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

    def _snapshot(
        self, case: Case, reason: str, changes: tuple[correct.Change, ...] = ()
    ) -> dict[str, Any]:
        outlets = store.case_outlets(self.session, case.id)
        feed = store.sighting(self.session, self.pending.id)
        more = {"changes": correct.as_json(changes)} if changes else {}
        return {
            **more,
            "case": card.case_json(case, outlets),
            "hit": card.hit_json(self.pending, self.found, self.verdict_id, case.id, feed),
            "sentence": self.found.sentence,
            "reason": reason,
            "instance": self.config.alerts.instance,
            "beat": self.found.beat,
        }

    def _like(self, case_id: int | None) -> dict[str, Any]:
        """The other case that this may be, for people to compare."""
        if case_id is None:
            return {}
        [case] = store.load_cases(self.session, [case_id], LONG_AGO)
        outlets = store.case_outlets(self.session, case_id)
        return {store.LIKE: card.like_json(case, outlets)}

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
