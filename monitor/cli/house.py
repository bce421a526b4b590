"""Open the house for work: configuration, beats and schema checked before anything starts."""

from monitor import schema
from monitor.cli.common import Options
from monitor.config import Config
from monitor.db import open_engine
from monitor.judge.rules import rules_of


def open_house(options: Options) -> Config:
    """Load the configuration, compile its beats, bring a new database to head.

    Raises ConfigError with every mistake, or DatabaseError.
    """
    config = options.load()
    rules_of(config)
    engine = open_engine(config.database)
    try:
        schema.ensure(engine)
    finally:
        engine.dispose()
    return config
