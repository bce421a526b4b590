"""How often a server is asked, and how long it is left alone: behaviours 12 to 20."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.app import App, open_app
from monitor.collect import flow
from tests.collect.documents import date, item, numbered, rss
from tests.collect.polling import entries, feed, feeds, poll, poll_after, sync, wait_of
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def busy(head: str = "") -> str:
    """A feed that had a story every ten minutes: it would be polled often."""
    times = [date(START - n * timedelta(minutes=10)) for n in range(20)]
    return rss(*(item(n, pubDate=when) for n, when in enumerate(times)), head=head)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.parametrize(
    ("headers", "least"),
    [
        ({"cache-control": "max-age=10800"}, 3 * HOUR),
        ({"cache-control": "public, max-age=10800", "age": "3600"}, 2 * HOUR),
        ({"cache-control": "MAX-AGE=10800"}, 3 * HOUR),
    ],
)
async def test_b12_nothing_is_asked_while_the_answer_is_fresh(
    app: App, site: Site, headers: dict[str, str], least: timedelta
) -> None:
    sync(app, site.serve("/feed", busy(), **headers, etag='"1"'))
    await poll(app)
    assert least <= wait_of(app) <= least + HOUR


async def test_b12_freshness_is_remembered_over_a_304(app: App, site: Site, clock: Clock) -> None:
    first = Reply(body=busy().encode(), headers={"cache-control": "max-age=10800", "etag": '"1"'})
    bare = Reply(raw=b"HTTP/1.1 304 Not Modified\r\n\r\n")
    sync(app, site.serve("/feed", first, bare))
    await poll(app)
    await poll_after(app, clock, hours=5)
    assert app.tally["feeds.not_modified"] == 1
    assert wait_of(app) >= 3 * HOUR


async def test_b12_a_304_can_change_how_long_the_answer_is_fresh(
    app: App, site: Site, clock: Clock
) -> None:
    first = Reply(body=busy().encode(), headers={"cache-control": "max-age=10800", "etag": '"1"'})
    then = Reply(raw=b"HTTP/1.1 304 Not Modified\r\ncache-control: max-age=21600\r\n\r\n")
    sync(app, site.serve("/feed", first, then))
    await poll(app)
    await poll_after(app, clock, hours=5)
    assert wait_of(app) >= 6 * HOUR


@pytest.mark.parametrize("word", ["no-cache", "no-store", "no-cache, must-revalidate"])
async def test_b13_max_age_beside_no_cache_is_ignored_and_the_etag_still_used(
    app: App, site: Site, clock: Clock, word: str
) -> None:
    url = site.serve("/feed", busy(), cache_control=f"{word}, max-age=36000", etag='"1"')
    sync(app, url)
    await poll(app)
    assert wait_of(app) < 2 * HOUR
    await poll_after(app, clock, hours=3)
    assert site.requests[1].headers["if-none-match"] == '"1"'


async def test_b13_expires_counts_from_the_servers_own_date(app: App, site: Site) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2020 08:00:00 GMT\r\n"
        b'Expires: Mon, 02 Mar 2020 12:00:00 GMT\r\nETag: "1"\r\n\r\n'
    )
    sync(app, site.serve("/feed", Reply(raw=head + busy().encode())))
    await poll(app)
    assert 4 * HOUR <= wait_of(app) <= 5 * HOUR


async def test_b13_expires_counts_only_without_max_age(app: App, site: Site) -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2020 08:00:00 GMT\r\nCache-Control: max-age=60\r\n"
        b'Expires: Mon, 02 Mar 2020 18:00:00 GMT\r\nETag: "1"\r\n\r\n'
    )
    sync(app, site.serve("/feed", Reply(raw=head + busy().encode())))
    await poll(app)
    assert wait_of(app) < 2 * HOUR


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "least"),
    [
        ("7200", 2 * HOUR),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 3 * HOUR),
        ("8640000", DAY),
    ],
    ids=["seconds", "date", "capped"],
)
async def test_b14_retry_after_is_kept_over_a_restart(
    app: App, site: Site, clock: Clock, status: int, value: str, least: timedelta
) -> None:
    strained = Reply(status=status, headers={"retry-after": value})
    sync(app, site.serve("/feed", strained, numbered(1)))
    await poll(app)
    assert least <= wait_of(app) <= least + 2 * MINUTE
    clock.now += least - MINUTE
    async with open_app(app.config, now=clock) as again:
        assert await poll(replace(again, pool=app.pool)) == 0
        assert len(site.requests) == 1
        assert await poll_after(replace(again, pool=app.pool), clock, minutes=4) == 1


async def test_b15_429_without_retry_after_is_an_hour_for_the_whole_host_then_two(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/a", Reply(status=429)), site.serve("/b", numbered(1)))
    await poll(app)
    assert len(site.requests) == 1
    assert HOUR <= wait_of(app, 0) <= 1.2 * HOUR
    assert wait_of(app, 1) >= HOUR
    await poll_after(app, clock, minutes=75)
    assert wait_of(app, 0) >= 2 * HOUR


async def test_b15_a_feed_that_comes_new_to_a_held_host_waits_too(
    app: App, site: Site, clock: Clock
) -> None:
    strained, other = site.serve("/a", Reply(status=429)), site.serve("/b", numbered(1))
    sync(app, strained)
    await poll(app)
    sync(app, strained, other)
    async with open_app(app.config, now=clock) as again:
        assert await poll(replace(again, pool=app.pool)) == 0
    assert len(site.requests) == 1
    assert await poll_after(app, clock, minutes=61) == 1


@pytest.mark.parametrize("status", [404, 500, 502])
async def test_b16_errors_back_off_to_a_day_and_never_stop(
    app: App, site: Site, clock: Clock, status: int
) -> None:
    sync(app, site.serve("/feed", Reply(status=status)))
    waits = []
    for _ in range(16):
        await poll(app)
        waits.append(wait_of(app))
        clock.now += waits[-1]
    assert waits[0] < waits[3] < waits[6]
    assert all(DAY <= wait <= 1.2 * DAY for wait in waits[-4:])
    assert len(site.requests) == 16
    assert feed(app).state == "active"


async def test_b17_a_restart_polls_nothing_before_its_turn(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, *(site.serve(f"/{n}", busy(), etag='"1"') for n in range(5)))
    await poll(app)
    assert len(site.requests) == 5
    turns = [row.due_at for row in feeds(app)]
    clock.pass_(minutes=1)
    async with open_app(app.config, now=clock) as again:
        sync(again, *(site.url(f"/{n}") for n in range(5)))
        assert await poll(replace(again, pool=app.pool)) == 0
        assert [row.due_at for row in feeds(again)] == turns
    assert len(site.requests) == 5


async def test_b17_b33_feeds_met_together_do_not_fall_due_together(app: App, site: Site) -> None:
    sync(app, *(site.serve(f"/{n}", busy(), etag='"1"') for n in range(10)))
    await poll(app)
    assert len({row.due_at for row in feeds(app)}) == 10


async def test_b18_nothing_is_asked_more_often_than_the_floor(
    app: App, site: Site, clock: Clock
) -> None:
    stories = [numbered(*range(n, n + 20)) for n in range(10)]
    sync(app, site.serve("/feed", *stories, etag='"1"'))
    for _ in range(10):
        await poll(app)
        assert wait_of(app) >= app.config.http.floor >= 5 * MINUTE
        clock.now += wait_of(app)


async def test_b18_b19_without_validator_and_max_age_an_hour_is_the_floor(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", busy()))
    await poll(app)
    assert wait_of(app) >= HOUR
    await poll_after(app, clock, hours=2)
    assert app.tally["feeds.unchanged"] == 1  # its body was hashed, not parsed again
    assert wait_of(app) >= HOUR


async def test_b20_ttl_is_heard(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", rss(item(1), head="<ttl>60</ttl>"), etag='"1"'))
    await poll(app)
    assert wait_of(app) >= HOUR


async def test_b20_update_period_is_heard(app: App, site: Site) -> None:
    head = (
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly'
        '</sy:updatePeriod><sy:updateFrequency xmlns:sy="http://purl.org/rss/1.0/modules/'
        'syndication/">1</sy:updateFrequency>'
    )
    sync(app, site.serve("/feed", rss(item(1), head=head), etag='"1"'))
    await poll(app)
    assert wait_of(app) >= HOUR


async def test_b20_hours_and_days_that_are_skipped_are_passed_over(
    app: App, site: Site, clock: Clock
) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24) if hour not in {8, 20})
    old = date(START - timedelta(days=30))
    text = rss(item(1, pubDate=old), head=f"<skipHours>{hours}</skipHours>")
    sync(app, site.serve("/feed", text, etag='"1"'))
    await poll(app)
    due_at = feed(app).due_at
    assert due_at is not None
    assert due_at.hour in {8, 20}


async def test_b16_a_feed_that_kills_its_reader_is_pushed_away_and_not_dropped(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", numbered(1)))
    for _ in range(4):
        assert app.db.now(flow.claim, clock()) is not None  # and the process dies
        clock.now += wait_of(app)
    assert await poll(app) == 1
    assert len(entries(app)) == 1
