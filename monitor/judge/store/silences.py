"""What people do with silences: make one, see what it hid, end it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from monitor.db import Session
from monitor.tables import CaseRow, HiddenRow, SilenceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A silence, and the cases that it hid."""

    id: int
    matcher: Mapping[str, list[str]]
    reason: str
    who: str
    created_at: datetime
    expires_at: datetime
    active: bool
    hits: int
    cases: tuple[str, ...]


def add(
    session: Session,
    matcher: Mapping[str, tuple[str, ...]],
    *,
    reason: str,
    who: str,
    expires_at: datetime,
    now: datetime,
) -> int:
    """Make a silence; return its id."""
    row = SilenceRow(
        matcher={name: list(values) for name, values in matcher.items()},
        reason=reason,
        who=who,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row.id


def listed(session: Session, now: datetime, *, every: bool) -> list[Listed]:
    """Give silences with what they hid, the newest first; those that ended only with `every`."""
    query = select(SilenceRow).order_by(SilenceRow.id.desc())
    query = query if every else query.where(SilenceRow.expires_at > now)
    return [_listed(session, row, now) for row in session.scalars(query)]


def _listed(session: Session, row: SilenceRow, now: datetime) -> Listed:
    hid = session.execute(
        select(CaseRow.id, CaseRow.title)
        .join(HiddenRow, HiddenRow.case_id == CaseRow.id)
        .where(HiddenRow.silence_id == row.id)
        .order_by(HiddenRow.id)
    ).all()
    return Listed(
        id=row.id,
        matcher=row.matcher,
        reason=row.reason,
        who=row.who,
        created_at=row.created_at,
        expires_at=row.expires_at,
        active=row.expires_at > now,
        hits=len(hid),
        cases=tuple(dict.fromkeys(f"{number}: {title}" for number, title in hid)),
    )


def expire(session: Session, silence_id: int, now: datetime) -> bool:
    """End a silence now; say whether it was in force."""
    row = session.get(SilenceRow, silence_id)
    if row is None or row.expires_at <= now:
        return False
    row.expires_at = now
    return True
