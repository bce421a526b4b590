"""Pages are read only as their host allows: behaviours 14, 15, 33, 36 to 42."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from monitor.config import Http
from monitor.records import Fate
from monitor.web import Web
from tests.read.conftest import Room
from tests.read.pages import TITLE, page
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def robots(text: str) -> str:
    return f"User-agent: *\n{text}"


async def test_b36_robots_txt_is_asked_for_before_the_first_page_and_once(
    room: Room, site: Site
) -> None:
    site.serve("/robots.txt", robots("Disallow: /private"))
    for number in range(3):
        room.add(site.serve(f"/{number}", page()))
    await room.read()
    assert [request.path for request in site.requests] == ["/robots.txt", "/0", "/1", "/2"]


async def test_b36_a_page_that_is_not_allowed_is_blocked_and_judged_by_the_feeds_words(
    room: Room, site: Site
) -> None:
    site.serve("/robots.txt", robots("Disallow: /private"))
    entry_id = room.add(site.serve("/private/story", page()), summary="What the feed says of it.")
    assert await room.read() == 1
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason, entry.due_at) == (Fate.BLOCKED, "robots", None)
    assert "robots.txt" in entry.detail
    assert not site.asked("/private/story")
    assert room.articles()[0].title == "A headline from the feed"


async def test_b36_a_redirect_is_not_followed_to_where_it_is_not_allowed(
    room: Room, site: Site
) -> None:
    site.serve("/robots.txt", robots("Disallow: /private"))
    moved = Reply(status=302, headers={"location": "/private/story"})
    entry_id = room.add(site.serve("/story", moved))
    await room.read()
    assert room.entry(entry_id).reason == "robots"
    assert not site.asked("/private/story")


async def test_b36_each_port_has_a_robots_txt_of_its_own(room: Room, site: Site) -> None:
    from tests.world import open_site

    site.serve("/robots.txt", robots("Disallow: /"))
    with open_site() as other:
        room.add(other.serve("/story", page()))
        await room.read()
        assert [request.path for request in other.requests] == ["/robots.txt", "/story"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_b37_a_robots_txt_that_is_refused_allows_everything(
    room: Room, site: Site, status: int
) -> None:
    site.serve("/robots.txt", Reply(status=status))
    room.add(site.serve("/story", page()))
    await room.read()
    assert room.articles()[0].title == TITLE


@pytest.mark.parametrize(
    "reply",
    [Reply(status=500), Reply(status=503), Reply(status=429), Reply(raw=b"")],
    ids=["500", "503", "429", "nothing"],
)
async def test_b37_a_robots_txt_that_cannot_be_had_forbids_everything_for_now(
    room: Room, site: Site, reply: Reply
) -> None:
    site.serve("/robots.txt", reply, b"")
    entry_id = room.add(site.serve("/story", page()))
    await room.read()
    entry = room.entry(entry_id)
    assert (entry.fate, entry.reason) == (Fate.BLOCKED, "robots_down")
    assert not site.asked("/story")
    room.clock.pass_(minutes=11)
    await room.read()
    assert room.articles()[0].title == TITLE


async def test_b37_five_redirects_of_robots_txt_are_followed(room: Room, site: Site) -> None:
    steps = ["/robots.txt", *(f"/r{n}" for n in range(1, 6))]
    for here, there in pairwise(steps):
        site.serve(here, Reply(status=301, headers={"location": there}))
    site.serve("/r5", robots("Disallow: /story"))
    entry_id = room.add(site.serve("/story", page()))
    await room.read()
    assert room.entry(entry_id).reason == "robots"


async def test_b37_a_robots_txt_is_kept_for_a_day_and_over_a_restart(
    room: Room, site: Site
) -> None:
    site.serve("/robots.txt", robots("Disallow: /private"))
    site.serve("/story", page())
    for hours in (0, 23, 2):
        room.clock.pass_(hours=hours)
        room.add(site.url("/story"))
        restarted = Web(room.app.config.http, room.clock)
        room.app = replace(room.app, web=restarted)
        await room.read()
        await restarted.close()
    assert len(site.asked("/robots.txt")) == 2


async def test_b37_of_an_endless_robots_txt_the_beginning_is_heard(room: Room, site: Site) -> None:
    text = robots("Disallow: /story\n") + "# filling\n" * 100_000
    site.serve("/robots.txt", text)
    entry_id = room.add(site.serve("/story", page()))
    await room.read()
    assert room.entry(entry_id).reason == "robots"


async def test_b38_a_crawl_delay_is_kept_up_to_half_a_minute(room: Room, site: Site) -> None:
    site.serve("/robots.txt", robots("Crawl-delay: 20"))
    for number in range(2):
        room.add(site.serve(f"/{number}", page()))
    await room.read()
    assert not site.asked("/1")
    room.clock.pass_(seconds=19)
    await room.read()
    assert not site.asked("/1")
    room.clock.pass_(seconds=1)
    await room.read()
    assert site.asked("/1")


async def test_b38_a_crawl_delay_without_end_is_capped(room: Room, site: Site) -> None:
    site.serve("/robots.txt", robots("Crawl-delay: 86400"))
    for number in range(2):
        room.add(site.serve(f"/{number}", page()))
    await room.read()
    room.clock.pass_(seconds=30)
    await room.read()
    assert site.asked("/1")


async def test_b39_b40_b41_what_is_reserved_is_kept_with_the_article(
    room: Room, site: Site
) -> None:
    site.serve("/robots.txt", robots("Content-Signal: search=yes, ai-train=no\nDisallow:"))
    room.add(
        site.serve("/story", page(), tdm_reservation="1", x_robots_tag="noai", content_usage="a=n")
    )
    room.add(site.serve("/other", page().replace(TITLE, "Another headline")))
    await room.read()
    one, other = room.articles()
    assert one.rights == {
        "tdm_reservation": 1,
        "content_usage": "a=n",
        "content_signal": "search=yes, ai-train=no",
        "robots": ["noai"],
    }
    assert other.rights == {"content_signal": "search=yes, ai-train=no"}


@pytest.fixture
async def polite(room: Room) -> AsyncIterator[Room]:
    http = Http(allow_networks=("127.0.0.0/8",), host_gap=timedelta(seconds=5))
    web = Web(http, room.clock)
    room.app = replace(room.app, web=web)
    yield room
    await web.close()


async def test_b33_articles_of_one_host_are_asked_for_a_gap_apart(polite: Room, site: Site) -> None:
    for number in range(4):
        polite.add(site.serve(f"/{number}", page()))
    counts = []
    for _ in range(4):
        await polite.read()
        counts.append(len(site.requests) - 1)
        polite.clock.pass_(seconds=5)
    assert counts == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("status", "asked", "least"),
    [(429, "1800", HOUR / 2), (503, "7200", 2 * HOUR), (429, "", HOUR)],
)
async def test_b14_b15_a_page_that_asks_for_time_is_heard_for_its_whole_host(
    room: Room, site: Site, status: int, asked: str, least: timedelta
) -> None:
    headers = {"retry-after": asked} if asked else {}
    first = room.add(site.serve("/a", Reply(status=status, headers=headers)))
    other = room.add(site.serve("/b", page()))
    await room.read()
    assert not site.asked("/b")
    for entry in (room.entry(first), room.entry(other)):
        assert entry.due_at is not None
        assert entry.due_at - room.clock() >= least
    room.clock.now += least - timedelta(seconds=1)
    await room.read()
    assert len(site.requests) == 2
