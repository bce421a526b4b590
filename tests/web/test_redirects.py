"""Where redirects may lead, and how far."""

import pytest

from monitor.web import Web
from tests.web.doors import failure, reason
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio


async def test_redirects_are_followed_and_told(web: Web, site: Site) -> None:
    site.serve("/old", Reply(status=301, headers={"location": "/new#top"}))
    site.serve("/new", Reply(status=302, headers={"location": site.url("/end", "two.example")}))
    site.serve("/end", b"here")
    fetched = await web.get(site.url("/old", "paper.example"))
    assert fetched.body == b"here"
    assert fetched.url == site.url("/end", "two.example")
    assert fetched.redirects == (
        site.url("/old", "paper.example"),
        site.url("/new", "paper.example"),
    )
    assert site.requests[-1].headers["host"] == f"two.example:{site.port}"


async def test_validators_go_only_to_the_address_they_came_from(web: Web, site: Site) -> None:
    old = site.serve("/old", Reply(status=301, headers={"location": "/new"}))
    new = site.serve("/new", b"<rss/>", etag='"1"')
    assert (await web.get(old, etag='"1"', validators_of=new)).unchanged
    assert "if-none-match" not in site.requests[0].headers
    assert not (await web.get(old, etag='"1"')).unchanged


async def test_a_redirect_in_a_circle_is_refused(web: Web, site: Site) -> None:
    site.serve("/a", Reply(status=302, headers={"location": "/b"}))
    site.serve("/b", Reply(status=302, headers={"location": "/a"}))
    assert (await failure(web, site.url("/a"))).reason == "redirect_loop"


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://[", ""])
async def test_a_redirect_to_what_is_no_web_address_is_refused(
    web: Web, site: Site, location: str
) -> None:
    headers = {"location": location} if location else {}
    error = await failure(web, site.serve("/a", Reply(status=302, headers=headers)))
    assert error.reason == "bad_redirect"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), "/1"),
        ((308, 301), "/2"),
        ((301, 302), "/1"),
        ((302,), ""),
        ((303,), ""),
        ((307, 301), ""),
        ((), ""),
    ],
)
async def test_b28_only_what_is_permanent_from_the_start_moves_a_feed(
    web: Web, site: Site, statuses: tuple[int, ...], moved: str
) -> None:
    for number, status in enumerate(statuses):
        site.serve(f"/{number}", Reply(status=status, headers={"location": f"/{number + 1}"}))
    site.serve(f"/{len(statuses)}", b"<rss/>")
    fetched = await web.get(site.url("/0"))
    assert fetched.moved_to == (site.url(moved) if moved else "")


async def test_b29_a_chain_is_followed_five_hops_and_no_further(web: Web, site: Site) -> None:
    for number in range(9):
        site.serve(f"/{number}", Reply(status=302, headers={"location": f"/{number + 1}"}))
    site.serve("/9", b"<rss/>")
    assert (await web.get(site.url("/4"))).status == 200
    assert await reason(web, site.url("/3")) == "redirect_loop"


async def test_b29_a_loop_is_caught(web: Web, site: Site) -> None:
    site.serve("/a", Reply(status=302, headers={"location": "/a"}))
    assert await reason(web, site.url("/a")) == "redirect_loop"


async def test_b29_every_hop_is_checked_for_where_it_leads(web: Web, site: Site) -> None:
    inside = Reply(status=302, headers={"location": site.url("/x", "inside.example")})
    assert await reason(web, site.serve("/a", inside)) == "forbidden_network"
    assert [request.path for request in site.requests] == ["/a"]
