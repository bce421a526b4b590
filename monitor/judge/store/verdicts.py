"""Verdicts as rows and as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text

from monitor.db import Session
from monitor.records import Fact, Verdict
from monitor.tables import VerdictRow

LAST = select(VerdictRow).where(
    VerdictRow.article_id == bindparam("article"), VerdictRow.beat == bindparam("beat")
)
LOCK = 0x6D6F6E  # any constant; with the beat's name it makes the advisory lock


def lock_beat(session: Session, beat: str) -> None:
    """Let nobody else decide about this beat until the transaction ends.

    SQLite has one writer anyway; on PostgreSQL two articles of one event filed at once would
    otherwise open two cases.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:room, hashtext(:beat))")
        session.execute(lock, {"room": LOCK, "beat": beat})


def put_verdict(session: Session, article_id: int, verdict: Verdict, now: datetime) -> int:
    """Store a verdict in place of the last one; return its id."""
    row = session.scalars(LAST, {"article": article_id, "beat": verdict.beat}).one_or_none()
    if row is None:
        row = VerdictRow(article_id=article_id, beat=verdict.beat)
        session.add(row)
    for name, value in columns(verdict, now).items():
        setattr(row, name, value)
    session.flush()
    return row.id


def columns(verdict: Verdict, now: datetime) -> dict[str, Any]:
    """A verdict as it is kept."""
    return {
        "version": verdict.version,
        "score": verdict.score,
        "threshold": verdict.threshold,
        "hit": verdict.hit,
        "stage": verdict.stage.value,
        "body": as_json(verdict),
        "judged_at": now,
    }


def as_json(verdict: Verdict) -> dict[str, Any]:
    """What is kept of a verdict beside its columns."""
    return {
        "sentence": verdict.sentence,
        "stage_sentence": verdict.stage_sentence,
        "signals": [asdict(signal) for signal in verdict.signals],
        "entities": [asdict(entity) for entity in verdict.entities],
        "facts": facts_json(verdict.facts),
        "near_misses": [asdict(miss) for miss in verdict.near_misses],
    }


def facts_json(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Facts as they are kept; `also` only where outlets disagree."""
    return {
        name: {key: value for key, value in asdict(fact).items() if key != "also" or value}
        for name, fact in facts.items()
    }


def as_fact(data: Mapping[str, Any]) -> Fact:
    """Read a fact back from JSON, where tuples have become lists."""
    known = {key: data[key] for key in Fact.__dataclass_fields__ if key in data}
    value = known.get("value")
    known["also"] = tuple(known.get("also", ()))
    return Fact(**{**known, "value": tuple(value) if isinstance(value, list) else value})
