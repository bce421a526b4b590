"""The key that an installation signs the links of its alerts with; made once, kept for ever."""

import secrets
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from monitor.tables import StateRow

NAME = "desk:key"
BYTES = 32


def desk_key(session: Session, now: datetime) -> bytes:
    """Give the key; of two processes that make one at once, one wins."""
    known = known_key(session)
    if known is not None:
        return known
    made = {"key": NAME, "value": {"key": secrets.token_hex(BYTES)}, "updated_at": now}
    if session.get_bind().dialect.name == "sqlite":
        session.execute(sqlite.insert(StateRow).values(**made).on_conflict_do_nothing())
    else:
        session.execute(postgresql.insert(StateRow).values(**made).on_conflict_do_nothing())
    return bytes.fromhex(session.get_one(StateRow, NAME, populate_existing=True).value["key"])


def known_key(session: Session) -> bytes | None:
    """Give the key; nothing where none was needed yet."""
    row = session.get(StateRow, NAME)
    return bytes.fromhex(row.value["key"]) if row is not None else None
