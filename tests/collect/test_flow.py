"""From a feed's turn to its filed entries, over a real server and a real database."""

import logging

import pytest

from monitor.app import App
from monitor.collect import flow, store
from monitor.collect.filing import put_piece
from monitor.collect.parse import parse_feed
from monitor.tables import GapRow
from tests.collect.documents import item, numbered, rss
from tests.collect.polling import entries, feed, poll, poll_later, rows, sync
from tests.world import START, Clock, Site

pytestmark = pytest.mark.anyio


async def test_a_feed_becomes_entries_waiting_to_be_read(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", numbered(1, 2)))
    assert await poll(app) == 2
    story = min(entries(app), key=lambda row: row.guid)
    assert (story.guid, story.link) == ("id-1", "https://paper.example/story/1")
    assert (story.title, story.summary) == ("Story 1", "What happened in story 1.")
    assert (story.fate, story.due_at, story.published_at) == ("waiting", START, START)
    assert story.first_seen_at == START
    assert not story.learned
    assert app.tally == {"feeds.polled": 1, "entries.seen": 2, "entries.new": 2}


async def test_a_feed_has_its_turn_again_and_not_before(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", numbered(1, 2)))
    await poll(app)
    clock.pass_(minutes=4)
    assert await poll(app) == 0
    assert len(site.requests) == 1
    await poll_later(app, clock)
    assert len(site.requests) == 2


async def test_what_is_known_is_not_filed_again(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", numbered(1, 2), numbered(1, 2, 3)))
    await poll(app)
    assert await poll_later(app, clock) == 1
    assert [row.guid for row in sorted(entries(app), key=lambda r: r.guid)] == [
        "id-1",
        "id-2",
        "id-3",
    ]


async def test_a_very_long_feed_is_filed_in_pieces_and_whole(
    app: App, site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.entries, "MOST", 4)
    document = rss(*(item(n) for n in range(10)), item(3, title="Story 3, told again"))
    sync(app, site.serve("/feed", document, document + "<!-- 2 -->", etag='"1"'))
    assert await poll(app) == 10
    assert len(site.requests) == 1
    assert feed(app).etag == '"1"'
    newest_last = [row.guid for row in entries(app)]
    assert newest_last == [f"id-{number}" for number in reversed(range(10))]
    site.serve("/feed", document + "<!-- 2 -->")
    assert await poll_later(app, clock) == 0, "what is listed twice does not flap"


async def test_what_a_killed_process_had_filed_of_a_long_feed_is_not_filed_again(
    app: App, site: Site, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.entries, "MOST", 4)
    sync(app, site.serve("/feed", numbered(*range(10)), etag='"1"'))
    claimed = app.db.now(flow.claim, app.now())
    assert claimed is not None
    parsed = parse_feed(await app.web.get(claimed.url))
    first, *_ = store.pieces(parsed)
    app.db.now(put_piece, claimed, first, app.now(), learn=False)
    assert (len(entries(app)), feed(app).etag) == (2, None)
    assert await poll_later(app, clock) == 8
    assert feed(app).etag == '"1"'


NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{link}</loc><news:news>'
    "<news:title>{title}</news:title></news:news></url></urlset>"
)


async def test_an_index_of_sitemaps_is_followed_one_level(
    app: App, site: Site, clock: Clock
) -> None:
    one = site.serve("/one.xml", NEWS.format(link="https://paper.example/1", title="One"))
    two = site.serve("/two-news.xml", NEWS.format(link="https://paper.example/2", title="Two"))
    children = "".join(f"<sitemap><loc>{u}</loc></sitemap>" for u in (one, two, site.url("/no")))
    index = f'<sitemapindex xmlns="x">{children}</sitemapindex>'
    sync(app, site.serve("/index.xml", index, etag='"1"'))
    assert await poll(app) == 2
    assert {row.title for row in entries(app)} == {"One", "Two"}
    site.serve("/one.xml", NEWS.format(link="https://paper.example/3", title="Three"))
    assert await poll_later(app, clock) == 1


async def test_an_index_of_which_nothing_can_be_had_is_a_failure(app: App, site: Site) -> None:
    children = f"<sitemap><loc>{site.url('/no')}</loc></sitemap>"
    sync(app, site.serve("/index.xml", f"<sitemapindex>{children}</sitemapindex>"))
    await poll(app)
    assert feed(app).reason == "http_404"


async def test_a_rolling_feed_of_which_nothing_was_known_is_a_gap(
    app: App, site: Site, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "monitor.collect")
    sync(app, site.serve("/feed", numbered(1, 2, 3), numbered(3, 4, 5), numbered(7, 8, 9)))
    await poll(app)
    await poll_later(app, clock)
    assert rows(app, GapRow) == []
    seen = clock()
    await poll_later(app, clock)
    (gap,) = rows(app, GapRow)
    assert (gap.since, gap.until) == (seen, clock())
    assert "may be missing" in caplog.text
