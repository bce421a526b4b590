"""The judging room's SQL: articles in; verdicts, cases and the outbox out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from monitor import db
from monitor.judge.decide import Told
from monitor.records import (
    Alert,
    Article,
    Case,
    Fact,
    Fate,
    Joined,
    PendingArticle,
    Stage,
    Verdict,
)
from monitor.tables import (
    AlertRow,
    ArticleRow,
    CaseRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    VerdictRow,
)

TEXTS_PER_CASE = 12
KEPT = (Fate.DUPLICATE, Fate.BLOCKED, Fate.GONE, Fate.RETRYING, Fate.HEADLINE_ONLY)
LOCK = 0x6D6F6E  # any constant; with the beat's name it makes the advisory lock


def claim_article(session: Session, now: datetime) -> PendingArticle | None:
    """Take the article that has waited longest to be judged."""
    for row in db.claim(session, ArticleRow, now):
        return PendingArticle(
            id=row.id,
            article=as_article(row),
            first_seen_at=row.first_seen_at,
            attempts=row.attempts,
            quiet=row.quiet or row.hush,
        )
    return None


def as_article(row: ArticleRow) -> Article:
    """Turn a row into the record the rooms know."""
    return Article(
        url=row.url,
        canonical_url=row.canonical_url,
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        authors=tuple(row.authors),
        published_at=row.published_at,
        modified_at=row.modified_at,
        language=row.language,
        read_as=row.read_as,  # type: ignore[arg-type]  # only read.store writes it
        truncated=row.truncated,
        paywalled=row.paywalled,
    )


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
    row = session.scalars(
        select(VerdictRow).where(
            VerdictRow.article_id == article_id, VerdictRow.beat == verdict.beat
        )
    ).one_or_none()
    if row is None:
        row = VerdictRow(article_id=article_id, beat=verdict.beat)
        session.add(row)
    row.version, row.score, row.threshold = verdict.version, verdict.score, verdict.threshold
    row.hit, row.stage, row.judged_at = verdict.hit, verdict.stage.value, now
    row.body = as_json(verdict)
    session.flush()
    return row.id


def as_json(verdict: Verdict) -> dict[str, Any]:
    """What is kept of a verdict beside its columns."""
    return {
        "sentence": verdict.sentence,
        "stage_sentence": verdict.stage_sentence,
        "signals": [asdict(signal) for signal in verdict.signals],
        "entities": [asdict(entity) for entity in verdict.entities],
        "facts": {name: asdict(fact) for name, fact in verdict.facts.items()},
        "near_misses": [asdict(miss) for miss in verdict.near_misses],
    }


def recent_cases(session: Session, beat: str, since: datetime) -> list[Case]:
    """The beat's cases seen since then, the newest first, with the texts that tell them."""
    rows = session.scalars(
        select(CaseRow)
        .where(CaseRow.beat == beat, CaseRow.last_seen_at >= since, CaseRow.merged_into.is_(None))
        .order_by(CaseRow.last_seen_at.desc(), CaseRow.id)
    ).all()
    told: dict[int, list[tuple[str, str]]] = {row.id: [] for row in rows}
    texts = (
        select(VerdictRow.case_id, ArticleRow.text, ArticleRow.outlet)
        .join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
        .where(VerdictRow.case_id.in_(told), VerdictRow.hit)
        .order_by(VerdictRow.id.desc())
    )
    for case_id, body, outlet in session.execute(texts):
        if case_id is not None:
            told[case_id].append((body, outlet))
    return [_case(row, told[row.id]) for row in rows]


def _case(row: CaseRow, told: Sequence[tuple[str, str]]) -> Case:
    return Case(
        id=row.id,
        beat=row.beat,
        title=row.title,
        stage=Stage(row.stage),
        facts={name: as_fact(fact) for name, fact in row.facts.items()},
        opened_at=row.opened_at,
        last_seen_at=row.last_seen_at,
        texts=tuple(body for body, _ in told[:TEXTS_PER_CASE]),
        outlets=tuple(dict.fromkeys(outlet for _, outlet in told)),
    )


def as_fact(data: Mapping[str, Any]) -> Fact:
    """Read a fact back from JSON, where tuples have become lists."""
    known = {key: data[key] for key in Fact.__dataclass_fields__ if key in data}
    value = known.get("value")
    return Fact(**{**known, "value": tuple(value) if isinstance(value, list) else value})


def add_case(session: Session, beat: str, title: str, stage: Stage, now: datetime) -> Case:
    """Open a case."""
    row = CaseRow(
        beat=beat,
        title=title,
        stage=stage.value,
        facts={},
        opened_at=now,
        updated_at=now,
        last_seen_at=now,
    )
    session.add(row)
    session.flush()
    return _case(row, [])


def join_case(session: Session, case: Case, verdict_id: int, joined: Joined, now: datetime) -> None:
    """Put a hit into its case, with what the case knows now."""
    session.execute(
        update(VerdictRow)
        .where(VerdictRow.id == verdict_id)
        .values(case_id=case.id, joined=joined.why, is_copy=joined.copy)
    )
    session.execute(
        update(CaseRow)
        .where(CaseRow.id == case.id)
        .values(
            stage=case.stage.value,
            facts={name: asdict(fact) for name, fact in case.facts.items()},
            updated_at=now,
            last_seen_at=now,
        )
    )


def case_of(session: Session, verdict_id: int) -> int | None:
    """The case a hit is in already, if it was judged before."""
    return session.scalars(select(VerdictRow.case_id).where(VerdictRow.id == verdict_id)).one()


def joined(session: Session, verdict_id: int, case_id: int | None) -> Joined:
    """How a hit came into its case when it was judged before."""
    why, copy = session.execute(
        select(VerdictRow.joined, VerdictRow.is_copy).where(VerdictRow.id == verdict_id)
    ).one()
    return Joined(case_id=case_id, why=why, copy=copy)


def told(session: Session, case_id: int) -> dict[str, Told]:
    """What each channel has been told of a case."""
    rows = session.execute(
        select(DeliveryRow.channel, AlertRow.snapshot)
        .join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
        .where(AlertRow.case_id == case_id)
    ).all()
    known: dict[str, Told] = {}
    for channel, snapshot in rows:
        before = known.get(channel, Told(channel=channel))
        people = snapshot["case"]["facts"].get("exonerees", {}).get("value") or []
        known[channel] = Told(
            channel=channel,
            stages=before.stages | {Stage(snapshot["hit"]["stage"])},
            people=before.people | {str(name).casefold() for name in people},
        )
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What an alert takes with it into the outbox."""

    case_id: int
    verdict_id: int
    snapshot: dict[str, Any]
    recipients: Mapping[str, Iterable[str]]
    now: datetime
    deadline: datetime


def add_alert(session: Session, alert: Alert, out: Outgoing) -> None:
    """Put an alert, and one delivery for each recipient, into the outbox; once per key."""
    if session.scalars(select(AlertRow.id).where(AlertRow.key == alert.key)).first():
        return
    row = AlertRow(
        key=alert.key,
        kind=alert.kind.value,
        beat=alert.beat,
        case_id=out.case_id,
        verdict_id=out.verdict_id,
        reason=alert.reason,
        snapshot=out.snapshot,
        created_at=out.now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        DeliveryRow(
            alert_id=row.id,
            channel=channel,
            recipient=recipient,
            key=f"a{row.id}-{channel}-{number}",
            created_at=out.now,
            deadline=out.deadline,
            due_at=out.now,
        )
        for channel in alert.channels
        for number, recipient in enumerate(out.recipients[channel])
    )


def finish_article(
    session: Session, pending: PendingArticle, fate: Fate, why: str, now: datetime
) -> None:
    """Close the judgement: the article rests, and its entries know their fate.

    If its text changed meanwhile (its attempts are counted anew then), its next turn stands.
    """
    article_id = pending.id
    mine = update(ArticleRow).where(ArticleRow.id == article_id)
    session.execute(mine.values(judged_at=now))
    held = mine.where(ArticleRow.attempts == pending.attempts)
    rest = {"due_at": None, "attempts": 0, "hush": False, "reason": "", "detail": ""}
    session.execute(held.values(**rest))
    entries = update(EntryRow).where(
        EntryRow.article_id == article_id, EntryRow.fate != Fate.DUPLICATE.value
    )
    if fate is Fate.JUDGED_NO:
        entries = entries.where(EntryRow.fate.not_in([kept.value for kept in KEPT]))
    session.execute(entries.values(fate=fate.value, reason=fate.value, detail=why))


def give_up(session: Session, article_id: int, why: str) -> None:
    """Stop judging an article that kills its judge."""
    session.execute(
        update(ArticleRow)
        .where(ArticleRow.id == article_id)
        .values(due_at=None, reason="judge_failed", detail=why)
    )


def sighting(session: Session, article_id: int) -> dict[str, str]:
    """The feed that saw an article first."""
    row = session.execute(
        select(FeedRow.name, FeedRow.url)
        .join(EntryRow, EntryRow.feed_id == FeedRow.id)
        .where(EntryRow.article_id == article_id)
        .order_by(EntryRow.id)
    ).first()
    return {"name": row[0], "url": row[1]} if row else {"name": "", "url": ""}


def case_outlets(session: Session, case_id: int) -> list[dict[str, str]]:
    """Every outlet that told a case, in the order they were seen; copies are marked."""
    rows = session.execute(
        select(ArticleRow.outlet, ArticleRow.url, VerdictRow.is_copy)
        .join(VerdictRow, VerdictRow.article_id == ArticleRow.id)
        .where(VerdictRow.case_id == case_id, VerdictRow.hit)
        .order_by(VerdictRow.id)
    )
    return [{"outlet": o, "url": u, "copy": "yes" if c else ""} for o, u, c in rows]
