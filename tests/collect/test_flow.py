"""From a feed's turn to its filed entries, over a real server and a real database."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.app import App
from monitor.collect import flow, store
from monitor.config import FeedConfig
from monitor.errors import WorkerLost
from monitor.pool import Pool
from monitor.tables import AliasRow, Base, EntryRow, FeedRow, GapRow
from tests.collect.documents import date, item, numbered, rss
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio

LONG = timedelta(days=2)


def rows(app: App, table: type[Base]) -> Sequence[Base]:
    return app.db.now(lambda session: session.scalars(select(table)).all())


def feeds(app: App) -> list[FeedRow]:
    return [row for row in rows(app, FeedRow) if isinstance(row, FeedRow)]


def entries(app: App) -> list[EntryRow]:
    return [row for row in rows(app, EntryRow) if isinstance(row, EntryRow)]


def settle(app: App) -> None:
    """Everything waiting is read."""

    def rest(session):
        for row in session.scalars(select(EntryRow)):
            row.due_at, row.fate = None, "judged_no"

    app.db.now(rest)


def sync(app: App, *urls: str) -> int:
    found = [FeedConfig(url=url) for url in urls]
    return app.db.now(store.sync_feeds, found, app.now())


async def poll(app: App) -> int:
    """Work on everything that is due; return how many entries are to be read."""
    filed = 0
    while feed := app.db.now(flow.claim, app.now()):
        filed += await flow.work(app, feed)
    return filed


async def poll_later(app: App, clock: Clock) -> int:
    clock.now += LONG
    return await poll(app)


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


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "renumbered"},
        {"guid": ""},
        {"link": "https://paper.example/new-slug/1"},
        {"link": "http://www.paper.example/story/1/?utm_source=rss&amp;fbclid=x#comments"},
        {"pubDate": date(START + timedelta(hours=5))},
        {"pubDate": ""},
    ],
    ids=["guid", "no-guid", "slug", "tracking", "date", "no-date"],
)
async def test_an_article_is_one_entry_whatever_changes_around_it(
    app: App, site: Site, clock: Clock, change: dict[str, str]
) -> None:
    sync(app, site.serve("/feed", rss(item(1)), rss(item(1, **change)), rss(item(1))))
    await poll(app)
    assert await poll_later(app, clock) == 0
    assert await poll_later(app, clock) == 0
    assert len(entries(app)) == 1


async def test_both_names_of_an_entry_are_learnt(app: App, site: Site, clock: Clock) -> None:
    other = "https://paper.example/other"
    documents = [
        rss(item(1)),
        rss(item(1, link=other)),
        rss(item(1, link=other, guid="new")),
        rss(item(1, link="https://paper.example/third", guid="new")),
    ]
    sync(app, site.serve("/feed", *documents))
    for _ in documents:
        await poll_later(app, clock)
    assert len(entries(app)) == 1
    assert len(rows(app, AliasRow)) == 5


@pytest.mark.parametrize("change", [{"title": "Judge frees man"}, {"description": "Now cleared."}])
async def test_changed_words_are_read_and_judged_again(
    app: App, site: Site, clock: Clock, change: dict[str, str]
) -> None:
    sync(app, site.serve("/feed", rss(item(1)), rss(item(1, **change)), rss(item(1, **change))))
    await poll(app)
    settle(app)
    assert await poll_later(app, clock) == 1
    (story,) = entries(app)
    assert story.due_at == clock()
    assert story.revisions == 1
    assert set(change.values()) <= {story.title, story.summary}
    settle(app)
    assert await poll_later(app, clock) == 0


async def test_words_that_change_every_time_are_read_again_twenty_times(
    app: App, site: Site, clock: Clock
) -> None:
    documents = [rss(item(1, description=f"{number} comments")) for number in range(30)]
    sync(app, site.serve("/feed", *documents))
    assert sum([await poll_later(app, clock) for _ in documents]) == 21


async def test_a_changed_picture_address_is_no_change(app: App, site: Site, clock: Clock) -> None:
    sync(
        app,
        site.serve("/feed", *(rss(item(1, description=f"&lt;img src='{n}'&gt; x")) for n in "ab")),
    )
    await poll(app)
    assert await poll_later(app, clock) == 0


async def test_one_story_listed_twice_under_two_headlines_does_not_flap(
    app: App, site: Site, clock: Clock
) -> None:
    twice = rss(item(1), item(1, title="Another headline"))
    sync(app, site.serve("/feed", twice + "<!-- 1 -->", twice + "<!-- 2 22 -->", twice))
    assert await poll(app) == 1
    assert await poll_later(app, clock) == 0


async def test_different_stories_under_one_guid_stay_apart(app: App, site: Site) -> None:
    sync(
        app, site.serve("/feed", rss(*(item(n, guid="https://paper.example/") for n in (1, 2, 3))))
    )
    assert await poll(app) == 3


async def test_different_stories_under_one_link_stay_apart(app: App, site: Site) -> None:
    sync(
        app, site.serve("/feed", rss(*(item(n, link="https://paper.example/") for n in (1, 2, 3))))
    )
    assert await poll(app) == 3


async def test_an_entry_with_neither_guid_nor_link_is_known_by_its_words(
    app: App, site: Site, clock: Clock
) -> None:
    bare = {"guid": "", "link": ""}
    first, second = rss(item(1, **bare)), rss(item(2, **bare), item(1, **bare))
    sync(app, site.serve("/feed", first, second))
    assert await poll(app) == 1
    assert await poll_later(app, clock) == 1


# ------------------------------------------------------------- known already


async def test_at_first_what_is_older_than_a_week_alerts_nobody(app: App, site: Site) -> None:
    old = date(START - timedelta(days=8))
    sync(app, site.serve("/feed", rss(item(1), item(2, pubDate=old), item(3, pubDate=""))))
    assert await poll(app) == 3
    assert {row.guid: row.learned for row in entries(app)} == {
        "id-1": False,
        "id-2": True,
        "id-3": False,
    }


async def test_a_run_that_learns_marks_everything_as_known(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", numbered(1, 2)))
    await poll(replace(app, learn=True))
    assert all(row.learned for row in entries(app))


async def test_a_learned_story_with_a_new_headline_is_news(
    app: App, site: Site, clock: Clock
) -> None:
    old = date(START - timedelta(days=8))
    first, second = (rss(item(1, title=title, pubDate=old)) for title in ("Trial", "Man freed"))
    sync(app, site.serve("/feed", first, second))
    await poll(app)
    await poll_later(app, clock)
    assert not entries(app)[0].learned


async def test_a_date_in_the_future_is_no_date(app: App, site: Site) -> None:
    soon, far = (date(START + timedelta(hours=hours)) for hours in (2, 30))
    sync(app, site.serve("/feed", rss(item(1, pubDate=soon), item(2, pubDate=far))))
    await poll(app)
    assert {row.guid: row.published_at is None for row in entries(app)} == {
        "id-1": False,
        "id-2": True,
    }


# ------------------------------------------------------------- conditional


async def test_the_second_request_is_conditional_and_a_304_files_nothing(
    app: App, site: Site, clock: Clock
) -> None:
    modified = "Sun, 01 Mar 2026 07:00:00 GMT"
    sync(app, site.serve("/feed", numbered(1), etag='W/"1"', last_modified=modified))
    await poll(app)
    assert "if-none-match" not in site.requests[0].headers
    assert await poll_later(app, clock) == 0
    assert site.requests[1].headers["if-none-match"] == 'W/"1"'
    assert site.requests[1].headers["if-modified-since"] == modified
    assert app.tally["feeds.not_modified"] == 1
    assert feeds(app)[0].ok_at == clock()


async def test_an_equal_body_is_not_parsed_again_but_its_validators_are_kept(
    app: App, site: Site, clock: Clock
) -> None:
    body = numbered(1).encode()
    first, second = (Reply(body=body, headers={"etag": f'"{n}"'}) for n in (1, 2))
    sync(app, site.serve("/feed", first, second))
    await poll(app)
    await poll_later(app, clock)
    assert app.tally["feeds.unchanged"] == 1
    assert feeds(app)[0].etag == '"2"'


async def test_a_new_build_date_alone_is_no_change(app: App, site: Site, clock: Clock) -> None:
    documents = [
        rss(item(1), head=f"<lastBuildDate>{date(START + timedelta(hours=n))}</lastBuildDate>")
        + f"<!-- made in 0.{n} s -->"
        for n in (1, 2)
    ]
    sync(app, site.serve("/feed", *documents))
    await poll(app)
    await poll_later(app, clock)
    assert app.tally["feeds.unchanged"] == 1


async def test_a_200_without_validator_clears_the_old_one(
    app: App, site: Site, clock: Clock
) -> None:
    sync(
        app,
        site.serve("/feed", Reply(body=numbered(1).encode(), headers={"etag": "1"}), numbered(2)),
    )
    await poll(app)
    assert feeds(app)[0].etag == "1"
    await poll_later(app, clock)
    assert feeds(app)[0].etag is None


@pytest.mark.parametrize("body", [b"<html>log in</html>", b"", b"<rss"])
async def test_validators_of_a_document_that_could_not_be_read_are_not_kept(
    app: App, site: Site, clock: Clock, body: bytes
) -> None:
    bad = Reply(body=body, headers={"etag": '"bad"'})
    good = Reply(body=numbered(1).encode(), headers={"etag": '"good"'})
    sync(app, site.serve("/feed", good, bad, good))
    await poll(app)
    await poll_later(app, clock)
    (feed,) = feeds(app)
    assert (feed.etag, feed.failures) == ('"good"', 1)
    await poll_later(app, clock)
    assert feeds(app)[0].failures == 0


async def test_validators_belong_to_the_address_that_gave_them(
    app: App, site: Site, clock: Clock
) -> None:
    there, elsewhere = (Reply(status=302, headers={"location": path}) for path in ("/a", "/b"))
    sync(app, site.serve("/feed", there, there, elsewhere))
    for path in ("/a", "/b"):
        site.serve(path, numbered(1), etag='"same"')
    await poll(app)
    await poll_later(app, clock)
    await poll_later(app, clock)
    assert [r.headers.get("if-none-match") for r in site.asked("/a")] == [None, '"same"']
    assert [r.headers.get("if-none-match") for r in site.asked("/b")] == [None]


# ----------------------------------------------------------------- trouble


async def test_a_failed_feed_says_why_and_is_tried_again(
    app: App, site: Site, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    url = site.serve("/feed", Reply(status=500), Reply(status=500), numbered(1))
    sync(app, url)
    caplog.set_level(logging.INFO, "monitor.collect")
    await poll(app)
    (feed,) = feeds(app)
    assert (feed.reason, feed.failures, feed.attempts) == ("http_500", 1, 0)
    assert url in feed.detail
    assert feed.due_at is not None
    assert caplog.records[0].fields["url"] == url
    await poll_later(app, clock)
    assert feeds(app)[0].failures == 2
    assert await poll_later(app, clock) == 1
    assert (feeds(app)[0].reason, feeds(app)[0].failures) == ("", 0)


async def test_a_server_that_asks_for_time_gets_it(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", Reply(status=503, headers={"retry-after": "7200"})))
    await poll(app)
    due_at = feeds(app)[0].due_at
    assert due_at is not None
    assert due_at >= START + timedelta(hours=2)


async def test_a_host_that_is_asked_too_often_is_left_alone_by_all_its_feeds(
    app: App, site: Site, clock: Clock
) -> None:
    strained = site.serve("/a", Reply(status=429, headers={"retry-after": "7200"}))
    sync(app, strained, site.serve("/b", numbered(1)), "http://10.0.0.1/c")
    await poll(app)
    assert [request.path for request in site.requests] == ["/a"]
    clock.pass_(hours=1, minutes=59)
    await poll(app)
    assert len(site.requests) == 1
    clock.pass_(minutes=1)
    assert await poll(app) == 1
    clock.pass_(minutes=2)
    await poll(app)
    assert [request.path for request in site.requests] == ["/a", "/b", "/a"]


async def test_a_feed_that_is_gone_is_left_alone_until_resumed(
    app: App, site: Site, clock: Clock
) -> None:
    url = site.serve("/feed", Reply(status=410))
    sync(app, url)
    await poll(app)
    assert [(feed.state, feed.due_at) for feed in feeds(app)] == [("gone", None)]
    sync(app, url)
    await poll_later(app, clock)
    assert len(site.requests) == 1
    assert app.db.now(store.set_state, url, "active", clock()) == url
    await poll(app)
    assert len(site.requests) == 2


async def test_one_bad_feed_never_touches_another(app: App, site: Site) -> None:
    sync(
        app,
        site.url("/missing"),
        site.serve("/html", "<!DOCTYPE html><title>x</title>"),
        site.serve("/reset", Reply(raw=b"")),
        "http://10.0.0.1/feed",
        site.serve("/json", "{"),
        site.serve("/good", numbered(1)),
    )
    assert await poll(app) == 1
    assert {feed.reason for feed in feeds(app)} == {
        "http_404",
        "html",
        "bad_answer",
        "forbidden_network",
        "json",
        "",
    }
    assert app.tally["feeds.failed"] == 5


class Dying(Pool):
    """A pool whose worker dies so many times, of other work."""

    def __init__(self, deaths: int) -> None:
        super().__init__()
        self.deaths = deaths

    async def run(self, function, *args):
        if self.deaths:
            self.deaths -= 1
            raise WorkerLost("the worker process died", reason="worker_died")
        return function(*args)


@pytest.mark.parametrize(("deaths", "reason"), [(1, ""), (2, "worker_died")])
async def test_a_feed_is_not_blamed_for_a_worker_that_another_killed(
    app: App, site: Site, deaths: int, reason: str
) -> None:
    sync(app, site.serve("/feed", numbered(1)))
    await poll(replace(app, pool=Dying(deaths)))
    assert feeds(app)[0].reason == reason


async def test_a_feed_that_kills_its_process_is_pushed_away(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", numbered(1)))
    for _ in range(4):
        feed = app.db.now(flow.claim, app.now())
        due_at = feeds(app)[0].due_at
        assert feed is not None
        assert due_at is not None
        clock.now = due_at
    assert due_at - START > timedelta(hours=1)


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


async def test_a_very_long_feed_is_filed_in_pieces(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.entries, "MOST_NEW", 4)
    sync(app, site.serve("/feed", numbered(*range(10)), etag='"1"'))
    assert await poll(app) == 10
    assert len(site.requests) == 3
    assert feeds(app)[0].etag == '"1"'


# ---------------------------------------------------------------- sitemaps

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
    assert feeds(app)[0].reason == "http_404"
