"""Open the house for work: configuration, beats and schema checked before anything starts."""

import hashlib

from monitor import __version__, schema
from monitor.cli import whole
from monitor.cli.common import Options
from monitor.config import Config
from monitor.config.files import Unreadable, bytes_of
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
            _check(options, config, database)
        finally:
            database.close()
    except DatabaseError:
        whole.compile_all(options.config)  # what is wrong with a beat is said first
        raise
    return config


def _check(options: Options, config: Config, database: Database) -> None:
    from monitor.app import utcnow
    from monitor.desk.store import upkeep

    schema.ensure(database.engine)
    print_ = fingerprint(config)
    if database.now(upkeep.good_rules) != print_:
        from monitor.cli import drops  # loads the judge

        whole.compile_all(options.config)
        drops.refuse(config, database)
        database.now(upkeep.keep_good_rules, print_, utcnow())


def fingerprint(config: Config) -> str:
    """The same for the same beats, gazetteers and routes under the same version; else another."""
    digest = hashlib.sha256(__version__.encode())
    for route in config.alerts.routes:
        digest.update(f"\0{route.beat}\0{sorted(route.when)}".encode())
    for name, text in config.beats.items():
        digest.update(f"\0{name}\0{text}".encode())
    for path in config.gazetteers.values():
        try:
            digest.update(b"\0" + str(path).encode() + b"\0" + bytes_of(path))
        except Unreadable:
            return "unreadable"  # which nothing is ever kept under: compiling says why
    return digest.hexdigest()
