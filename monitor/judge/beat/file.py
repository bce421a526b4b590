"""The YAML of a beat → a frozen beat, or every mistake with its line. Pure.

A beat is a subject watched for: named signals and senses, each a query with a weight per zone,
a threshold, the rules that name the legal stage, and the words that turn an event into something
else (`readings`: negated, sought, future, claimed, past).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from monitor.config.tree import Place, Tree, parse
from monitor.errors import ConfigError
from monitor.judge.beat.form import (
    Node,
    Reader,
    checked_names,
    group_of,
    is_number,
    items_of,
    names_of,
    number_of,
    pattern,
    pattern_of,
    stage_of,
    switch_of,
    text_of,
    twice,
    whole_of,
)
from monitor.judge.beat.words import ZONES, Beat, Reading, Rule, Test
from monitor.records import Stage

TOP = {
    "name", "title", "threshold", "headline_threshold", "lead_words", "gate", "shadow", "lists",
    "signals", "senses", "stages", "readings", "fresh", "fresh_weight", "boilerplate",
    "wording", "accept_drops",
}  # fmt: skip
TEST = {"id", "says", "query", "weight", "proves", "anchor", "also", "reads", "needs", "headline"}
RULE = {"stage", "says", "query", "zones", "over"}
Lists = Mapping[str, tuple[str, ...]]
RULE_ZONES = (*ZONES, "opening")
WORD = r"[^\W_]+(?:'(?!s\b)[^\W_]+)*"
WEIGHT = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")
WORDING = re.compile(rf"{WORD}(?: {WORD})?")
READING = {"words", "reach", "after", "unless"}


def read(text: str, path: str = "beat") -> Beat:
    """Read one beat; raises ConfigError with every mistake found in its form."""
    beat, tree = draft(text, path)
    if beat is None or tree.mistakes:
        raise ConfigError(*tree.mistakes)
    return beat


def draft(text: str, path: str = "beat") -> tuple[Beat | None, Tree]:
    """Read a beat as far as it can be read; the tree has every mistake found in its form."""
    tree = parse(text, path, carets=True)
    if not isinstance(tree.data, dict):
        if not tree.mistakes:
            problem = "is not a beat; write name:, threshold:, signals:"
            tree.mistakes.append(tree.mistake(problem, *tree.mark(())))
        return None, tree
    reader = Reader(tree)
    reader.keys(tree.data, TOP, ())
    return _beat(reader, tree.data, hashlib.sha256(text.encode()).hexdigest()[:12]), tree


def _beat(reader: Reader, data: Node, version: str) -> Beat:
    threshold = number_of(reader, data, "threshold")
    lists = _lists(reader, data)
    beat = Beat(
        name=text_of(reader, data, "name", ()) or "beat",
        title=str(data.get("title") or ""),
        version=version,
        threshold=threshold,
        headline_threshold=number_of(reader, data, "headline_threshold", threshold),
        lead_words=whole_of(reader, data, ("lead_words",), 160),
        shadow=switch_of(reader, data, ("shadow",)),
        gate=str(data.get("gate") or ""),
        gate_line=reader.line(("gate",)),
        lists=lists,
        signals=tuple(_tests(reader, data, "signals", lists)),
        senses=tuple(_tests(reader, data, "senses", lists)),
        rules=tuple(_rules(reader, data)),
        readings=tuple(_readings(reader, data)),
        fresh=pattern_of(reader, data.get("fresh"), ("fresh",)),
        fresh_weight=number_of(reader, data, "fresh_weight", 0),
        boilerplate=pattern_of(reader, data.get("boilerplate"), ("boilerplate",)),
        wording=_wording(reader, data),
        accept_drops=checked_names(reader, data.get("accept_drops"), ("accept_drops",)),
    )
    if not data.get("signals"):
        reader.wrong(("signals",), "a beat needs at least one signal; write signals: and a list")
    tests = (*beat.signals, *beat.senses)
    for name in twice([test.id for test in tests if test.id]):
        place = _last_called(data, name)
        reader.wrong(place, f"two signals are called {name!r}; give each its own id")
    _check_needs(reader, data, [test.id for test in tests])
    return beat


def _last_called(data: Node, name: str) -> Place:
    """Where the last signal or sense of this name stands."""
    places: list[Place] = [
        (key, number)
        for key in ("signals", "senses")
        for number, node in enumerate(_listed(data.get(key)))
        if isinstance(node, dict) and str(node.get("id", "")).strip() == name
    ]
    return (*places[-1], "id") if places else ("signals",)


def _check_needs(reader: Reader, data: Node, known: list[str]) -> None:
    for key in ("signals", "senses"):
        for number, node in enumerate(_listed(data.get(key))):
            if isinstance(node, dict):
                place = (key, number, "needs")
                names = checked_names(reader, node.get("needs"), place)
                reader.known(names, known, place, "signal")


def _listed(node: object) -> list[object]:
    return node if isinstance(node, list) else []


def _tests(reader: Reader, data: Node, key: str, lists: Lists) -> Iterator[Test]:
    readings = list(data["readings"]) if isinstance(data.get("readings"), dict) else []
    for place, node in items_of(reader, data, key, TEST):
        given = checked_names(reader, node.get("reads"), (*place, "reads"))
        reads = given if "reads" in node else tuple(readings)
        reader.known(reads, readings, (*place, "reads"), "reading")
        yield Test(
            id=text_of(reader, node, "id", place),
            query=text_of(reader, node, "query", place),
            weight=_weight(reader, node.get("weight"), (*place, "weight")),
            says=str(node.get("says") or ""),
            proves=_proves(reader, node, (*place, "proves")),
            anchors=tuple(_anchors(reader, node, lists, (*place, "anchor"))),
            also=tuple(_anchors(reader, node, lists, (*place, "also"))),
            reads=reads,
            needs=names_of(node.get("needs")),
            headline=switch_of(reader, node, (*place, "headline")),
            line=reader.line((*place, "query")),
        )


def _anchors(reader: Reader, node: Node, lists: Lists, place: Place) -> Iterator[re.Pattern[str]]:
    """A pattern for the words of each list that `anchor` names."""
    names = checked_names(reader, node.get(str(place[-1])), place)
    reader.known(names, list(lists), place, "list")
    for name in names:
        if words := pattern([word.strip('"') for word in lists.get(name, ())]):
            yield words


def _proves(reader: Reader, node: Node, place: Place) -> Stage | None:
    return stage_of(reader, node["proves"], place) if "proves" in node else None


def _weight(reader: Reader, node: object, place: Place) -> Mapping[str, float]:
    if is_number(node):
        return dict.fromkeys(ZONES, float(node))  # type: ignore[arg-type]
    if not isinstance(node, dict) or not all(is_number(value) for value in node.values()):
        reader.wrong(place, "weight is a number, or {title: 2, lead: 1, body: 0.5}")
        return {}
    reader.keys(node, set(ZONES), place)
    return {zone: float(node.get(zone, 0)) for zone in ZONES}


def _rules(reader: Reader, data: Node) -> Iterator[Rule]:
    for place, node in items_of(reader, data, "stages", RULE):
        zones = checked_names(reader, node.get("zones"), (*place, "zones"))
        reader.known(zones, RULE_ZONES, (*place, "zones"), "zone")
        yield Rule(
            stage=stage_of(reader, node.get("stage"), (*place, "stage")),
            query=text_of(reader, node, "query", place),
            zones=zones or ("title", "lead"),
            over=tuple(
                stage_of(reader, name, (*place, "over")) for name in names_of(node.get("over"))
            ),
            says=str(node.get("says") or ""),
            line=reader.line((*place, "query")),
        )


def _readings(reader: Reader, data: Node) -> Iterator[Reading]:
    readings = group_of(reader, data, "readings", "negated: {reach: 4, words: [not, never]}")
    for name, node in readings.items():
        place = ("readings", name)
        if not isinstance(node, dict):
            reader.wrong(place, "a reading is a group: write {reach: 4, words: [not, never]}")
            continue
        reader.keys(node, READING, place)
        yield Reading(
            name=name,
            before=pattern_of(reader, node.get("words"), (*place, "words")),
            after=pattern_of(reader, node.get("after"), (*place, "after")),
            unless=pattern_of(reader, node.get("unless"), (*place, "unless")),
            reach=whole_of(reader, node, (*place, "reach"), 8),
        )


def _wording(reader: Reader, data: Node) -> Mapping[str, float]:
    """What single words weigh: `-0.3: [statute, "was arrested"]`, turned round."""
    found: dict[str, float] = {}
    for row, items in group_of(reader, data, "wording", "-0.3: [statute, was arrested]").items():
        place = ("wording", row)
        if not WEIGHT.fullmatch(str(row)):
            reader.wrong(place, f"{row!r} is no weight; write -0.3: [statute]")
            continue
        for item in checked_names(reader, items, place):
            word = item.strip('"').lower()
            if not WORDING.fullmatch(word):
                reader.wrong(place, f"{item!r} is not one word or two; a query can look for more")
            elif word in found:
                reader.wrong(place, f"{item!r} stands twice in wording; keep one")
            else:
                found[word] = float(row)
    return found


def _lists(reader: Reader, data: Node) -> Lists:
    lists = group_of(reader, data, "lists", "names and lists of words, freed: [freed, released]")
    return {name: checked_names(reader, items, ("lists", name)) for name, items in lists.items()}
