"""A configuration folder → every mistake in every file of it: settings, feeds, beats, routes."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from monitor.config import Config
from monitor.config.load import Found, examine, find
from monitor.config.words import did_you_mean
from monitor.errors import ConfigError, Mistake

NAME = re.compile(r"^name:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)


def load(path: str | None) -> Config:
    """Read the settings, or raise ConfigError with every mistake of every file."""
    found = examine(path)
    if found.mistakes:
        raise ConfigError(*every_mistake(found))
    return found.config


def chosen(path: str | None, environment: Mapping[str, str] = os.environ) -> str | None:
    """The configuration that is meant, or the shipped one where there is none."""
    from monitor.config.shipped import shipped

    if path is not None or environment.get("MONITOR_CONFIG"):
        return path
    try:
        find(None, environment)
    except ConfigError:
        return str(shipped("config"))
    return None


def compile_all(path: str | None) -> None:
    """Compile the beats and check the routes; raise ConfigError with every mistake."""
    from monitor.judge.rules import rules_of

    found = examine(path)
    try:
        rules_of(found.config)
    except ConfigError:
        raise ConfigError(*every_mistake(found)) from None
    if mistakes := (*found.mistakes, *route_mistakes(found)):
        raise ConfigError(*mistakes)


def every_mistake(found: Found) -> tuple[Mistake, ...]:
    """What is wrong anywhere, as far as each file could be read, ordered by file and line."""
    from monitor.judge import rules

    config = found.config
    of_rules = rules.mistakes(config.beats, tuple(config.gazetteers.values()))
    everything = dict.fromkeys([*found.mistakes, *route_mistakes(found), *of_rules])
    return tuple(sorted(everything, key=lambda one: (one.path, one.line, one.column)))


def route_mistakes(found: Found) -> list[Mistake]:
    """Routes that can never match: a beat or a fact that does not exist, with what was meant."""
    from monitor.config import names
    from monitor.judge.facts import FIELDS

    tree, beats = found.tree, beat_names(found)
    none = "; write its file into beats/"
    wrong = [
        tree.told(
            place, f"no beat is called {name!r}{did_you_mean(name, beats) if beats else none}"
        )
        for place, name in names.beats(tree)
        if name not in beats
    ]
    return wrong + [
        tree.told(place, f"no fact is called {name!r}{did_you_mean(name, FIELDS)}")
        for place, name in names.facts(tree)
        if name not in FIELDS
    ]


def beat_names(found: Found) -> list[str]:
    """What the beats are called, also those whose files have mistakes."""
    texts = dict(found.config.beats)
    for path in found.unread:
        texts[str(path)] = _whatever(path)
    return sorted({_name(path, text) for path, text in texts.items()})


def _name(path: str, text: str) -> str:
    match = NAME.search(text)
    return match[1] if match else Path(path).stem


def _whatever(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    except OSError:
        return ""
