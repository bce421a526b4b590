"""Times in which a feed may have dropped entries unseen, and what was found of them elsewhere."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from monitor.collect.store.entries import Filed, known_aliases, put_entries
from monitor.records import Feed, ParsedFeed
from monitor.tables import FeedRow, GapRow

AGAIN = timedelta(days=7)  # until a site without a news sitemap is asked for one again
EARLIER = timedelta(hours=1)  # a story is listed some time after its date


def keep_gap(session: Session, feed: Feed, now: datetime) -> None:
    """Nothing of what the feed shows was known: entries since the last poll may be missing."""
    if feed.ok_at is not None:
        session.add(GapRow(feed_id=feed.id, since=feed.ok_at, until=now))


def sitemap_of(session: Session, feed_id: int, now: datetime) -> str | None:
    """The news sitemap that is known of a feed's site; nothing if it has none, None if unknown."""
    kept = session.get_one(FeedRow, feed_id).pace.get("sitemap")
    if not kept or (not kept["url"] and now - datetime.fromisoformat(kept["at"]) > AGAIN):
        return None
    return str(kept["url"])


def fill_gap(
    session: Session, feed: Feed, sitemap: str, parsed: ParsedFeed | None, now: datetime
) -> Filed:
    """Keep what a sitemap lists of the time since the last poll and the feed never showed."""
    row = session.get_one(FeedRow, feed.id)
    row.pace = {**row.pace, "sitemap": {"url": sitemap, "at": now.isoformat()}}
    if parsed is None or feed.ok_at is None:
        return Filed()
    known = known_aliases(session, feed.id, parsed)
    missed = tuple(
        entry
        for entry in parsed.entries
        if entry.published_at is not None
        and feed.ok_at - EARLIER <= entry.published_at <= now
        and ("link", entry.canonical_link) not in known
    )
    found = replace(parsed, entries=missed)
    filed = put_entries(session, feed.id, found, now, learn=False, first=False)
    gap = session.query(GapRow).filter_by(feed_id=feed.id).order_by(GapRow.id.desc()).first()
    if gap is not None:
        gap.found, gap.source = filed.new, sitemap
    return filed
