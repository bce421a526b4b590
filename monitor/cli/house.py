"""Open the house for work: configuration, beats and schema checked before anything starts."""

import hashlib

from monitor import __version__, schema
from monitor.cli.common import Options
from monitor.config import Config
from monitor.db import Database
from monitor.errors import ConfigError, DatabaseError, Mistake


def open_house(options: Options) -> Config:
    """Load the configuration, compile its beats, bring a new database to head.

    Beats that this version compiled before, for this database, are known to be right without it.
    Raises ConfigError with every mistake, or DatabaseError.
    """
    config = options.load()
    try:
        database = Database(config.database)
        try:
            _check(config, database)
        finally:
            database.close()
    except DatabaseError:
        _compile(config)  # what is wrong with a beat is said first
        raise
    return config


def _check(config: Config, database: Database) -> None:
    from monitor.app import utcnow
    from monitor.desk.store import upkeep

    schema.ensure(database.engine)
    print_ = fingerprint(config)
    if database.now(upkeep.good_rules) != print_:
        _compile(config)
        database.now(upkeep.keep_good_rules, print_, utcnow())


def _compile(config: Config) -> None:
    from monitor.judge.rules import rules_of

    known = {beat.name for beat in rules_of(config).beats}
    main = str(config.folder / "monitor.yaml")
    if found := route_mistakes(config, known):
        raise ConfigError(*(Mistake(problem=problem, path=main) for problem in found))


def route_mistakes(config: Config, beats: set[str]) -> list[str]:
    """Routes that can never match: a beat or a fact that does not exist, with what was meant."""
    from monitor.config.words import did_you_mean
    from monitor.judge.facts import FIELDS

    found = []
    for number, route in enumerate(config.alerts.routes):
        place = f"alerts.routes.{number}"
        if route.beat not in beats:
            names = ", ".join(sorted(beats)) or "none"
            found.append(f"{place}: no beat is called {route.beat!r} (known: {names})")
        for field in route.when:
            if field not in FIELDS:
                hint = did_you_mean(field, FIELDS)
                found.append(f"{place}.when: no fact is called {field!r}{hint}")
    return found


def fingerprint(config: Config) -> str:
    """The same for the same beats, gazetteers and routes under the same version; else another."""
    digest = hashlib.sha256(__version__.encode())
    for route in config.alerts.routes:
        digest.update(f"\0{route.beat}\0{sorted(route.when)}".encode())
    for name, text in config.beats.items():
        digest.update(f"\0{name}\0{text}".encode())
    for path in config.gazetteers.values():
        try:
            digest.update(b"\0" + str(path).encode() + b"\0" + path.read_bytes())
        except OSError:
            return "unreadable"  # which nothing is ever kept under: compiling says why
    return digest.hexdigest()
