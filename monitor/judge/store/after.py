"""After the story: what was judged before, and whose page is to be read again."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from monitor.db import Session
from monitor.judge.following import FOLLOW, Match, Watch
from monitor.judge.store.verdicts import as_fact
from monitor.records import REREAD, Article, Stage, Verdict, Version
from monitor.tables import (
    AlertRow,
    CaseRow,
    FollowUpRow,
    RereadRow,
    VerdictRow,
    VersionRow,
    WatchRow,
)
from monitor.web.canary import ours

READ = ("page", "json_ld")
VERSIONS = (
    select(VersionRow)
    .where(
        VersionRow.article_id.in_(bindparam("articles", expanding=True)),
        VersionRow.judged.is_(False),
    )
    .order_by(VersionRow.id)
)
WATCHES = (
    select(WatchRow)
    .join(CaseRow, CaseRow.id == WatchRow.case_id)
    .where(CaseRow.beat == bindparam("beat"), WatchRow.expires_at > bindparam("now"))
    .order_by(WatchRow.id.desc())
)


def versions(session: Session, articles: Sequence[int]) -> dict[int, tuple[Version, ...]]:
    """What articles said before, as far as that was not weighed yet; the oldest first."""
    found: dict[int, tuple[Version, ...]] = {}
    for r in session.scalars(VERSIONS, {"articles": articles}):
        one = Version(id=r.id, kind=r.kind, title=r.title, text=r.text, changed=r.changed)
        found[r.article_id] = (*found.get(r.article_id, ()), one)
    return found


def weighed(session: Session, found: Iterable[Version]) -> None:
    """Versions are weighed once."""
    ids = [version.id for version in found]
    if ids:
        mine = update(VersionRow).where(VersionRow.id.in_(ids))
        session.execute(mine.values(judged=True))


def last_verdict(session: Session, article_id: int, beat: str) -> tuple[Verdict, int] | None:
    """How a beat judged an article before, and the case that it is in; None where it is in none."""
    row = session.scalars(
        select(VerdictRow).where(VerdictRow.article_id == article_id, VerdictRow.beat == beat)
    ).one_or_none()
    if row is None or not row.hit or row.case_id is None:
        return None
    verdict = Verdict(
        beat=row.beat,
        version=row.version,
        score=row.score,
        threshold=row.threshold,
        stage=Stage(row.stage),
        stage_sentence=row.body.get("stage_sentence", ""),
        sentence=row.body.get("sentence", ""),
        facts={name: as_fact(fact) for name, fact in row.body.get("facts", {}).items()},
    )
    return verdict, row.case_id


def read_again(
    session: Session, article_id: int, article: Article, first_seen_at: datetime, now: datetime
) -> None:
    """Let the page of a hit be read again in its time; one that was never read is not."""
    late = first_seen_at + REREAD[-1] <= now
    if late or article.read_as not in READ or ours(article.url):
        return
    if not article.url.startswith(("http://", "https://")):
        return
    known = select(RereadRow.id).where(RereadRow.article_id == article_id)
    if session.scalars(known).first() is None:
        due_at = first_seen_at + REREAD[0]
        session.add(RereadRow(article_id=article_id, due_at=due_at))
        session.flush()


def watches(session: Session, beat: str, now: datetime) -> tuple[Watch, ...]:
    """The cases of a beat that are watched now, the newest first."""
    rows = session.scalars(WATCHES, {"beat": beat, "now": now})
    return tuple(
        Watch(case_id=row.case_id, people=tuple(row.people), places=tuple(row.places))
        for row in rows
    )


def put_follow_up(session: Session, verdict_id: int, found: Match, now: datetime) -> None:
    """Keep what followed on a case, once for each article."""
    row = session.get(FollowUpRow, verdict_id)
    if row is None:
        row = FollowUpRow(verdict_id=verdict_id, at=now)
        session.add(row)
    row.case_id, row.stage, row.why = found.case_id, found.topic, found.why
    row.sentence = found.sentence
    session.flush()


def topics_told(session: Session, case_id: int) -> frozenset[str]:
    """The topics on which people were told what followed on a case."""
    begin = f"case-{case_id}-updated-{FOLLOW}-"
    keys = session.scalars(select(AlertRow.key).where(AlertRow.key.startswith(begin)))
    return frozenset(key.removeprefix(begin) for key in keys)
