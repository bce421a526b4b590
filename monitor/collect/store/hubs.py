"""What the collecting room knows of a feed's hub: named, trusted, or behind; and its pushes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import db
from monitor.collect.store.turns import feed_of
from monitor.records import Feed, Fetched
from monitor.tables import FeedRow, HubRow, PushRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A document that a hub has pushed, as claimed."""

    id: int
    feed: Feed
    fetched: Fetched
    attempts: int


def know_hub(session: Session, feed: Feed, hub: str, topic: str, now: datetime) -> None:
    """Keep which hub a feed names; a new one is asked at once, one no longer named is let go."""
    row = session.scalars(select(HubRow).where(HubRow.feed_id == feed.id)).first()
    if row is None and hub:
        secrets = {"token": token_urlsafe(24), "secret": token_urlsafe(32)}
        row = HubRow(feed_id=feed.id, url=hub, topic=topic, due_at=now, **secrets)
        session.add(row)
    elif row is not None and hub and (row.url, row.topic) != (hub, topic):
        row.url, row.topic, row.secret = hub, topic, token_urlsafe(32)
        row.state, row.until, row.due_at, row.missed = "new", None, now, False


def pushed_by_hub(session: Session, feed: Feed, now: datetime, *, new: int) -> bool:
    """Whether a hub pushes what this feed says, so that polls are only to be safe.

    Not any more if this poll found something `new`: the hub had not pushed it.
    """
    row = session.scalars(select(HubRow).where(HubRow.feed_id == feed.id)).first()
    if row is None or row.state != "verified" or row.until is None or row.until <= now:
        return False
    row.missed = row.missed or bool(new)
    return not row.missed


def claim_push(session: Session, now: datetime) -> Push | None:
    """Take the push that has waited longest; what keeps killing its reader is dropped."""
    for row in db.claim(session, PushRow, now):
        feed = session.get_one(FeedRow, row.feed_id)
        fetched = Fetched(
            url=feed.url, status=200, body=row.body, headers={"content-type": row.content_type}
        )
        return Push(id=row.id, feed=feed_of(feed), fetched=fetched, attempts=row.attempts)
    return None


def pace_of(session: Session, feed_id: int) -> dict[str, Any]:
    """What is kept of a feed's ways."""
    return dict(session.get_one(FeedRow, feed_id).pace)


def heard(
    session: Session,
    feed: Feed,
    learnt: Mapping[str, Any],
    now: datetime,
    *,
    new: int,
    poll_at: datetime,
) -> None:
    """A hub told what the feed says: its next poll can wait, unless it is in trouble."""
    row = session.get_one(FeedRow, feed.id)
    row.pace = {**row.pace, **learnt}
    row.new_at = now if new else row.new_at
    if row.due_at is not None and not row.failures:
        row.due_at = max(row.due_at, poll_at)


def drop_push(session: Session, number: int) -> None:
    """It was read, or cannot be."""
    if (row := session.get(PushRow, number)) is not None:
        session.delete(row)
