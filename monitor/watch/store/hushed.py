"""Silences that have ended, and what each hid."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.tables import AlertRow, CaseRow, HiddenRow, SilenceRow
from monitor.watch.hushed import Ended, Hidden, key

LONGEST = timedelta(days=30)
"""A silence that ended longer ago is of no use to anybody, nor one from before there was this."""


def ended(session: Session, now: datetime) -> list[Ended]:
    """Give the silences that ended, hid something, and were not told of yet; the oldest first."""
    rows = session.scalars(
        select(SilenceRow)
        .where(
            SilenceRow.expires_at.between(now - LONGEST, now),
            SilenceRow.id.in_(select(HiddenRow.silence_id)),
        )
        .order_by(SilenceRow.id)
    ).all()
    keys = [key(row.id) for row in rows]
    told = set(session.scalars(select(AlertRow.key).where(AlertRow.key.in_(keys))))
    return [_ended(session, row) for row in rows if key(row.id) not in told]


def _ended(session: Session, row: SilenceRow) -> Ended:
    return Ended(
        id=row.id,
        matcher=row.matcher,
        reason=row.reason,
        who=row.who,
        created_at=row.created_at,
        expires_at=row.expires_at,
        cases=_cases(session, row.id),
    )


def _cases(session: Session, silence_id: int) -> tuple[Hidden, ...]:
    """The cases, each once; one that was merged away is the one that it was put into."""
    hidden = session.execute(
        select(HiddenRow.case_id, CaseRow.merged_into)
        .join(CaseRow, CaseRow.id == HiddenRow.case_id)
        .where(HiddenRow.silence_id == silence_id)
        .order_by(HiddenRow.id)
    )
    hits = Counter(merged or case_id for case_id, merged in hidden)
    known = {row.id: row for row in session.scalars(select(CaseRow).where(CaseRow.id.in_(hits)))}
    told = set(session.scalars(select(AlertRow.case_id).where(AlertRow.case_id.in_(hits))))
    return tuple(
        Hidden(
            id=number,
            beat=known[number].beat,
            title=known[number].title,
            stage=known[number].stage,
            hits=count,
            told=number in told,
        )
        for number, count in hits.items()
    )
