"""Two beats' verdicts on the same articles → what one adds to the other, and drops. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from monitor.judge.beat import Beat
from monitor.judge.evaluate import ALERTED, Metrics, alerts, measure
from monitor.records import Stage, Verdict

CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One article as two beats judge it, and what a person said of it; `story` is its case.

    No `before`: the first beat never judged it.
    """

    id: str
    title: str
    url: str = ""
    story: str = ""
    label: str | None = None
    before: Verdict | None = None
    now: Verdict


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What became of many pairs; only those that changed or were labelled are kept."""

    stages: frozenset[Stage]
    articles: int = 0
    stories: set[str] = field(default_factory=set)
    stories_before: set[str] = field(default_factory=set)
    added: list[Pair] = field(default_factory=list)
    dropped: list[Pair] = field(default_factory=list)
    labelled: list[Pair] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Count one pair."""
        self.articles += 1
        now = alerts(pair.now, self.stages)
        before = pair.before is not None and alerts(pair.before, self.stages)
        self.stories |= {pair.story} if now else set()
        self.stories_before |= {pair.story} if before else set()
        if now != before:
            (self.added if now else self.dropped).append(pair)
        if pair.label is not None:
            self.labelled.append(pair)

    def figures(self, positive: Collection[str]) -> tuple[Metrics | None, Metrics]:
        """Precision and recall on the labelled ones, of the first beat and of the second."""
        first = [(p.id, p.label or "", p.before) for p in self.labelled]
        known = [(name, label, found) for name, label, found in first if found is not None]
        second = ((p.id, p.label or "", p.now) for p in self.labelled)
        before = measure(known, positive, self.stages) if len(known) == len(first) else None
        return before, measure(second, positive, self.stages)


def alerting(beat: Beat) -> frozenset[Stage]:
    """The stages at which people want to hear of it; of a beat that proves none of them: any."""
    proves = {test.proves for test in beat.signals} | {rule.stage for rule in beat.rules}
    return ALERTED if proves & ALERTED else frozenset()


def live_for(name: str, beats: Iterable[Beat]) -> str | None:
    """The live beat that a changed or shadow beat stands beside.

    The one of the same name; else the one whose name it begins with (`exonerations-next`).
    """
    live = {beat.name for beat in beats if not beat.shadow}
    near = [one for one in live if name == one or name.startswith((f"{one}-", f"{one}_"))]
    return max(near, key=len, default=None)


def drops(before: Verdict, now: Verdict, beat: Beat) -> bool:
    """Whether a story that was told would be told no more."""
    stages = alerting(beat)
    if not alerts(before, stages):
        return before.hit and not now.hit
    return not alerts(now, stages)
