"""One document that a hub pushed → entries, at once: what a feed skips or is paced at is for polls.

claim ─ understand ─ file: entries, and the next poll put off
"""

from datetime import datetime

from monitor.app import App
from monitor.collect import store
from monitor.collect.filing import file_push
from monitor.collect.understand import understand
from monitor.db import Session
from monitor.errors import Permanent, Temporary
from monitor.log import Log
from monitor.records import ParsedFeed

log = Log("collect")


def claim(session: Session, now: datetime) -> store.Push | None:
    """Take the push that has waited longest."""
    return store.claim_push(session, now)


async def work(app: App, push: store.Push) -> int:
    """Read it, and file its entries; return how many are now to be read."""
    try:
        parsed = await understand(app, push.feed.name, push.fetched)
    except (Temporary, Permanent) as error:
        log.info("push dropped", feed=push.feed.name, reason=error.reason, problem=error)
        await app.db.run(give_up, push, app.now())
        return 0
    filed = await app.db.run(file, push, parsed, app.now(), learn=app.learn)
    app.tally["entries.seen"] += filed.seen
    app.tally["entries.new"] += filed.new
    log.info("pushed", feed=push.feed.name, seen=filed.seen, new=filed.new, changed=filed.changed)
    return filed.new + filed.changed


def file(
    session: Session, push: store.Push, parsed: ParsedFeed, now: datetime, *, learn: bool
) -> store.Filed:
    """Keep the entries and forget the push, in one transaction; polls can wait."""
    filed = file_push(session, push.feed, parsed, now, learn=learn)
    store.drop_push(session, push.id)
    return filed


def give_up(session: Session, push: store.Push, now: datetime) -> None:
    """What cannot be read may be had by a poll."""
    store.drop_push(session, push.id)
    store.put_off(session, push.feed, now)
