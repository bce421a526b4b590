"""What is learnt of a feed's pace lives in the database: a restart neither bursts nor forgets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.app import App, open_app
from monitor.cli.planning import plan
from monitor.collect import flow, pace, store
from monitor.config import FeedConfig
from monitor.desk.store import feeds as desk
from monitor.pool import Pool
from monitor.tables import ArticleRow, EntryRow, FeedRow, StateRow, VerdictRow
from tests.collect.documents import date, item, rss
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def sync(app: App, *urls: str) -> None:
    app.db.now(store.sync_feeds, [FeedConfig(url=url) for url in urls], app.now())


async def poll(app: App) -> int:
    """Work on everything that is due; return how many feeds were."""
    polled = 0
    while feed := app.db.now(flow.claim, app.now()):
        await flow.work(app, feed)
        polled += 1
    return polled


def feed(app: App, url: str) -> FeedRow:
    def find(session: Session) -> FeedRow:
        return session.scalars(select(FeedRow).where(FeedRow.url == url)).one()

    return app.db.now(find)


def wait(app: App, url: str) -> timedelta:
    due_at = feed(app, url).due_at
    assert due_at is not None
    return due_at - app.now()


def price(app: App) -> pace.Price:
    return pace.read_price(app.db.now(store.kept_price))


def stories(gap: timedelta, count: int, last: datetime = START - HOUR) -> str:
    items = (item(number, pubDate=date(last - gap * number)) for number in range(count))
    return rss(*items)


async def test_the_dates_of_its_first_document_give_a_feed_its_pace(app: App, site: Site) -> None:
    gaps = {"/busy": 5 * MINUTE, "/daily": DAY, "/dead": 300 * DAY}
    urls = [site.serve(path, stories(gap, 30), etag="1") for path, gap in gaps.items()]
    sync(app, *urls)
    await poll(app)
    waits = [wait(app, url) for url in urls]
    assert waits == sorted(waits)
    assert waits[0] < HOUR
    assert waits[2] > 3 * HOUR


async def test_a_restart_neither_bursts_nor_forgets(
    app: App, site: Site, clock: Clock, pool: Pool
) -> None:
    urls = [site.serve(f"/{n}", stories(n * HOUR, 20), etag="1") for n in range(1, 6)]
    sync(app, *urls)
    for _ in range(3):
        await poll(app)
        clock.pass_(hours=13)
    await poll(app)
    before = {url: (feed(app, url).due_at, feed(app, url).pace) for url in urls}
    settled = price(app)
    asked = len(site.requests)
    async with open_app(app.config, now=clock) as opened:
        again = replace(opened, pool=pool)
        sync(again, *urls)
        clock.pass_(minutes=1)
        assert await poll(again) == 0
        assert len(site.requests) == asked
        assert {url: (feed(again, url).due_at, feed(again, url).pace) for url in urls} == before
        assert price(again) == settled
        clock.pass_(hours=13)
        assert await poll(again) == 5
        habit = pace.read_habit(feed(again, urls[0]).pace["habit"])
        assert (habit.polls, habit.items) == (5, 20)


async def test_every_poll_is_counted_failed_ones_too(app: App, site: Site, clock: Clock) -> None:
    url = site.serve("/feed", stories(HOUR, 5), Reply(status=500), stories(HOUR, 5))
    sync(app, url)
    for _ in range(3):
        await poll(app)
        clock.pass_(days=2)
    assert feed(app, url).pace["habit"]["polls"] == 3
    assert sum(feed(app, url).pace["habit"]["counts"]) > 3


async def test_a_feed_that_brought_hits_weighs_more(app: App, site: Site, clock: Clock) -> None:
    urls = [site.serve(path, stories(HOUR, 20), etag="1") for path in ("/a", "/b")]
    sync(app, *urls)
    await poll(app)
    lucky = feed(app, urls[0]).id
    app.db.now(_make_hits, lucky, 3)
    clock.pass_(hours=13)
    await poll(app)
    assert price(app).hits == {lucky: 3}
    clock.pass_(hours=13)
    await poll(app)
    assert wait(app, urls[0]) < wait(app, urls[1])


def _make_hits(session: Session, feed_id: int, count: int) -> None:
    rows = session.scalars(select(EntryRow).where(EntryRow.feed_id == feed_id).limit(count + 1))
    for number, row in enumerate(rows):
        article = ArticleRow(canonical_url=row.link, url=row.link, first_seen_at=START)
        session.add(article)
        session.flush()
        row.article_id = article.id
        for beat in ("one", "two"):
            session.add(
                VerdictRow(
                    article_id=article.id,
                    beat=beat,
                    version="1",
                    score=1.0,
                    threshold=0.5,
                    hit=number < count,
                    stage="unknown",
                    judged_at=START,
                )
            )


async def test_the_price_is_reckoned_once_an_hour(app: App, site: Site, clock: Clock) -> None:
    urls = [site.serve(f"/{n}", stories(MINUTE, 60), etag="1") for n in range(3)]
    sync(app, *urls)
    await poll(app)
    first = price(app)
    assert first.since is not None
    clock.pass_(minutes=59)
    await poll(app)
    assert price(app) == first
    clock.pass_(minutes=31)
    app.db.now(store.choose_feeds, (), everything=True, now=clock())
    await poll(app)
    assert price(app).since == first.since + 1.5


async def test_a_small_budget_makes_a_poll_dear(
    app: App, site: Site, clock: Clock, pool: Pool
) -> None:
    url = site.serve("/feed", stories(10 * MINUTE, 60), etag="1")
    waits = []
    for budget in (10.0, 0.5):
        http = app.config.http.model_copy(update={"polls_per_hour": budget})
        other = replace(app, config=app.config.model_copy(update={"http": http}))
        sync(other, url)
        for _ in range(3):
            clock.pass_(hours=13)
            await poll(other)
        waits.append(wait(other, url))
    assert waits[0] < waits[1] / 3


async def test_the_floor_is_what_the_settings_say(app: App, site: Site) -> None:
    http = app.config.http.model_copy(update={"polls_per_hour": 1e6, "floor": 30 * MINUTE / 60})
    url = site.serve("/feed", stories(HOUR, 20), etag="1")
    quick = replace(app, config=app.config.model_copy(update={"http": http}))
    sync(quick, url)
    await poll(quick)
    assert timedelta(seconds=30) <= wait(quick, url) < timedelta(seconds=31)


async def test_a_cached_answer_is_not_asked_for_again_after_a_304_that_says_nothing(
    app: App, site: Site, clock: Clock
) -> None:
    body, fresh = stories(MINUTE, 60).encode(), {"cache-control": "max-age=7200"}
    url = site.serve("/feed", Reply(body=body, headers=fresh | {"etag": "1"}))
    sync(app, url)
    await poll(app)
    assert 2 * HOUR < wait(app, url) < 2 * HOUR + MINUTE
    clock.pass_(hours=3)
    site.serve("/feed", Reply(body=body, headers={"etag": "1"}))
    await poll(app)
    assert app.tally["feeds.not_modified"] == 1
    assert 2 * HOUR < wait(app, url) < 2 * HOUR + MINUTE


async def test_hours_that_a_feed_skips_are_kept_over_a_304(
    app: App, site: Site, clock: Clock
) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(8, 20))
    head = f"<skipHours>{hours}</skipHours>"
    quiet = rss(item(1, pubDate=date(START - 900 * DAY)), head=head)
    url = site.serve("/feed", quiet, etag="1")
    sync(app, url)
    await poll(app)
    assert wait(app, url) >= 12 * HOUR - MINUTE
    due_at = feed(app, url).due_at
    assert due_at is not None
    assert due_at.hour == 20
    clock.pass_(days=1)
    await poll(app)
    due_at = feed(app, url).due_at
    assert due_at is not None
    assert due_at.hour == 20


async def test_a_turn_that_a_wrong_clock_put_years_away_is_brought_back(
    app: App, site: Site, clock: Clock
) -> None:
    urls = [site.serve(f"/{n}", stories(HOUR, 20), etag="1") for n in range(3)]
    sync(app, *urls)
    await poll(app)
    clock.now += 3650 * DAY
    assert await poll(app) == 3
    clock.now = START + DAY
    assert await poll(app) == 0
    clock.pass_(hours=1)
    assert await poll(app) == 3
    assert all(wait(app, url) < 12.5 * HOUR for url in urls)


async def test_what_was_damaged_by_hand_is_learnt_again(app: App, site: Site, clock: Clock) -> None:
    url = site.serve("/feed", stories(HOUR, 20), etag="1")
    sync(app, url)
    await poll(app)
    app.db.now(_damage)
    clock.pass_(hours=13)
    assert await poll(app) == 1
    assert sum(feed(app, url).pace["habit"]["counts"]) > 10


def _damage(session: Session) -> None:
    for row in session.scalars(select(FeedRow)):
        row.pace = {**row.pace, "habit": {"counts": [1, 2], "seen": "x"}}
    for state in session.scalars(select(StateRow)):
        state.value = {"value": "dear"}


async def test_the_plan_says_how_often_each_feed_speaks_and_why_its_turn_is_then(
    app: App, site: Site
) -> None:
    busy = site.serve("/busy", stories(5 * MINUTE, 200), etag="1")
    broken, never = site.serve("/broken", Reply(status=500)), "https://never.example/feed"
    sync(app, busy, broken)
    await poll(app)
    sync(app, busy, broken, never)
    found = _plan(app)
    rows = {row["url"]: row for row in found["feeds"]}
    assert rows[busy]["entries_per_day"] > 50
    assert rows[busy]["why"] == "rate"
    assert rows[busy]["polls_per_day"] > 20
    assert rows[broken]["why"] == "failed 1 time: http_500"
    assert (rows[never]["why"], rows[never]["entries_per_day"]) == ("not polled yet", None)
    assert found["polls_per_hour"] == 4.5


def _plan(app: App) -> dict:
    said: Callable[[Session], dict] = store.paces
    kept = {number: pace for number, (_, pace) in app.db.now(said).items()}
    return plan(app.config.http, app.db.now(desk.feeds), kept, price(app))
