"""What a newsroom published and what arrived → what was lost, doubled, repeated."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.demo.newsroom import Newsroom
from monitor.tables import DeliveryRow, EntryRow, FeedRow

OPENED = "opened"
UNREAD = ("waiting", "retrying", "blocked", "gone", "headline_only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One message as its receiver knows it: where, under which id, of which case, as what news."""

    channel: str
    id: str
    case: str
    news: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`lost` and `doubled` in words, one for each; `repeated`: the same id again, as promised."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    repeated: int
    told: int


def inquest(room: Newsroom, outbox: Iterable[DeliveryRow], unread: Iterable[str]) -> Found:
    """Compare what should have been heard of with what was."""
    heard = [*_mails(room), *_posts(room)]
    expected = {story.case for site in room.sites for story in site.stories if story.case}
    opened = {(one.channel, one.case) for one in heard if one.news == OPENED}
    untold = {(c, case) for c in ("desk", "hook") for case in expected} - opened
    arrived = {(one.channel, one.id) for one in heard}
    lost = [f"{case} was never opened at {channel}" for channel, case in sorted(untold)]
    lost += [
        f"{row.key} ({row.state}: {row.detail}) never arrived"
        for row in outbox
        if (row.channel, row.key) not in arrived and not _held(row)
    ]
    lost += [f"{what} was never read" for what in unread]
    return Found(
        lost=tuple(lost),
        doubled=tuple(_doubled(heard)),
        repeated=len(heard) - len(arrived),
        told=len(arrived),
    )


def _held(row: DeliveryRow) -> bool:
    """Small news waits an hour, until after the newsroom has closed."""
    return row.state == "pending" and row.attempts == 0


def evidence(session: Session) -> tuple[list[DeliveryRow], list[str]]:
    """The outbox, and the feeds and pages that were not read: every one of them can be."""
    feeds = session.scalars(select(FeedRow).where(FeedRow.ok_at.is_(None)))
    entries = session.scalars(select(EntryRow).where(EntryRow.fate.in_(UNREAD)))
    unread = [f"feed {feed.name} ({feed.state}: {feed.detail})" for feed in feeds]
    unread += [f"page {entry.link} ({entry.fate}: {entry.detail})" for entry in entries]
    return list(session.scalars(select(DeliveryRow))), unread


def _doubled(heard: Iterable[Heard]) -> Iterator[str]:
    """The same news of the same case, to the same people, under more than one id."""
    ids: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in heard:
        ids[one.channel, one.case, one.news].add(one.id)
    for (channel, case, news), different in ids.items():
        for number in range(1, len(different)):
            yield f"{channel} heard of {case} ({news}) under another id ({number})"


def _mails(room: Newsroom) -> Iterator[Heard]:
    for mail in room.mails:
        message = mail.message
        text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        news = message["Subject"] if message["In-Reply-To"] else OPENED
        own = str(message["Message-ID"]).strip("<>").partition("@")[0]
        yield Heard(channel="desk", id=own, case=_case(room, text), news=str(news))


def _posts(room: Newsroom) -> Iterator[Heard]:
    for post in room.posts:
        body: Any = post.data
        first = body["type"] == "case.opened"
        news = OPENED if first else body["data"]["reason"]
        case = _case(room, body["data"]["hit"].get("url", ""))
        yield Heard(channel="hook", id=post.id, case=case, news=news)


def _case(room: Newsroom, text: str) -> str:
    """The case of the story whose address stands in the text."""
    for site in room.sites:
        for story in site.stories:
            if site.url(story) in text:
                return story.case or story.slug
    return "no story of ours"


def wanting(kills: Counter[str], kinds: Iterable[str], least: int) -> list[str]:
    """The kinds of step at which fewer than `least` have died."""
    return [kind for kind in kinds if kills[kind] < least]
