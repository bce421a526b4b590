"""Articles that are no hit and change nothing → rows, many in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete

from monitor import db
from monitor.db import Session
from monitor.judge.store.articles import PAGES, REST, TELL_NO
from monitor.judge.store.verdicts import columns
from monitor.records import Fate, PendingArticle, Verdict
from monitor.tables import VerdictRow

DROP = delete(PAGES).where(PAGES.c.article_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """An article judged for the first time, and why it is none that people hear of."""

    pending: PendingArticle
    verdicts: tuple[Verdict, ...]
    why: str


def finish_plain(session: Session, several: Sequence[Plain], now: datetime) -> None:
    """Store the verdicts, let go of the pages, let the articles rest, tell their entries."""
    verdicts = [
        columns(found, now) | {"article_id": one.pending.id, "beat": found.beat}
        for one in several
        for found in one.verdicts
    ]
    if verdicts:
        session.execute(db.insert_new(session, VerdictRow), verdicts)
    pendings = [one.pending for one in several]
    session.execute(DROP, {"ids": [pending.id for pending in pendings]})
    turns = [{"its_id": p.id, "claimed": p.attempts, "now": now} for p in pendings]
    session.execute(REST, turns)
    no = {"its_fate": Fate.JUDGED_NO.value}
    session.execute(TELL_NO, [{"its_id": o.pending.id, "its_detail": o.why, **no} for o in several])
