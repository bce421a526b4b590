"""Open the house for work: configuration, beats and schema checked before anything starts."""

from monitor import schema
from monitor.cli import whole
from monitor.cli.common import Options
from monitor.cli.prints import fingerprint
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
        database.now(upkeep.keep_print, upkeep.RULES, print_, utcnow())
