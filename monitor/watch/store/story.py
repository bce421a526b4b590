"""The test story's SQL: put it on its way, see how far it came, take its traces away."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from monitor.tables import (
    AlertRow,
    AliasRow,
    ArticleRow,
    DeliveryRow,
    EntryRow,
    FeedRow,
    GapRow,
    StateRow,
    VerdictRow,
)
from monitor.watch.canary import KEY, Journey
from monitor.web import canary as site

READ = ("page", "json_ld")
"""How an article was read if its page was; by its headline it comes through without."""
EARLIER = f"http://{site.HOST}/%"


def load(session: Session) -> Journey | None:
    """Read how far the story of the day has come."""
    row = session.get(StateRow, KEY)
    if row is None:
        return None
    stamp = str(row.value["stamp"])
    done = row.value.get("done")
    journey = Journey(
        stamp=stamp,
        begun=datetime.fromisoformat(row.value["begun"]),
        done=datetime.fromisoformat(done) if done else None,
        alarmed=bool(row.value.get("alarmed")),
    )
    return journey if journey.done is not None else _seen(session, journey)


def _seen(session: Session, journey: Journey) -> Journey:
    link = site.story_url(journey.stamp)
    entry = session.scalars(select(EntryRow.id).where(EntryRow.link == link)).first()
    article = session.scalars(select(ArticleRow).where(ArticleRow.url == link)).first()
    sent = select(DeliveryRow).join(AlertRow, AlertRow.id == DeliveryRow.alert_id)
    rows = session.scalars(sent.where(AlertRow.key == site.message_key(link))).all()
    return replace(
        journey,
        entry=entry is not None,
        article=article is not None and article.read_as in READ,
        judged=article is not None and article.judged_at is not None,
        told=bool(rows),
        missing=tuple(dict.fromkeys(row.channel for row in rows if row.sent_at is None)),
    )


def begin(
    session: Session, stamp: str, late_after: datetime, now: datetime, *, alarmed: bool = False
) -> None:
    """Put a story on its way: the feed that lists it is due now.

    The feed counts as removed, so that no list and no figure knows of it.
    """
    forget(session)
    feed = FeedRow(
        url=site.feed_url(stamp), name=KEY, state="removed", configured=False, added_at=now
    )
    feed.due_at = now
    session.add(feed)
    save(session, Journey(stamp=stamp, begun=now, alarmed=alarmed), late_after, now)


def save(session: Session, journey: Journey, late_after: datetime, now: datetime) -> None:
    """Keep what cannot be seen elsewhere, and when whoever looks must worry."""
    row = session.get(StateRow, KEY)
    if row is None:
        row = StateRow(key=KEY, value={}, updated_at=now)
        session.add(row)
    row.value = {
        "stamp": journey.stamp,
        "begun": journey.begun.isoformat(),
        "done": journey.done.isoformat() if journey.done else None,
        "late_after": late_after.isoformat(),
        "alarmed": journey.alarmed,
    }
    row.updated_at = now
    session.flush()


def stop(session: Session) -> None:
    """End it all: nobody wants a test story any more."""
    row = session.get(StateRow, KEY)
    if row is not None:
        forget(session)
        session.delete(row)
        session.flush()


def forget(session: Session) -> None:
    """Take the traces of every test story away; its messages stay in the log."""
    feeds = select(FeedRow.id).where(FeedRow.url.like(EARLIER))
    entries = select(EntryRow.id).where(EntryRow.feed_id.in_(feeds))
    articles = select(ArticleRow.id).where(ArticleRow.url.like(EARLIER))
    session.execute(delete(AliasRow).where(AliasRow.entry_id.in_(entries)))
    session.execute(delete(EntryRow).where(EntryRow.feed_id.in_(feeds)))
    session.execute(delete(VerdictRow).where(VerdictRow.article_id.in_(articles)))
    session.execute(delete(ArticleRow).where(ArticleRow.url.like(EARLIER)))
    session.execute(delete(GapRow).where(GapRow.feed_id.in_(feeds)))
    session.execute(delete(FeedRow).where(FeedRow.url.like(EARLIER)))
    session.flush()
