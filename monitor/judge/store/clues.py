"""The index of clues: under which keys a case can be found again."""

import math
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from monitor.db import Session
from monitor.tables import ClueRow, VerdictRow

MOST_CASES = 10
MOST_ROWS = 600
SHINGLES_KEPT = timedelta(days=31)
CLEANED = timedelta(days=3)


def put_clues(session: Session, verdict_id: int, clues: Collection[str], now: datetime) -> None:
    """Keep the clues of a hit in place of its last ones; drop shingles too old to find copies."""
    session.execute(delete(ClueRow).where(ClueRow.verdict_id == verdict_id))
    if clues:
        rows = [{"verdict_id": verdict_id, "key": key} for key in sorted(clues)]
        session.execute(insert(ClueRow), rows)
    until = now - SHINGLES_KEPT
    old = select(VerdictRow.id).where(
        VerdictRow.hit, VerdictRow.judged_at < until, VerdictRow.judged_at > until - CLEANED
    )
    session.execute(delete(ClueRow).where(ClueRow.verdict_id.in_(old), ClueRow.key.startswith("s")))


def candidates(session: Session, beat: str, clues: Collection[str]) -> list[int]:
    """The cases that share the most telling clues with a hit, the likeliest first."""
    counted = session.execute(
        select(ClueRow.key, func.count()).where(ClueRow.key.in_(clues)).group_by(ClueRow.key)
    )
    common = {row[0]: row[1] for row in counted}
    weights = {key: 1 / math.sqrt(n) for key, n in _rarest(common).items()}
    rows = session.execute(
        select(VerdictRow.case_id, ClueRow.key)
        .join(VerdictRow, VerdictRow.id == ClueRow.verdict_id)
        .where(ClueRow.key.in_(weights), VerdictRow.beat == beat, VerdictRow.hit)
        .distinct()
    )
    score: dict[int, float] = {}
    for case_id, key in rows:
        if case_id is not None:
            score[case_id] = score.get(case_id, 0.0) + weights[key]
    return sorted(score, key=lambda case_id: (-score[case_id], -case_id))[:MOST_CASES]


def _rarest(common: dict[str, int]) -> dict[str, int]:
    """The rarest keys, until they have brought enough rows."""
    kept: dict[str, int] = {}
    rows = 0
    for key, n in sorted(common.items(), key=lambda pair: (pair[1], pair[0])):
        if kept and rows + n > MOST_ROWS:
            break
        kept[key] = n
        rows += n
    return kept
