"""Confirmed cases, and the watches that they have."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.tables import CaseRow, LabelRow, VerdictRow, WatchRow

PLACES = ("county", "court", "state")


def sync(session: Session, longest: timedelta, now: datetime) -> None:
    """Watch every confirmed case for so long, by the names and places it has now; end the others.

    A watch ends early when the label is taken back, and for good when its case is merged away.
    """
    confirmed = _confirmed(session)
    cases = {
        row.id: row
        for row in session.scalars(select(CaseRow).where(CaseRow.id.in_(list(confirmed))))
    }
    known = {row.case_id: row for row in session.scalars(select(WatchRow))}
    for case_id, row in known.items():
        if case_id not in confirmed:
            row.expires_at = min(row.expires_at, now)
    for case_id, since in confirmed.items():
        facts = cases[case_id].facts
        kept = {"people": _people(facts), "places": _places(facts)}
        if case_id in known:
            row = known[case_id]
            row.people, row.places = kept["people"], kept["places"]
            row.expires_at = row.opened_at + longest
        elif kept["people"] and since + longest > now:
            until = since + longest
            session.add(WatchRow(case_id=case_id, opened_at=since, expires_at=until, **kept))
    session.flush()


def _confirmed(session: Session) -> dict[int, datetime]:
    """The cases of which a hit is confirmed, by its newest label, and since when."""
    newest = select(func.max(LabelRow.id)).group_by(LabelRow.verdict_id)
    rows = session.execute(
        select(VerdictRow.case_id, func.min(LabelRow.at))
        .join(LabelRow, LabelRow.verdict_id == VerdictRow.id)
        .join(CaseRow, CaseRow.id == VerdictRow.case_id)
        .where(LabelRow.id.in_(newest), LabelRow.label == "confirmed")
        .where(CaseRow.merged_into.is_(None))
        .group_by(VerdictRow.case_id)
    )
    return {case_id: since for case_id, since in rows if case_id is not None}


def _people(facts: Mapping[str, Any]) -> list[str]:
    names = facts.get("exonerees", {}).get("value") or []
    return [name for name in map(str, names) if len(name.split()) > 1]


def _places(facts: Mapping[str, Any]) -> list[str]:
    found = (facts.get(field, {}).get("value") for field in PLACES)
    return [place for place in found if isinstance(place, str) and place]
