"""One alert as its acknowledgement page shows it, and which case a number leads to."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.tables import AlertRow, CaseRow, DeliveryRow


def alert(session: Session, delivery_id: int) -> dict[str, Any] | None:
    """Give what an alert was about, to whom it went, and who has acknowledged it."""
    query = select(AlertRow, DeliveryRow).join(DeliveryRow, DeliveryRow.alert_id == AlertRow.id)
    found = session.execute(query.where(DeliveryRow.id == delivery_id)).first()
    if found is None:
        return None
    row, delivery = found
    case, hit = (row.snapshot.get(part) or {} for part in ("case", "hit"))
    return {
        "title": case.get("title") or hit.get("title") or "An alert",
        "sentence": row.snapshot.get("sentence") or row.reason,
        "who": delivery.recipient or delivery.channel,
        "acked_at": row.acked_at,
        "acked_by": row.acked_by,
    }


def living(session: Session, case_id: int) -> int:
    """Give the number that a case lives on under, if it was merged."""
    row = session.get(CaseRow, case_id)
    while row is not None and row.merged_into is not None:
        case_id, row = row.merged_into, session.get(CaseRow, row.merged_into)
    return case_id
