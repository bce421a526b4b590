"""What the test story leaves behind: its message, and nothing else."""

from sqlalchemy import delete, select, update

from monitor.db import Session
from monitor.records import AlertKind
from monitor.tables import AlertRow, CaseRow, ClueRow, RereadRow, VerdictRow


def is_told(session: Session, key: str) -> bool:
    """Whether the message of this story is in the outbox."""
    return session.scalars(select(AlertRow.id).where(AlertRow.key == key)).first() is not None


def take_away(session: Session, verdict_id: int, key: str) -> None:
    """Turn the alert of the test story into a message of its own; forget its hit and its case."""
    row = session.get_one(VerdictRow, verdict_id)
    mine = update(AlertRow).where(AlertRow.verdict_id == verdict_id)
    apart = {"case_id": None, "verdict_id": None, "beat": ""}
    session.execute(mine.values(key=key, kind=AlertKind.CANARY.value, **apart))
    session.execute(delete(ClueRow).where(ClueRow.verdict_id == verdict_id))
    session.execute(delete(RereadRow).where(RereadRow.article_id == row.article_id))
    session.execute(delete(VerdictRow).where(VerdictRow.id == verdict_id))
    session.execute(delete(CaseRow).where(CaseRow.id == row.case_id))
