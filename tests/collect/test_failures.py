"""Why a feed failed, when it is tried again, and what that costs the others."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.app import App
from monitor.collect import flow, store
from monitor.errors import WorkerLost
from monitor.pool import Pool
from tests.collect.documents import numbered
from tests.collect.polling import feed, feeds, poll, poll_later, sync
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio


async def test_a_failed_feed_says_why_and_is_tried_again(
    app: App, site: Site, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    url = site.serve("/feed", Reply(status=500), Reply(status=500), numbered(1))
    sync(app, url)
    caplog.set_level(logging.INFO, "monitor.collect")
    await poll(app)
    found = feed(app)
    assert (found.reason, found.failures, found.attempts) == ("http_500", 1, 0)
    assert url in found.detail
    assert found.due_at is not None
    assert caplog.records[0].fields["url"] == url
    await poll_later(app, clock)
    assert feed(app).failures == 2
    assert await poll_later(app, clock) == 1
    assert (feed(app).reason, feed(app).failures) == ("", 0)


async def test_a_server_that_asks_for_time_gets_it(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", Reply(status=503, headers={"retry-after": "7200"})))
    await poll(app)
    due_at = feed(app).due_at
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
    assert [(row.state, row.due_at) for row in feeds(app)] == [("gone", None)]
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
    assert {row.reason for row in feeds(app)} == {
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
    assert feed(app).reason == reason


async def test_a_feed_that_kills_its_process_is_pushed_away(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", numbered(1)))
    for _ in range(4):
        claimed = app.db.now(flow.claim, app.now())
        due_at = feed(app).due_at
        assert claimed is not None
        assert due_at is not None
        clock.now = due_at
    assert due_at - START > timedelta(hours=1)
