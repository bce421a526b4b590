"""What a feed's server says for good, and how hosts are shared: behaviours 28 to 38."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor import cycle
from monitor.app import App, open_app
from monitor.collect import flow, store
from monitor.config import Config, FeedConfig, Http
from monitor.tables import IncidentRow
from monitor.web import Web
from tests.collect.documents import numbered
from tests.collect.polling import entries, feed, feeds, poll, poll_after, sync, wait_of
from tests.world import Clock, Reply, Site, open_site

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


def moved(to: str, status: int = 301) -> Reply:
    return Reply(status=status, headers={"location": to})


# ----------------------------------------------------------------- 28 moves


@pytest.mark.parametrize("status", [301, 308])
async def test_b28_an_address_changes_after_three_answers_that_agree_over_a_day(
    app: App, site: Site, clock: Clock, status: int
) -> None:
    new = site.serve("/new", numbered(1), etag='"1"')
    old = site.serve("/old", moved("/new", status))
    sync(app, old)
    for _ in range(3):
        await poll(app)
        assert len(site.asked("/old")) <= 3
        clock.pass_(hours=13)
    await poll(app)
    assert (len(site.asked("/old")), len(site.asked("/new"))) == (3, 4)
    kept = feed(app)
    assert (kept.url, kept.moved["now"]) == (old, new)
    assert [(move["from"], move["to"]) for move in kept.moved["log"]] == [(old, new)]
    assert site.requests[-1].headers["if-none-match"] == '"1"'
    assert len(entries(app)) == 1


@pytest.mark.parametrize("hours", [13])
async def test_b28_a_server_that_changes_its_mind_is_not_believed(
    app: App, site: Site, clock: Clock, hours: int
) -> None:
    site.serve("/new", numbered(1))
    site.serve("/newer", numbered(1))
    turns = [moved("/new"), moved("/newer"), moved("/new"), numbered(1), moved("/new")]
    sync(app, site.serve("/old", *turns))
    for _ in range(6):
        await poll(app)
        clock.pass_(hours=hours)
    assert len(site.asked("/old")) == 6
    assert "now" not in feed(app).moved


async def test_b28_many_answers_within_a_day_do_not_do(app: App, site: Site, clock: Clock) -> None:
    site.serve("/new", numbered(1))
    url = site.serve("/old", moved("/new"))
    sync(app, url)
    for _ in range(6):
        app.db.now(store.choose_feeds, [url], everything=False, now=clock())
        await poll(app)
        clock.pass_(hours=2)
    assert len(site.asked("/old")) == 6


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_b28_what_is_not_for_good_never_changes_an_address(
    app: App, site: Site, clock: Clock, status: int
) -> None:
    site.serve("/new", numbered(1))
    sync(app, site.serve("/old", moved("/new", status)))
    for _ in range(5):
        await poll(app)
        clock.pass_(hours=13)
    assert len(site.asked("/old")) == 5


async def test_b28_an_address_that_dies_gives_way_to_the_configured_one(
    app: App, site: Site, clock: Clock
) -> None:
    site.serve("/new", *[numbered(1)] * 4, Reply(status=410))
    url = site.serve("/old", *[moved("/new")] * 3, numbered(2))
    sync(app, url)
    for _ in range(3):
        await poll(app)
        clock.pass_(hours=13)
    for _ in range(8):
        await poll(app)
        clock.pass_(hours=30)
    assert feed(app).state == "active"
    assert feed(app).reason == ""
    assert [move["to"] for move in feed(app).moved["log"]] == [site.url("/new"), ""]
    assert len(entries(app)) == 2


# ------------------------------------------------------- 30, 31 what is wrong


async def test_b30_gone_stops_and_is_told(
    app: App, site: Site, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "monitor.collect")
    sync(app, site.serve("/feed", Reply(status=410)))
    await poll(app)
    await poll_after(app, clock, days=40)
    assert (len(site.requests), feed(app).state) == (1, "gone")
    assert caplog.records[0].getMessage() == "feed gone"


async def test_b30_not_found_backs_off_and_comes_back(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", *[Reply(status=404)] * 20, numbered(1)))
    for _ in range(20):
        await poll(app)
        clock.now += wait_of(app)
    assert await poll(app) == 1
    assert feed(app).failures == 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!doctype html><html><body>Hello</body></html>", "html"),
        ("<html><form action=/login><input type=password></form></html>", "html"),
        ("", "empty"),
    ],
    ids=["html", "login", "empty"],
)
async def test_b31_what_is_no_feed_is_an_error_and_not_no_news(
    app: App, site: Site, clock: Clock, body: str, reason: str
) -> None:
    good = Reply(body=numbered(1).encode(), headers={"etag": '"1"'})
    bad = Reply(body=body.encode(), headers={"etag": '"bad"'})
    sync(app, site.serve("/feed", good, bad, good))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert (feed(app).reason, feed(app).failures, feed(app).etag) == (reason, 1, '"1"')


# ----------------------------------------------------------- 32 to 34 hosts


@pytest.fixture
async def polite(app: App, clock: Clock) -> AsyncIterator[App]:
    """The same, with a gap between two requests to one host."""
    http = Http(allow_networks=("127.0.0.0/8",), host_gap=timedelta(seconds=5))
    web = Web(http, clock)
    yield replace(app, web=web)
    await web.close()


async def test_b32_b33_feeds_of_one_host_are_asked_a_gap_apart(
    polite: App, site: Site, clock: Clock
) -> None:
    sync(polite, *(site.serve(f"/{n}", numbered(n)) for n in range(4)))
    asked = []
    for _ in range(30):
        before = len(site.requests)
        await poll(polite)
        asked += [clock()] * (len(site.requests) - before)
        clock.pass_(seconds=1)
    assert len(asked) == 4
    assert all(later - earlier >= timedelta(seconds=5) for earlier, later in pairwise(asked))


async def test_b32_a_feed_that_waits_for_its_host_is_given_back_at_once(
    polite: App, site: Site, clock: Clock
) -> None:
    with open_site() as other:
        sync(polite, site.serve("/a", numbered(1)), site.serve("/b", numbered(2)))
        sync_more(polite, other.serve("/c", numbered(3)))
        assert await poll(polite) == 2
        assert [request.path for request in other.requests] == ["/c"]
    waiting = feeds(polite)[1]
    assert (waiting.attempts, waiting.failures, waiting.reason) == (0, 0, "")
    assert waiting.due_at == clock() + timedelta(seconds=5)


def sync_more(app: App, url: str) -> None:
    app.db.now(store.add_feeds, [FeedConfig(url=url)], app.now())


async def test_b33_feeds_and_articles_share_one_gate(polite: App, site: Site, clock: Clock) -> None:
    from monitor.read import flow as read

    sync(polite, site.serve("/feed", numbered(1).replace("https://paper.example", site.url(""))))
    assert await poll(polite) == 1
    clock.pass_(seconds=1)
    pending = polite.db.now(read.claim, clock())
    assert pending is not None
    assert await read.work(polite, pending) == 0
    assert not site.asked("/story/1")
    (entry,) = entries(polite)
    assert entry.attempts == 0
    assert entry.due_at == clock() + timedelta(seconds=4)


async def test_b34_one_feed_named_twice_is_asked_once(app: App, site: Site) -> None:
    url = site.serve("/feed", numbered(1))
    sync(app, url, url)
    sync_more(app, url)
    await poll(app)
    assert len(site.requests) == 1


# -------------------------------------------------------------- 36 robots.txt


async def test_b36_a_feed_a_person_subscribed_to_is_exempt(app: App, site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /")
    sync(app, site.serve("/feed", numbered(1)))
    assert await poll(app) == 1
    assert not site.asked("/robots.txt")


# ------------------------------------------------- everything failed at once


DEAD = [f"http://127.0.0.{n}:9/feed" for n in range(2, 7)]


def incidents(app: App) -> list[IncidentRow]:
    return list(app.db.now(lambda session: session.scalars(select(IncidentRow)).all()))


async def test_when_everything_fails_at_once_no_feed_is_blamed(
    app: App, site: Site, clock: Clock
) -> None:
    urls = [*DEAD, site.serve("/feed", numbered(1))]
    sync(app, *DEAD)
    await poll(app)
    assert {(row.failures, row.reason) for row in feeds(app)} == {(0, "connect")}
    assert app.tally["feeds.failed"] == 5
    assert app.tally["outage"] == 1
    assert [row.closed_at for row in incidents(app)] == [None]
    for _ in range(5):
        await poll_after(app, clock, minutes=6)
    assert all(wait_of(app, n) <= timedelta(minutes=6) for n in range(5))
    assert len(incidents(app)) == 1
    sync(app, *urls)
    assert await poll(app) == 1
    assert incidents(app)[0].closed_at == clock()


async def test_a_feed_that_fails_while_others_answer_is_to_blame(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, *(site.serve(f"/{n}", numbered(n)) for n in range(4)), *DEAD[:3])
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert incidents(app) == []
    assert sorted(row.failures for row in feeds(app)) == [0, 0, 0, 0, 2, 2, 2]


async def test_an_answer_that_is_an_error_shows_that_the_line_is_up(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", Reply(status=500)), *DEAD)
    await poll(app)
    assert incidents(app) == []
    assert {row.failures for row in feeds(app)} == {1}


async def test_two_hosts_that_fail_together_prove_nothing(app: App) -> None:
    sync(app, *DEAD[:2])
    await poll(app)
    assert {row.failures for row in feeds(app)} == {1}


async def test_a_claimed_feed_can_be_given_back(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", numbered(1)))
    claimed = app.db.now(flow.claim, clock())
    assert claimed is not None
    app.db.now(store.put_off, claimed, clock() + HOUR)
    assert (wait_of(app), feed(app).attempts) == (HOUR, 0)


async def test_b32_one_run_waits_for_turns_that_come_soon(
    sqlite_url: str, tmp_path: Path, site: Site
) -> None:
    """The host's clock runs here: a gap is waited for, and nothing is left for the next run."""
    settings = {"allow_networks": ["127.0.0.0/8"], "host_gap": "1200ms"}
    config = Config.model_validate({"folder": tmp_path, "database": sqlite_url, "http": settings})
    async with open_app(config) as running:
        sync(running, *(site.serve(f"/{n}", numbered(n)) for n in range(2)))
        await cycle.run_once(running, cycle.ROOMS[:1])
    assert sorted(request.path for request in site.requests) == ["/0", "/1"]
