"""The YAML of a beat → a frozen beat, or every mistake with its line. Pure.

A beat is a subject watched for: named signals and senses, each a query with a weight per zone,
a threshold, the rules that name the legal stage, and the words that turn an event into something
else (`readings`: negated, sought, future, claimed, past).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

import yaml

from monitor.errors import ConfigError, Mistake
from monitor.judge.beat.form import (
    Node,
    Reader,
    is_number,
    items_of,
    lines_of,
    malformed,
    names_of,
    number_of,
    pattern_of,
    stage_of,
    text_of,
    twice,
)
from monitor.judge.beat.words import ZONES, Beat, Reading, Rule, Test
from monitor.records import Stage

TOP = {
    "name", "title", "threshold", "headline_threshold", "lead_words", "gate", "shadow", "lists",
    "signals", "senses", "stages", "readings", "fresh", "fresh_weight", "boilerplate",
    "accept_drops",
}  # fmt: skip
TEST = {"id", "says", "query", "weight", "proves", "anchor", "also", "reads", "needs", "headline"}
RULE = {"stage", "says", "query", "zones", "over"}
READING = {"words", "reach", "after", "unless"}


def read(text: str, path: str = "beat") -> Beat:
    """Read one beat; raises ConfigError with every mistake found."""
    reader = Reader(path)
    try:
        tree = yaml.compose(text, yaml.CSafeLoader)
        data = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(malformed(path, error)) from None
    if tree is None or not isinstance(data, dict):
        raise ConfigError(
            Mistake(problem="is not a beat; write name:, threshold:, signals:", path=path)
        )
    reader.lines = dict(lines_of(tree, ""))
    reader.keys(data, TOP, "")
    beat = _beat(reader, data, hashlib.sha256(text.encode()).hexdigest()[:12])
    if reader.mistakes:
        raise ConfigError(*reader.mistakes)
    return beat


def _beat(reader: Reader, data: Node, version: str) -> Beat:
    threshold = number_of(reader, data, "threshold")
    beat = Beat(
        name=text_of(reader, data, "name", "") or "beat",
        title=str(data.get("title", "")),
        version=version,
        threshold=threshold,
        headline_threshold=number_of(reader, data, "headline_threshold", threshold),
        lead_words=int(number_of(reader, data, "lead_words", 160)),
        shadow=bool(data.get("shadow", False)),
        gate=str(data.get("gate") or ""),
        gate_line=reader.lines.get("/gate", 0),
        lists=_lists(reader, data.get("lists") or {}),
        signals=tuple(_tests(reader, data, "signals")),
        senses=tuple(_tests(reader, data, "senses")),
        rules=tuple(_rules(reader, data)),
        readings=tuple(_readings(reader, data)),
        fresh=pattern_of(reader, data.get("fresh"), "/fresh"),
        fresh_weight=number_of(reader, data, "fresh_weight", 0),
        boilerplate=pattern_of(reader, data.get("boilerplate"), "/boilerplate"),
        accept_drops=names_of(data.get("accept_drops")),
    )
    if not beat.signals:
        reader.wrong("/signals", "a beat needs at least one signal")
    for name in twice([test.id for test in (*beat.signals, *beat.senses)]):
        reader.wrong("/signals", f"two signals are called {name!r}; give each its own id")
    return beat


def _tests(reader: Reader, data: Node, key: str) -> Iterator[Test]:
    for place, node in items_of(reader, data, key, TEST):
        yield Test(
            id=text_of(reader, node, "id", place),
            query=text_of(reader, node, "query", place),
            weight=_weight(reader, node.get("weight"), f"{place}/weight"),
            says=str(node.get("says", "")),
            proves=stage_of(reader, node["proves"], f"{place}/proves")
            if "proves" in node
            else None,
            anchors=tuple(_anchors(reader, node, data, f"{place}/anchor")),
            also=tuple(_anchors(reader, node, data, f"{place}/also")),
            reads=names_of(node.get("reads", list(data.get("readings") or {}))),
            needs=names_of(node.get("needs")),
            headline=bool(node.get("headline", False)),
            line=reader.lines.get(f"{place}/query", 0),
        )


def _anchors(reader: Reader, node: Node, data: Node, place: str) -> Iterator[re.Pattern[str]]:
    """A pattern for the words of each list that `anchor` names."""
    lists = data.get("lists") or {}
    for name in names_of(node.get(place.rpartition("/")[2])):
        if name not in lists:
            reader.wrong(place, f"no list is called {name!r}; see lists:")
            continue
        words = [str(word).strip('"') for word in lists[name] or ()]
        if pattern := pattern_of(reader, words, place):
            yield pattern


def _proves(reader: Reader, node: Node, place: str) -> Stage | None:
    return stage_of(reader, node["proves"], place) if "proves" in node else None


def _weight(reader: Reader, node: object, place: str) -> Mapping[str, float]:
    if is_number(node):
        return dict.fromkeys(ZONES, float(node))  # type: ignore[arg-type]
    if not isinstance(node, dict) or not all(is_number(value) for value in node.values()):
        reader.wrong(place, "weight is a number, or {title: 2, lead: 1, body: 0.5}")
        return {}
    reader.keys(node, set(ZONES), place)
    return {zone: float(node.get(zone, 0)) for zone in ZONES}


def _rules(reader: Reader, data: Node) -> Iterator[Rule]:
    for place, node in items_of(reader, data, "stages", RULE):
        yield Rule(
            stage=stage_of(reader, node.get("stage"), f"{place}/stage"),
            query=text_of(reader, node, "query", place),
            zones=names_of(node.get("zones")) or ("title", "lead"),
            over=tuple(
                stage_of(reader, name, f"{place}/over") for name in names_of(node.get("over"))
            ),
            says=str(node.get("says", "")),
            line=reader.lines.get(f"{place}/query", 0),
        )


def _readings(reader: Reader, data: Node) -> Iterator[Reading]:
    for name, node in (data.get("readings") or {}).items():
        place = f"/readings/{name}"
        reader.keys(node, READING, place)
        yield Reading(
            name=name,
            before=pattern_of(reader, node.get("words"), place),
            after=pattern_of(reader, node.get("after"), place),
            unless=pattern_of(reader, node.get("unless"), place),
            reach=int(node.get("reach", 8)),
        )


def _lists(reader: Reader, node: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(node, dict):
        reader.wrong("/lists", "lists is a mapping of names to lists of words")
        return {}
    return {str(name): names_of(items) for name, items in node.items()}
