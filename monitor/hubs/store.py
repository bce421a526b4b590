"""The hubs' SQL: subscriptions and what was pushed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor import db
from monitor.tables import FeedRow, HubRow, PushRow

MOST_WAITING = 50  # pushes of one feed: more than nobody could read are dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription whose turn has come; `wanted`: its feed is still polled."""

    id: int
    url: str
    topic: str
    token: str
    secret: str
    attempts: int
    wanted: bool


def claim(session: Session, now: datetime) -> Subscription | None:
    """Take the subscription that is to be asked for, renewed or ended."""
    for row in db.claim(session, HubRow, now, furthest=timedelta(days=31)):
        feed = session.get_one(FeedRow, row.feed_id)
        return Subscription(
            id=row.id,
            url=row.url,
            topic=row.topic,
            token=row.token,
            secret=row.secret,
            attempts=row.attempts,
            wanted=feed.state == "active",
        )
    return None


def asked(session: Session, number: int, state: str, due_at: datetime | None, why: str) -> None:
    """Note what the hub said when it was asked; a lease that runs goes on."""
    row = session.get_one(HubRow, number)
    row.state = row.state if state == "asked" and row.state == "verified" else state
    row.due_at, row.detail = due_at, why
    if not why:
        row.attempts = 0


def of_token(session: Session, token: str) -> HubRow | None:
    """The subscription that a hub's call is about."""
    return session.scalars(select(HubRow).where(HubRow.token == token)).first()


def verified(row: HubRow, until: datetime, renew_at: datetime) -> None:
    """The hub pushes from now on, until then."""
    row.state, row.until, row.due_at = "verified", until, renew_at
    row.attempts, row.detail = 0, ""


def keep_push(session: Session, row: HubRow, body: bytes, kind: str, now: datetime) -> bool:
    """Keep what was pushed for the collecting room; false where too much waits already."""
    waiting = select(func.count()).where(PushRow.feed_id == row.feed_id)
    if session.execute(waiting).scalar_one() >= MOST_WAITING:
        return False
    row.missed = False
    push = PushRow(feed_id=row.feed_id, body=body, content_type=kind, received_at=now, due_at=now)
    session.add(push)
    return True
