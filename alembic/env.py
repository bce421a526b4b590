"""Run migrations: on the connection the service hands over, or on the configured database."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Connection

from monitor import config
from monitor.db import open_engine
from monitor.tables import Base, Utc, Words


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Keep migrations free of imports from the service they outlive."""
    if kind != "type":
        return False
    if isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return {Utc: "sa.DateTime(timezone=True)", Words: "sa.Text()"}.get(type(item), False)


def include_name(name: str | None, kind: str, _: Any) -> bool:
    """Leave the full-text index alone: it is no table of ours to compare."""
    return not (kind in {"table", "index"} and (name or "").startswith("search_"))


def migrate(connection: Connection) -> None:
    """Run what is asked for on one connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = open_engine(context.config.get_main_option("sqlalchemy.url") or config.load().database)
    with engine.connect() as own:
        migrate(own)
    engine.dispose()
