"""A page without a feed is polled as the list of links that a CSS selector finds."""

from pathlib import Path

import pytest

from monitor.app import App
from monitor.cli.feedfiles import read_feeds
from monitor.collect import store
from monitor.config import FeedConfig
from tests.collect.polling import entries, feed, poll, poll_later, settle
from tests.world import Clock, Reply, Site

pytestmark = pytest.mark.anyio

SELECTOR = "main h3 > a, main .teaser"


def page(*stories: tuple[str, str]) -> str:
    links = "".join(
        f'<h3><a href="{path}">{title}</a></h3><p><a href="{path}">More</a></p>'
        for path, title in stories
    )
    return (
        "<html><head><title>The Paper</title></head><body><nav><a href='/about'>About us</a></nav>"
        f"<main>{links}<div class=teaser><a href='/teaser'><b>A</b> teaser</a></div></main></html>"
    )


def watch(app: App, url: str) -> None:
    app.db.now(store.sync_feeds, [FeedConfig(url=url, links=SELECTOR)], app.now())


async def test_the_links_that_are_selected_become_entries(app: App, site: Site) -> None:
    watch(app, site.serve("/news/", page(("/a", "Judge frees man"), ("b?id=2", "Council meets"))))
    await poll(app)
    found = {entry.link: entry.title for entry in entries(app)}
    assert found == {
        site.url("/a"): "Judge frees man",
        site.url("/news/b?id=2"): "Council meets",
        site.url("/teaser"): "A teaser",
    }


async def test_what_stands_there_at_first_alerts_nobody_and_what_follows_does(
    app: App, site: Site, clock: Clock
) -> None:
    both = page(("/a", "Old"), ("/b", "New"))
    watch(app, site.serve("/news", page(("/a", "Old")), both, both))
    await poll(app)
    assert all(entry.learned for entry in entries(app))
    await poll_later(app, clock)
    assert [entry.link for entry in entries(app) if not entry.learned] == [site.url("/b")]
    settle(app)
    assert await poll_later(app, clock) == 0


async def test_a_changed_headline_is_read_again(app: App, site: Site, clock: Clock) -> None:
    watch(app, site.serve("/news", page(("/a", "Police on the scene")), page(("/a", "Two dead"))))
    await poll(app)
    settle(app)
    assert await poll_later(app, clock) == 1


async def test_a_page_on_which_nothing_is_selected_is_a_failure(app: App, site: Site) -> None:
    watch(app, site.serve("/news", "<html><body><p>Redesigned</p></body></html>"))
    await poll(app)
    assert feed(app).reason == "no_links"
    assert "give the feed a selector" in feed(app).detail


@pytest.mark.parametrize("body", [b"", b"\x00\x01\x02" * 50, b"<a" * 9000, b"<html></html>"])
async def test_a_damaged_page_is_a_failure_with_a_reason(app: App, site: Site, body: bytes) -> None:
    watch(app, site.serve("/news", body))
    await poll(app)
    assert feed(app).reason in {"no_links", "huge_tag"}


async def test_b36_a_page_is_asked_for_only_where_robots_txt_allows_it(
    app: App, site: Site
) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /news")
    watch(app, site.serve("/news", page(("/a", "A"))))
    site.serve("/old", Reply(status=302, headers={"location": site.url("/news")}))
    await poll(app)
    assert feed(app).reason == "robots"
    assert site.asked("/news") == []


def test_a_selector_that_is_none_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="is no CSS selector"):
        FeedConfig(url="https://paper.test/", links="h3 >> a[")


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("f.csv", "url,links\nhttps://paper.test/,h3 a\n"),
        ("f.yaml", "feeds:\n  - {url: 'https://paper.test/', links: h3 a}\n"),
    ],
)
def test_a_list_of_feeds_can_hold_pages(name: str, document: str, tmp_path: Path) -> None:
    (found,), mistakes = read_feeds(name, document.encode())
    assert (found.links, mistakes) == ("h3 a", [])
