"""What rolled off a feed unseen is looked for in its site's news sitemap."""

from datetime import datetime, timedelta

import pytest

from monitor.app import App
from monitor.tables import GapRow
from tests.collect.documents import date, item, rss
from tests.collect.polling import entries, feed, poll, poll_later, rows, sync, wait_of
from tests.world import START, Clock, Site

pytestmark = pytest.mark.anyio

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def story(site: Site, number: int, at: datetime = START) -> str:
    return item(number, link=site.url(f"/story/{number}"), pubDate=date(at))


def sitemap(site: Site, **stories: datetime) -> str:
    pages = "".join(
        f"<url><loc>{site.url('/story/' + number[1:])}</loc><news:news>"
        f"<news:title>Story {number[1:]}</news:title>"
        f"<news:publication_date>{at.isoformat()}</news:publication_date></news:news></url>"
        for number, at in stories.items()
    )
    return f"<urlset {NEWS}>{pages}</urlset>"


async def lose(app: App, site: Site, clock: Clock) -> datetime:
    """Poll a feed that drops stories 4 to 6 between two polls; give the time of the first."""
    site.serve("/robots.txt", f"Sitemap: {site.url('/news.xml')}")
    feeds = [
        rss(*(story(site, number, START + days * DAY - 5 * HOUR) for number in group))
        for days, group in enumerate([(1, 2, 3), (), (7, 8, 9), (), (10, 11, 12)])
        if group
    ]
    sync(app, site.serve("/feed", *feeds))
    await poll(app)
    before = clock()
    await poll_later(app, clock)
    return before


async def test_what_a_feed_dropped_is_found_in_the_news_sitemap(
    app: App, site: Site, clock: Clock
) -> None:
    within, long_ago = START + DAY, START - 3 * DAY
    listed = {"s1": START, "s5": within, "s6": within, "s9": within, "s99": long_ago}
    site.serve("/news.xml", sitemap(site, **listed))
    since = await lose(app, site, clock)
    (gap,) = rows(app, GapRow)
    assert (gap.since, gap.found, gap.source) == (since, 2, site.url("/news.xml"))
    paths = [entry.link.rpartition("/")[2] for entry in entries(app)]
    assert sorted(paths, key=int) == ["1", "2", "3", "5", "6", "7", "8", "9"]
    assert all(entry.due_at for entry in entries(app))


async def test_the_feed_is_asked_sooner_from_then_on(app: App, site: Site, clock: Clock) -> None:
    await lose(app, site, clock)
    assert feed(app).pace["habit"]["reach"] == 2.5  # half of the five hours that it shows
    assert wait_of(app) < 2.6 * HOUR


async def test_a_sitemap_that_was_found_is_asked_for_at_once_the_next_time(
    app: App, site: Site, clock: Clock
) -> None:
    site.serve("/news.xml", sitemap(site, s5=START + DAY))
    await lose(app, site, clock)
    asked = len(site.requests)
    await poll_later(app, clock)
    assert [one.path for one in site.requests[asked:]] == ["/feed", "/robots.txt", "/news.xml"]


async def test_a_site_without_one_is_asked_once_a_week(app: App, site: Site, clock: Clock) -> None:
    await lose(app, site, clock)
    (gap,) = rows(app, GapRow)
    assert (gap.found, gap.source) == (None, "")
    asked = len(site.requests)
    await poll_later(app, clock)
    assert [one.path for one in site.requests[asked:]] == ["/feed"]


async def test_b36_a_sitemap_that_robots_txt_forbids_is_left_alone(
    app: App, site: Site, clock: Clock
) -> None:
    site.serve("/news.xml", sitemap(site, s5=START + DAY))
    await lose(app, site, clock)
    assert site.asked("/news.xml") != []
    site.serve("/robots.txt", f"User-agent: *\nDisallow: /\nSitemap: {site.url('/news.xml')}")
    before = len(site.asked("/news.xml"))
    await poll_later(app, clock)
    assert len(site.asked("/news.xml")) == before
