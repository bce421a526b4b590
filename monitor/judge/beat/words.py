"""What a beat is, as frozen values: signals, senses, stage rules, readings. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.records import Stage

ZONES = ("title", "lead", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A signal or a sense: one query, what it weighs where, and the stage it proves.

    `anchors` find the word of the match that must be asserted, best list first, `also` a second
    one; `reads` are the readings that unmake it; `needs` are other signals of which one must fire
    for it to count; a `headline` test counts only where there is nothing but a headline.
    """

    id: str
    query: str
    weight: Mapping[str, float]
    says: str = ""
    proves: Stage | None = None
    anchors: tuple[re.Pattern[str], ...] = ()
    also: tuple[re.Pattern[str], ...] = ()
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    headline: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A stage that a query in certain zones names; `over` also overrules a proven event."""

    stage: Stage
    query: str
    zones: tuple[str, ...] = ("title", "lead")
    over: tuple[Stage, ...] = ()
    says: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Words that, within `reach` words before an event (or after it), unmake it."""

    name: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    reach: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A subject watched for, as one file says it."""

    name: str
    title: str = ""
    version: str = ""
    threshold: float
    headline_threshold: float
    lead_words: int = 160
    shadow: bool = False
    gate: str = ""
    gate_line: int = 0
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signals: tuple[Test, ...] = ()
    senses: tuple[Test, ...] = ()
    rules: tuple[Rule, ...] = ()
    readings: tuple[Reading, ...] = ()
    fresh: re.Pattern[str] | None = None
    fresh_weight: float = 0
    boilerplate: re.Pattern[str] | None = None
    wording: Mapping[str, float] = field(default_factory=dict)
    accept_drops: tuple[str, ...] = ()

    def queries(self) -> Mapping[str, tuple[str, int]]:
        """Every query of the beat and its line, by a key that says whose it is."""
        tests = {test.id: (test.query, test.line) for test in (*self.signals, *self.senses)}
        rules = {f"stage:{n}": (rule.query, rule.line) for n, rule in enumerate(self.rules)}
        return tests | rules
