"""Hits are read again after their story: what changed is a version, what went is said."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from monitor.read import again
from monitor.records import REREAD
from monitor.tables import ArticleRow, RereadRow, VersionRow
from tests.read.conftest import Room
from tests.read.pages import PARAGRAPHS, TITLE, page
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio
MORE = (*PARAGRAPHS[:1], PARAGRAPHS[1].replace("47", "49"), *PARAGRAPHS[2:])


async def hit(room: Room, url: str) -> None:
    """Read an article, and let it be one that was found to be a hit."""
    room.add(url)
    await room.read()
    room.change(ArticleRow, 1, due_at=None)

    def plan(session: Session) -> None:
        session.add(RereadRow(article_id=1, due_at=room.clock() + REREAD[0]))

    room.app.db.now(plan)


async def reread(room: Room) -> int:
    due = 0
    while item := await room.app.db.run(again.claim, room.clock()):
        due += await again.work(room.app, item)
    return due


def versions(room: Room) -> list[VersionRow]:
    return room.app.db.now(lambda session: session.query(VersionRow).order_by("id").all())


def turn(room: Room) -> RereadRow:
    return room.app.db.now(lambda session: session.query(RereadRow).one())


async def test_a_hit_is_read_again_at_its_hours_and_days(room: Room, site: Site) -> None:
    await hit(room, site.serve("/renner", page()))
    start, seen = room.clock(), []
    while due_at := turn(room).due_at:
        seen.append(due_at - start)
        room.clock.now = due_at
        await reread(room)
    assert seen == [
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(days=1),
        timedelta(days=3),
        timedelta(days=14),
    ]
    assert len(site.asked("/renner")) == 6
    assert versions(room) == []


async def test_the_server_is_asked_only_for_what_changed(room: Room, site: Site) -> None:
    dated = {"Last-Modified": "Mon, 02 Mar 2026 07:00:00 GMT", "ETag": '"1"'}
    await hit(room, site.serve("/renner", Reply(body=page().encode(), headers=dated)))
    room.clock.pass_(hours=1)
    assert await reread(room) == 0
    asked = site.asked("/renner")[-1].headers
    assert asked["if-none-match"] == '"1"'
    assert asked["if-modified-since"] == dated["Last-Modified"]
    assert room.articles()[0].due_at is None


async def test_a_changed_page_is_judged_again_and_its_old_text_is_kept(
    room: Room, site: Site
) -> None:
    await hit(room, site.serve("/renner", page(), page(paragraphs=MORE)))
    room.clock.pass_(hours=1)
    assert await reread(room) == 1
    [article], [version] = room.articles(), versions(room)
    assert "now 49" in article.text
    assert article.due_at == room.clock()
    assert (version.kind, version.changed, version.title) == ("edited", "text", TITLE)
    assert "now 47" in version.text


async def test_a_page_that_is_missing_twice_is_gone_and_keeps_its_text(
    room: Room, site: Site
) -> None:
    await hit(room, site.serve("/renner", page(), Reply(status=404)))
    room.clock.pass_(hours=1)
    assert await reread(room) == 0
    room.clock.pass_(hours=1)
    assert await reread(room) == 1
    [version] = versions(room)
    assert version.kind == "gone"
    assert "404" in version.changed
    assert room.articles()[0].text == "\n\n".join(PARAGRAPHS)
    room.clock.pass_(hours=4)
    assert await reread(room) == 0
    assert len(versions(room)) == 1


async def test_a_page_that_comes_back_was_not_gone(room: Room, site: Site) -> None:
    await hit(room, site.serve("/renner", page(), Reply(status=404), page(), Reply(status=404)))
    for _ in range(3):
        room.clock.pass_(hours=1)
        room.clock.now = max(room.clock(), turn(room).due_at or room.clock())
        await reread(room)
    assert versions(room) == []
    assert turn(room).missing == 1


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_wall_is_no_change_and_the_host_is_left_in_peace(
    room: Room, site: Site, status: int
) -> None:
    await hit(room, site.serve("/renner", page(), Reply(status=status)))
    room.clock.pass_(hours=1)
    assert await reread(room) == 0
    assert versions(room) == []
    due_at = turn(room).due_at
    assert due_at is not None
    assert due_at >= room.clock() + timedelta(hours=1)


async def test_a_page_that_keeps_failing_waits_for_its_next_turn(room: Room, site: Site) -> None:
    await hit(room, site.serve("/renner", page(), Reply(status=500)))
    start = room.clock()
    for _ in range(3):
        room.clock.now = turn(room).due_at or room.clock()
        await reread(room)
    assert turn(room).due_at == start + timedelta(hours=6)


async def test_robots_txt_is_heard_for_a_second_reading_too(room: Room, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nAllow: /\n", "User-agent: *\nDisallow: /\n")
    await hit(room, site.serve("/renner", page()))
    room.clock.pass_(hours=25)
    await reread(room)
    assert len(site.asked("/renner")) == 1


async def test_a_wall_that_goes_up_later_takes_nothing_away(room: Room, site: Site) -> None:
    teaser = page(paragraphs=(PARAGRAPHS[0], "Subscribe to continue reading."))
    await hit(room, site.serve("/renner", page(), teaser))
    room.clock.pass_(hours=1)
    await reread(room)
    assert room.articles()[0].text == "\n\n".join(PARAGRAPHS)


async def test_a_headline_that_the_feed_changes_makes_a_version_too(room: Room, site: Site) -> None:
    url = site.serve("/renner", page(), page(title="Judge clears man after 21 years in prison"))
    entry_id = room.add(url)
    await room.read()
    from monitor.tables import EntryRow

    room.change(EntryRow, entry_id, due_at=room.clock(), title="After 21 years")
    assert await room.read() == 1
    [version] = versions(room)
    assert (version.changed, version.title) == ("title", TITLE)


async def test_a_page_that_takes_the_place_of_its_headline_is_no_version(
    room: Room, site: Site
) -> None:
    room.add(site.serve("/renner", Reply(status=503), page()))
    await room.read()
    room.clock.pass_(minutes=2)
    await room.read()
    assert room.articles()[0].read_as == "page"
    assert versions(room) == []
