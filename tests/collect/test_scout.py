"""A site's address becomes its feeds and news sitemaps."""

import pytest

from monitor.collect import discover
from monitor.collect.scout import Found, discover_feeds
from monitor.config import Http
from monitor.errors import FetchFailed, FetchRefused
from tests.collect.documents import numbered
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio

HTTP = Http(allow_networks=("127.0.0.0/8",))
NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
    "<loc>https://paper.example/2026/story</loc><news:news><news:title>A story</news:title>"
    "<news:publication_date>2026-03-02T08:00:00Z</news:publication_date></news:news></url></urlset>"
)
PLAIN = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://paper.example/about</loc></url></urlset>"
)


def home(head: str = "", body: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}<p>News.</p></body></html>"


def alternate(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="x" href="{href}">'


async def found_at(url: str) -> dict[str, Found]:
    return {found.url: found for found in await discover_feeds(HTTP, url)}


async def test_what_the_page_names_is_found_and_read(site: Site) -> None:
    feed = site.serve("/a.xml", numbered(1, 2))
    found = await found_at(site.serve("/", home(alternate("/a.xml"))))
    assert (found[feed].kind, found[feed].entries, found[feed].title) == ("rss", 2, "The Paper")
    assert found[feed].newest is not None


async def test_what_is_named_but_is_no_feed_is_left_out(site: Site) -> None:
    site.serve("/a.xml", home())
    site.serve("/b.xml", Reply(status=404))
    site.serve("/empty.xml", numbered())
    links = alternate("/a.xml") + alternate("/b.xml") + alternate("/empty.xml")
    assert await found_at(site.serve("/", home(links))) == {}


async def test_a_news_sitemap_is_found_by_robots_txt_and_a_plain_one_left_out(site: Site) -> None:
    news, plain = site.serve("/n.xml", NEWS), site.serve("/all.xml", PLAIN)
    site.serve("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {plain}\nSitemap: {news}")
    found = await found_at(site.serve("/", home()))
    assert [(feed.kind, feed.entries) for feed in found.values()] == [("sitemap", 1)]
    assert list(found) == [news]


async def test_an_index_counts_where_one_of_its_sitemaps_has_news(site: Site) -> None:
    site.serve("/news.xml", NEWS)
    site.serve("/all.xml", PLAIN)

    def index(name: str) -> str:
        inside = f"<sitemap><loc>{site.url(name)}</loc></sitemap>"
        head = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return f"{head}{inside}</sitemapindex>"

    one, other = site.serve("/one", index("/news.xml")), site.serve("/other", index("/all.xml"))
    site.serve("/robots.txt", f"Sitemap: {one}\nSitemap: {other}")
    assert list(await found_at(site.serve("/", home()))) == [one]


@pytest.mark.parametrize(
    "path", ["/feed/", "/arc/outboundfeeds/rss/?outputType=xml", "/rss.xml", "/index.rss"]
)
async def test_a_feed_that_no_page_names_is_found_where_most_sites_keep_it(
    site: Site, path: str
) -> None:
    feed = site.serve(path, numbered(1))
    assert list(await found_at(site.serve("/", home()))) == [feed]


async def test_a_news_sitemap_that_nobody_names_is_found(site: Site) -> None:
    news = site.serve("/news-sitemap.xml", NEWS)
    assert list(await found_at(site.serve("/", home()))) == [news]


async def test_one_feed_under_two_addresses_is_one(site: Site) -> None:
    first = site.serve("/a.xml", numbered(1))
    site.serve("/b.xml", numbered(1))
    page = home(alternate("/a.xml") + alternate("/b.xml"))
    assert list(await found_at(site.serve("/", page))) == [first]


async def test_the_address_of_a_feed_is_its_own_answer(site: Site) -> None:
    feed = site.serve("/a.xml", numbered(1))
    assert list(await found_at(feed)) == [feed]


async def test_a_feed_that_moved_is_given_under_its_new_address(site: Site) -> None:
    new = site.serve("/new.xml", numbered(1))
    site.serve("/old.xml", Reply(status=301, headers={"location": "/new.xml"}))
    assert list(await found_at(site.serve("/", home(alternate("/old.xml"))))) == [new]


async def test_b36_nothing_is_asked_for_that_robots_txt_forbids(site: Site) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /feed")
    site.serve("/feed/", numbered(1))
    assert await found_at(site.serve("/", home(alternate("/feed/")))) == {}
    assert not site.asked("/feed/")
    site.serve("/robots.txt", "User-agent: *\nDisallow: /")
    with pytest.raises(FetchRefused) as caught:
        await discover_feeds(HTTP, site.url("/"))
    assert caught.value.reason == "robots"


async def test_a_site_that_cannot_be_reached_is_an_error(site: Site) -> None:
    with pytest.raises(FetchFailed):
        await discover_feeds(HTTP, site.serve("/", Reply(status=404)))


def test_alternates_come_before_links_and_comments_are_left_out() -> None:
    page = home(
        '<base href="/site/">' + alternate("comments/feed/") + alternate("main.xml"),
        '<a href="/news.rss">RSS</a><a href="/story">Story</a><a href="x/feed/">Feed</a>',
    ).encode()
    assert discover.named(page, "https://paper.example/a/b") == (
        "https://paper.example/site/main.xml",
        "https://paper.example/news.rss",
        "https://paper.example/site/x/feed/",
    )


def test_other_alternates_are_no_feeds() -> None:
    page = home(
        '<link rel="alternate" hreflang="es" href="/es">'
        '<link rel="alternate" type="application/json+oembed" href="/oembed.json">'
        '<link rel="stylesheet" type="application/rss+xml" href="/x">'
    ).encode()
    assert discover.named(page, "https://paper.example/") == ()
