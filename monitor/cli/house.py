"""Open the house for work: configuration, beats and schema checked before anything starts."""

import hashlib

from monitor import __version__, schema
from monitor.cli.common import Options
from monitor.config import Config
from monitor.db import Database
from monitor.errors import DatabaseError


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

    rules_of(config)


def fingerprint(config: Config) -> str:
    """The same for the same beats and gazetteers under the same version; else another."""
    digest = hashlib.sha256(__version__.encode())
    for name, text in config.beats.items():
        digest.update(f"\0{name}\0{text}".encode())
    for path in config.gazetteers.values():
        try:
            digest.update(b"\0" + str(path).encode() + b"\0" + path.read_bytes())
        except OSError:
            return "unreadable"  # which nothing is ever kept under: compiling says why
    return digest.hexdigest()
