"""Channels that answered that they want no more."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from monitor.tables import IncidentRow, StateRow


def disable_channel(session: Session, name: str, mark: str, detail: str, now: datetime) -> None:
    """Remember that a channel wants no more at this address, and open an incident about it."""
    if session.get(StateRow, _disabled(name)) is not None:
        enable_channel(session, name, now)
    value = {"mark": mark, "since": now.isoformat(timespec="seconds"), "detail": detail}
    session.add(StateRow(key=_disabled(name), value=value, updated_at=now))
    session.add(
        IncidentRow(key=f"channel:{name}", kind="channel_disabled", detail=detail, opened_at=now)
    )


def disabled_since(session: Session, name: str, mark: str) -> str | None:
    """Say since when a channel wants no more at this address; None: it is in use."""
    row = session.get(StateRow, _disabled(name))
    return str(row.value["since"]) if row is not None and row.value.get("mark") == mark else None


def enable_channel(session: Session, name: str, now: datetime) -> None:
    """Forget that a channel was disabled, and close the incident."""
    row = session.get(StateRow, _disabled(name))
    if row is None:
        return
    session.delete(row)
    session.flush()
    session.execute(
        update(IncidentRow)
        .where(IncidentRow.key == f"channel:{name}", IncidentRow.closed_at.is_(None))
        .values(closed_at=now)
    )


def _disabled(name: str) -> str:
    return f"channel:{name}:disabled"
