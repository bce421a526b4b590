"""What may be a hit is kept as it was served, byte for byte, with its hash."""

import hashlib
import zlib

import pytest

from monitor.read import again, flow
from monitor.records import REREAD
from monitor.tables import ArticleRow, PageRow, RereadRow
from tests.read.conftest import Room
from tests.read.pages import PARAGRAPHS, page
from tests.world import Site

pytestmark = pytest.mark.anyio


async def read(room: Room, word: str) -> None:
    """Read all that is due; articles with the word are promising."""
    while pending := await room.app.db.run(flow.claim, room.clock()):
        await flow.work(room.app, pending, promising=lambda text: word in text.lower())


def pages(room: Room) -> list[PageRow]:
    return room.app.db.now(lambda session: session.query(PageRow).order_by("id").all())


async def test_the_page_of_a_promising_article_is_kept_as_served(room: Room, site: Site) -> None:
    url = site.serve("/renner", html := page(head="<meta name=odd content='\u00e9'>"))
    room.add(url)
    await read(room, "conviction")
    [kept] = pages(room)
    assert zlib.decompress(kept.body) == html.encode()
    assert kept.sha256 == hashlib.sha256(html.encode()).hexdigest()
    assert (kept.url, kept.article_id, kept.at) == (url, room.articles()[0].id, room.clock())


async def test_of_any_other_article_no_page_is_kept(room: Room, site: Site) -> None:
    room.add(site.serve("/renner", page()))
    await read(room, "zebra")
    assert len(room.articles()) == 1
    assert pages(room) == []


async def test_a_page_that_changed_is_kept_beside_what_it_was(room: Room, site: Site) -> None:
    room.add(site.serve("/renner", page()))
    await read(room, "conviction")
    room.change(ArticleRow, 1, due_at=None)
    due_at = room.clock() + REREAD[0]
    room.app.db.now(lambda session: session.add(RereadRow(article_id=1, due_at=due_at)))
    room.clock.now = due_at
    changed = (*PARAGRAPHS[:1], PARAGRAPHS[1].replace("47", "49"), *PARAGRAPHS[2:])
    site.serve("/renner", page(paragraphs=changed))
    while item := await room.app.db.run(again.claim, room.clock()):
        await again.work(room.app, item)
    first, second = pages(room)
    assert first.article_id == second.article_id
    assert first.sha256 != second.sha256
