"""`read: candidates`: what no beat could match is not extracted, and its fate says so."""

import pytest

from monitor.read import flow
from monitor.records import Fate
from tests.read.conftest import Room
from tests.read.pages import PARAGRAPHS, page
from tests.world import Site

pytestmark = pytest.mark.anyio
HARBOUR = (
    "The harbour board spent Monday evening on the price of moorings, which has not changed since"
    " the new pier was opened, and on the colour of the buoys along the northern channel."
)


async def read(room: Room, *words: str) -> None:
    """Read all that is due; only pages with one of the words are worth it."""
    while pending := await room.app.db.run(flow.claim, room.clock()):
        await flow.work(
            room.app, pending, worth=lambda seen: any(word in seen.lower() for word in words)
        )


async def test_a_page_without_the_words_is_judged_no_and_not_kept(room: Room, site: Site) -> None:
    url = site.serve("/moorings", page(title="Moorings", paragraphs=(HARBOUR,) * 25))
    entry_id = room.add(url)
    await read(room, "conviction")
    entry = room.entry(entry_id)
    assert (entry.fate, entry.due_at) == (Fate.JUDGED_NO, None)
    assert entry.detail.startswith("not extracted: ")
    assert room.articles() == []


async def test_a_page_with_the_words_is_read_as_ever(room: Room, site: Site) -> None:
    entry_id = room.add(site.serve("/renner", page(paragraphs=PARAGRAPHS * 8)))
    await read(room, "conviction")
    [article] = room.articles()
    assert article.due_at == room.clock()
    assert room.entry(entry_id).fate == Fate.WAITING


async def test_a_page_too_short_to_be_sure_of_is_read_whole(room: Room, site: Site) -> None:
    room.add(site.serve("/moorings", page(title="Moorings", paragraphs=(HARBOUR,))))
    await read(room, "conviction")
    assert len(room.articles()) == 1
