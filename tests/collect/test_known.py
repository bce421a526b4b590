"""What is known already, and what a date may be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.app import App
from tests.collect.documents import date, item, numbered, rss
from tests.collect.polling import entries, poll, poll_after, poll_later, sync
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio


async def test_at_first_what_is_older_than_a_week_alerts_nobody(app: App, site: Site) -> None:
    old = date(START - timedelta(days=8))
    sync(app, site.serve("/feed", rss(item(1), item(2, pubDate=old), item(3, pubDate=""))))
    assert await poll(app) == 3
    assert {row.guid: row.learned for row in entries(app)} == {
        "id-1": False,
        "id-2": True,
        "id-3": False,
    }


async def test_what_appeared_while_a_new_feed_was_down_is_news(
    app: App, site: Site, clock: Clock
) -> None:
    before, since = (date(START + timedelta(days=days)) for days in (-8, 1))
    document = rss(item(1, pubDate=before), item(2, pubDate=since))
    sync(app, site.serve("/feed", Reply(status=503), document))
    await poll(app)
    assert await poll_after(app, clock, days=20) == 2
    assert {row.guid: row.learned for row in entries(app)} == {"id-1": True, "id-2": False}


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
