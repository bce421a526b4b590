import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.addresses import canonical
from monitor.pool import Pool
from monitor.read import trouble
from monitor.records import Fate
from monitor.tables import ArticleRow, EntryRow
from tests.read.conftest import Room
from tests.read.pages import PARAGRAPHS, TITLE, page
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio


async def test_a_page_becomes_an_article_that_is_to_be_judged(room: Room, site: Site) -> None:
    entry_id = room.add(site.serve("/renner", page()))
    assert await room.read() == 1
    [article] = room.articles()
    assert article.title == TITLE
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.read_as, article.language, article.outlet) == ("page", "en", "The Harbour Post")
    assert article.due_at == room.clock()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.due_at, entry.article_id) == (Fate.WAITING, None, article.id)


async def test_a_second_sighting_is_a_duplicate_and_keeps_its_link(room: Room, site: Site) -> None:
    head = f'<link rel="canonical" href="{site.url("/renner")}">'
    first = room.add(site.serve("/renner", page(head=head)))
    second = room.add(site.serve("/other/renner", page(head=head)), feed="https://feed.example/2")
    assert await room.read() == 1
    [article] = room.articles()
    assert room.entry(first).fate == Fate.WAITING
    assert room.entry(second).fate == Fate.DUPLICATE
    assert room.entry(second).article_id == article.id


async def test_a_changed_text_is_judged_again(room: Room, site: Site) -> None:
    more = (*PARAGRAPHS, "On Wednesday the county apologised and promised to pay for his rent.")
    url = site.serve("/renner", page(), page(paragraphs=more))
    room.add(url)
    await room.read()
    room.change(ArticleRow, 1, due_at=None)
    room.add(url, feed="https://feed.example/2")
    assert await room.read() == 1
    [article] = room.articles()
    assert article.text.endswith("pay for his rent.")
    assert article.due_at == room.clock()


async def test_an_entry_the_feed_changed_is_read_and_judged_again(room: Room, site: Site) -> None:
    entry_id = room.add(site.serve("/renner", page()))
    await room.read()
    room.change(ArticleRow, 1, due_at=None)
    room.change(EntryRow, entry_id, due_at=room.clock(), title="Cleared after 19 years")
    assert await room.read() == 1
    assert room.entry(entry_id).fate == Fate.WAITING


async def test_a_blocked_page_is_judged_by_its_headline_at_once(room: Room, site: Site) -> None:
    link = site.serve("/renner", Reply(status=403))
    entry_id = room.add(link, title="Judge clears Renner", summary="<p>After <b>19</b> years.</p>")
    assert await room.read() == 1
    [article] = room.articles()
    assert (article.title, article.text) == ("Judge clears Renner", "After 19 years.")
    assert article.read_as == "headline"
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.BLOCKED, "http_403")
    assert entry.due_at == room.clock() + timedelta(minutes=2)


async def test_the_page_takes_the_place_of_its_headline_when_it_comes_back(
    room: Room, site: Site
) -> None:
    head = f'<link rel="canonical" href="{site.url("/2026/renner")}">'
    entry_id = room.add(site.serve("/renner", Reply(status=503), page(head=head)))
    await room.read()
    assert room.entry(entry_id).fate == Fate.RETRYING
    [article] = room.articles()
    assert (article.read_as, article.reason) == ("headline", "http_503")
    room.change(ArticleRow, 1, due_at=None)
    room.clock.pass_(minutes=2)
    assert await room.read() == 1
    [article] = room.articles()
    assert (article.read_as, article.title) == ("page", TITLE)
    assert (article.reason, article.detail) == ("", "")
    assert article.canonical_url == canonical(site.url("/2026/renner"))
    assert room.entry(entry_id).fate == Fate.WAITING


async def test_the_feeds_own_text_is_read_where_the_page_fails(room: Room, site: Site) -> None:
    told = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    room.add(site.serve("/renner", Reply(status=500)), content=told)
    await room.read()
    [article] = room.articles()
    assert article.read_as == "feed"
    assert article.text == "\n\n".join(PARAGRAPHS * 2)


async def test_an_entry_without_a_link_is_judged_by_what_the_feed_says(room: Room) -> None:
    entry_id = room.add("", guid="tag:feed.example,2026:1", summary="A man was freed on Tuesday.")
    assert await room.read() == 1
    [article] = room.articles()
    assert article.text == "A man was freed on Tuesday."
    assert article.canonical_url
    assert room.entry(entry_id).fate == Fate.WAITING


async def test_entries_without_links_stay_apart(room: Room) -> None:
    room.add("", guid="1", summary="A man was freed on Tuesday.")
    room.add("", guid="2", summary="A ferry was late on Tuesday.")
    assert await room.read() == 2
    assert len(room.articles()) == 2


@pytest.mark.parametrize(
    ("status", "fate"), [(404, Fate.GONE), (403, Fate.BLOCKED), (500, Fate.HEADLINE_ONLY)]
)
async def test_after_the_last_try_the_fate_says_why(
    room: Room, site: Site, status: int, fate: Fate
) -> None:
    entry_id = room.add(site.serve("/renner", Reply(status=status)))
    for _ in range(trouble.MAX_ATTEMPTS + 2):
        await room.read()
        room.clock.pass_(days=4)
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason, entry.due_at) == (fate, f"http_{status}", None)
    assert len(site.asked("/renner")) == trouble.MAX_ATTEMPTS


async def test_a_site_that_asks_to_wait_is_given_its_time(room: Room, site: Site) -> None:
    reply = Reply(status=429, headers={"Retry-After": "1800"})
    entry_id = room.add(site.serve("/renner", reply))
    await room.read()
    assert room.entry(entry_id).due_at == room.clock() + timedelta(minutes=30)


async def test_a_headline_that_alerted_keeps_its_fate_while_its_page_fails(
    room: Room, site: Site
) -> None:
    entry_id = room.add(site.serve("/renner", Reply(status=403)))
    await room.read()
    room.change(EntryRow, entry_id, fate=Fate.ALERTED.value)
    room.clock.pass_(minutes=2)
    await room.read()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.ALERTED, "http_403")
    assert entry.due_at == room.clock() + timedelta(minutes=10)


async def test_a_failing_page_is_not_judged_again_and_again(room: Room, site: Site) -> None:
    room.add(site.serve("/renner", Reply(status=403)))
    assert await room.read() == 1
    room.clock.pass_(minutes=2)
    assert await room.read() == 0


async def test_a_page_read_once_is_not_lost_to_a_later_wall(room: Room, site: Site) -> None:
    head = f'<link rel="canonical" href="{site.url("/2026/renner")}">'
    entry_id = room.add(site.serve("/renner", page(head=head), Reply(status=403)))
    await room.read()
    room.change(EntryRow, entry_id, due_at=room.clock(), title="Another headline")
    await room.read()
    [article] = room.articles()
    assert (article.read_as, article.title) == ("page", TITLE)


async def test_what_a_new_feed_brings_along_is_quiet_until_another_feed_reports_it(
    room: Room, site: Site
) -> None:
    url = site.serve("/renner", page())
    room.add(url, learned=True)
    await room.read()
    assert room.articles()[0].quiet
    room.add(url, feed="https://feed.example/2")
    assert await room.read() == 1
    assert not room.articles()[0].quiet


async def test_a_challenge_page_is_named_and_never_taken_for_the_article(
    room: Room, site: Site
) -> None:
    wall = page(title="Just a moment...", paragraphs=("Checking your browser. " * 12,))
    entry_id = room.add(site.serve("/renner", wall))
    await room.read()
    assert (room.entry(entry_id).fate, room.entry(entry_id).reason) == (Fate.BLOCKED, "challenge")
    assert room.articles()[0].read_as == "headline"


async def test_a_forbidden_network_is_said_once_and_not_tried_again(room: Room) -> None:
    entry_id = room.add("http://10.0.0.1/renner")
    await room.read()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.HEADLINE_ONLY, "forbidden_network")
    assert entry.due_at is None
    assert "10.0.0.1" in entry.detail


async def test_an_entry_the_feed_changes_while_it_is_read_keeps_its_turn(
    room: Room, site: Site
) -> None:
    from monitor.read import flow

    entry_id = room.add(site.serve("/renner", page()))
    pending = await room.app.db.run(flow.claim, room.clock())
    assert pending is not None
    room.change(EntryRow, entry_id, due_at=room.clock(), attempts=0)
    await flow.work(room.app, pending)
    assert room.entry(entry_id).due_at == room.clock()


async def test_a_page_that_hangs_its_reader_is_judged_by_its_headline_and_tried_again(
    room: Room, site: Site
) -> None:
    entry_id = room.add(site.serve("/renner", page()))
    impatient = Pool(workers=1, timeout=0)
    room.app = replace(room.app, pool=impatient)
    assert await room.read() == 1
    impatient.close()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.RETRYING, "too_slow")
    assert room.articles()[0].title == "A headline from the feed"


async def test_an_entry_whose_readers_die_is_given_up(room: Room, site: Site) -> None:
    entry_id = room.add(site.serve("/renner", page()), attempts=trouble.MAX_ATTEMPTS)
    await room.read()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.HEADLINE_ONLY, "worker_died")
    assert entry.due_at is None
    assert not site.requests


def test_the_flow_is_imported_without_the_heavy_libraries() -> None:
    code = (
        "import sys, monitor.read.flow; print({'lxml', 'trafilatura', 'httpx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


async def test_a_challenge_served_as_a_refusal_is_named(room: Room, site: Site) -> None:
    wall = Reply(status=403, body=b"<title>Just a moment...</title>")
    entry_id = room.add(site.serve("/story", wall))
    await room.read()
    assert (room.entry(entry_id).fate, room.entry(entry_id).reason) == ("blocked", "challenge")
