"""The YAML of a beat → a frozen beat, or every mistake with its line. Pure.

A beat is a subject watched for: named signals and senses, each a query with a weight per zone,
a threshold, the rules that name the legal stage, and the words that turn an event into something
else (`readings`: negated, sought, future, claimed, past).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from monitor.errors import ConfigError, Mistake
from monitor.records import Stage

ZONES = ("title", "lead", "body")
TOP = {
    "name", "title", "threshold", "headline_threshold", "lead_words", "shadow", "lists", "signals",
    "senses", "stages", "readings", "fresh", "fresh_weight", "boilerplate", "accept_drops",
}  # fmt: skip
TEST = {"id", "says", "query", "weight", "proves", "anchor", "reads", "needs"}
RULE = {"stage", "says", "query", "zones", "over"}
READING = {"words", "reach", "after", "unless"}
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A signal or a sense: one query, what it weighs where, and the stage it proves.

    `anchors` find the word of the match that must be asserted, best list first; `reads` are the
    readings that unmake it; `needs` are other signals of which one must fire for it to count.
    """

    id: str
    query: str
    weight: Mapping[str, float]
    says: str = ""
    proves: Stage | None = None
    anchors: tuple[re.Pattern[str], ...] = ()
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
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
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signals: tuple[Test, ...] = ()
    senses: tuple[Test, ...] = ()
    rules: tuple[Rule, ...] = ()
    readings: tuple[Reading, ...] = ()
    fresh: re.Pattern[str] | None = None
    fresh_weight: float = 0
    boilerplate: re.Pattern[str] | None = None

    def queries(self) -> Mapping[str, tuple[str, int]]:
        """Every query of the beat and its line, by a key that says whose it is."""
        tests = {test.id: (test.query, test.line) for test in (*self.signals, *self.senses)}
        rules = {f"stage:{n}": (rule.query, rule.line) for n, rule in enumerate(self.rules)}
        return tests | rules


@dataclass(slots=True)
class _Reader:
    """One file being read: its lines, and what is wrong so far."""

    path: str
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, place: str, problem: str) -> None:
        """Note one mistake at the line of the nearest thing that has one."""
        while place and place not in self.lines:
            place = place.rpartition("/")[0]
        self.mistakes.append(
            Mistake(problem=problem, path=self.path, line=self.lines.get(place, 0))
        )

    def keys(self, node: Node, known: set[str], place: str) -> None:
        """Refuse keys nobody reads."""
        for key in node:
            if key not in known:
                near = get_close_matches(key, sorted(known), 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.wrong(f"{place}/{key}", f"unknown key {key!r}{hint}")


def read(text: str, path: str = "beat") -> Beat:
    """Read one beat; raises ConfigError with every mistake found."""
    reader = _Reader(path)
    try:
        tree = yaml.compose(text, yaml.CSafeLoader)
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(_malformed(path, error)) from None
    if tree is None or not isinstance(data, dict):
        raise ConfigError(
            Mistake(problem="is not a beat; write name:, threshold:, signals:", path=path)
        )
    reader.lines = dict(_lines(tree, ""))
    reader.keys(data, TOP, "")
    beat = _beat(reader, data, hashlib.sha256(text.encode()).hexdigest()[:12])
    if reader.mistakes:
        raise ConfigError(*reader.mistakes)
    return beat


def _malformed(path: str, error: Exception) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Mistake(problem=f"is not YAML: {error}", path=path)
    problem = f"is not YAML: {getattr(error, 'problem', error)}"
    return Mistake(problem=problem, path=path, line=mark.line + 1, column=mark.column + 1)


def _lines(node: yaml.Node, place: str) -> Iterator[tuple[str, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, f"{place}/{key.value}")
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, f"{place}/{number}")


def _beat(reader: _Reader, data: Node, version: str) -> Beat:
    threshold = _number(reader, data, "threshold")
    beat = Beat(
        name=_text(reader, data, "name", "") or "beat",
        title=str(data.get("title", "")),
        version=version,
        threshold=threshold,
        headline_threshold=_number(reader, data, "headline_threshold", threshold),
        lead_words=int(_number(reader, data, "lead_words", 160)),
        shadow=bool(data.get("shadow", False)),
        lists=_lists(reader, data.get("lists") or {}),
        signals=tuple(_tests(reader, data, "signals")),
        senses=tuple(_tests(reader, data, "senses")),
        rules=tuple(_rules(reader, data)),
        readings=tuple(_readings(reader, data)),
        fresh=_pattern(reader, data.get("fresh"), "/fresh"),
        fresh_weight=_number(reader, data, "fresh_weight", 0),
        boilerplate=_pattern(reader, data.get("boilerplate"), "/boilerplate"),
    )
    if not beat.signals:
        reader.wrong("/signals", "a beat needs at least one signal")
    for twice in _twice([test.id for test in (*beat.signals, *beat.senses)]):
        reader.wrong("/signals", f"two signals are called {twice!r}; give each its own id")
    return beat


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _items(reader: _Reader, data: Node, key: str, known: set[str]) -> Iterator[tuple[str, Node]]:
    found = data.get(key) or []
    if not isinstance(found, list):
        reader.wrong(f"/{key}", f"{key} is a list; begin each with a dash")
        return
    for number, node in enumerate(found):
        place = f"/{key}/{number}"
        if isinstance(node, dict):
            reader.keys(node, known, place)
            yield place, node
        else:
            reader.wrong(place, f"an item of {key} has keys of its own; found {node!r}")


def _tests(reader: _Reader, data: Node, key: str) -> Iterator[Test]:
    for place, node in _items(reader, data, key, TEST):
        yield Test(
            id=_text(reader, node, "id", place),
            query=_text(reader, node, "query", place),
            weight=_weight(reader, node.get("weight"), f"{place}/weight"),
            says=str(node.get("says", "")),
            proves=_stage(reader, node["proves"], f"{place}/proves") if "proves" in node else None,
            anchors=tuple(_anchors(reader, node, data, place)),
            reads=_names(node.get("reads", list(data.get("readings") or {}))),
            needs=_names(node.get("needs")),
            line=reader.lines.get(f"{place}/query", 0),
        )


def _anchors(reader: _Reader, node: Node, data: Node, place: str) -> Iterator[re.Pattern[str]]:
    """A pattern for the words of each list that `anchor` names."""
    lists = data.get("lists") or {}
    for name in _names(node.get("anchor")):
        if name not in lists:
            reader.wrong(f"{place}/anchor", f"no list is called {name!r}; see lists:")
            continue
        words = [str(word).strip('"') for word in lists[name] or ()]
        if pattern := _pattern(reader, words, place):
            yield pattern


def _weight(reader: _Reader, node: object, place: str) -> Mapping[str, float]:
    if _is_number(node):
        return dict.fromkeys(ZONES, float(node))  # type: ignore[arg-type]
    if not isinstance(node, dict) or not all(_is_number(value) for value in node.values()):
        reader.wrong(place, "weight is a number, or {title: 2, lead: 1, body: 0.5}")
        return {}
    reader.keys(node, set(ZONES), place)
    return {zone: float(node.get(zone, 0)) for zone in ZONES}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rules(reader: _Reader, data: Node) -> Iterator[Rule]:
    for place, node in _items(reader, data, "stages", RULE):
        yield Rule(
            stage=_stage(reader, node.get("stage"), f"{place}/stage"),
            query=_text(reader, node, "query", place),
            zones=_names(node.get("zones")) or ("title", "lead"),
            over=tuple(_stage(reader, name, f"{place}/over") for name in _names(node.get("over"))),
            says=str(node.get("says", "")),
            line=reader.lines.get(f"{place}/query", 0),
        )


def _readings(reader: _Reader, data: Node) -> Iterator[Reading]:
    for name, node in (data.get("readings") or {}).items():
        place = f"/readings/{name}"
        reader.keys(node, READING, place)
        yield Reading(
            name=name,
            before=_pattern(reader, node.get("words"), place),
            after=_pattern(reader, node.get("after"), place),
            unless=_pattern(reader, node.get("unless"), place),
            reach=int(node.get("reach", 8)),
        )


def _pattern(reader: _Reader, phrases: object, place: str) -> re.Pattern[str] | None:
    """One pattern for a list of phrases; `*` stands for the rest of a word, or for a word."""
    if phrases is None:
        return None
    if not isinstance(phrases, list):
        reader.wrong(place, "a list of words or phrases is expected")
        return None
    return re.compile(
        r"(?<!\w)(?:" + "|".join(_phrase(str(p)) for p in phrases) + r")(?!\w)", re.IGNORECASE
    )


def _phrase(phrase: str) -> str:
    return r"[\s,]+".join(_word(word) for word in phrase.split())


def _word(word: str) -> str:
    plain = re.escape(word).replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    return plain.replace(r"\*", r"[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")


def _lists(reader: _Reader, node: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(node, dict):
        reader.wrong("/lists", "lists is a mapping of names to lists of words")
        return {}
    return {str(name): _names(items) for name, items in node.items()}


def _names(node: object) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(str(item) for item in node) if isinstance(node, list) else (str(node),)


def _stage(reader: _Reader, name: object, place: str) -> Stage:
    try:
        return Stage(str(name))
    except ValueError:
        reader.wrong(place, f"no such stage: {name!r}; one of {', '.join(Stage)}")
        return Stage.UNKNOWN


def _text(reader: _Reader, node: Node, key: str, place: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        reader.wrong(place, f"{key} is missing; write {key}: and a text")
        return ""
    return value.strip()


def _number(reader: _Reader, node: Node, key: str, default: float | None = None) -> float:
    value = node.get(key, default)
    if not _is_number(value):
        reader.wrong(f"/{key}", f"{key} is missing or not a number; write {key}: 5")
        return 0.0
    return float(value)  # type: ignore[arg-type]
