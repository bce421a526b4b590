"""What is asked, how it says who asks, and what an answer means."""

import asyncio

import pytest

from monitor.errors import FetchFailed, FetchRefused
from monitor.records import Fetched
from monitor.web import Web
from tests.web.doors import Open, failure
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio


async def test_an_answer_comes_back_whole(web: Web, site: Site) -> None:
    url = site.serve("/feed", b"<rss/>", content_type="text/xml", etag='W/"a--gzip"')
    fetched = await web.get(url)
    assert (fetched.url, fetched.status, fetched.body) == (url, 200, b"<rss/>")
    assert fetched.content_type == "text/xml"
    assert fetched.etag == 'W/"a--gzip"'


async def test_validators_are_sent_byte_for_byte_and_304_is_an_answer(web: Web, site: Site) -> None:
    url = site.serve("/feed", b"<rss/>", etag='W/"a--gzip"')
    fetched = await web.get(url, etag='W/"a--gzip"', last_modified="Sun, 01 Mar 2026 08:00:00 GMT")
    assert fetched.unchanged
    assert site.requests[0].headers["if-none-match"] == 'W/"a--gzip"'
    assert site.requests[0].headers["if-modified-since"] == "Sun, 01 Mar 2026 08:00:00 GMT"


async def test_304_without_having_asked_for_it_is_a_failure(web: Web, site: Site) -> None:
    error = await failure(web, site.serve("/feed", Reply(status=304)))
    assert error.reason == "http_304"


async def test_it_says_who_it_is_and_what_it_reads_and_nothing_else(
    open_web: Open, site: Site
) -> None:
    web = open_web(contact="Café desk@example.org (night)")
    await web.get(site.serve("/feed", b"<rss/>"))
    await web.get(site.serve("/page", b"<html>"), accept="page")
    feed, page = (request.headers for request in site.requests)
    assert feed["user-agent"].startswith("newsroom-monitor/")
    assert feed["user-agent"].endswith("(+Caf desk@example.org night)")
    assert feed["accept"].startswith("application/rss+xml")
    assert feed["accept"].endswith("*/*;q=0.1")
    assert page["accept"].startswith("text/html")
    assert set(feed) == {"host", "accept", "accept-encoding", "user-agent", "connection"}
    assert feed["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://paper.example/",
        "http://0177.0.0.1/",
        "file:///etc/passwd",
        "nonsense",
        "http://",
        "http://[::1/",
        "",
    ],
)
async def test_what_is_no_address_is_refused(web: Web, address: str) -> None:
    with pytest.raises(FetchRefused) as caught:
        await web.get(address)
    assert caught.value.reason == "bad_address"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 429, 451, 500, 502, 503])
async def test_a_bad_status_is_worth_another_try(web: Web, site: Site, status: int) -> None:
    error = await failure(web, site.serve("/feed", Reply(status=status)))
    assert isinstance(error, FetchFailed)
    assert error.reason == f"http_{status}"


async def test_gone_is_for_good(web: Web, site: Site) -> None:
    error = await failure(web, site.serve("/feed", Reply(status=410)))
    assert isinstance(error, FetchRefused)
    assert error.reason == "http_410"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Mon, 02 Mar 2026 08:10:00 GMT", 600.0),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0.0),
        ("999999999999", 86400.0),
        ("Mon, 02 Mar 2099 08:10:00 GMT", 86400.0),
        ("soon", None),
        ("-5", None),
    ],
)
async def test_retry_after_is_seconds_or_a_date_and_at_most_a_day(
    web: Web, site: Site, value: str, seconds: float | None
) -> None:
    error = await failure(
        web, site.serve("/feed", Reply(status=503, headers={"Retry-After": value}))
    )
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", b"<title>Just a moment...</title>"),
        (b"Content-Encoding: br\r\n", b""),
        (b"Content-Length: 99\r\n", b"<title>Just a moment...</title>"),
    ],
    ids=["whole", "not-asked-for", "cut-off"],
)
async def test_a_refusal_keeps_the_page_it_came_with(
    web: Web, site: Site, head: bytes, body: bytes
) -> None:
    raw = b"HTTP/1.1 403 Forbidden\r\nServer: wall\r\n" + head + b"\r\n" + body
    error = await failure(web, site.serve("/feed", Reply(raw=raw)))
    assert error.reason == "http_403"
    assert isinstance(error, FetchFailed)
    assert isinstance(error.answer, Fetched)
    assert error.answer.body == body
    assert error.answer.headers["server"] == "wall"


async def test_of_a_refusals_page_the_beginning_is_kept(web: Web, site: Site) -> None:
    error = await failure(web, site.serve("/feed", Reply(status=403, body=b"x" * 1_000_000)))
    assert isinstance(error, FetchFailed)
    assert isinstance(error.answer, Fetched)
    assert len(error.answer.body) == 64 * 1024


async def test_b21_nothing_is_asked_for_that_cannot_be_undone(web: Web, site: Site) -> None:
    await web.get(site.serve("/feed", b"<rss/>"))
    offered = {word.strip() for word in site.requests[0].headers["accept-encoding"].split(",")}
    assert offered == {"gzip", "deflate"}


async def test_b24_feed_types_come_first_and_anything_last(web: Web, site: Site) -> None:
    await web.get(site.serve("/feed", b"<rss/>"))
    kinds = [kind.strip() for kind in site.requests[0].headers["accept"].split(",")]
    assert kinds[0] == "application/rss+xml"
    assert kinds[-1].startswith("*/*")


async def test_b25_every_request_says_the_same_of_who_asks(open_web: Open, site: Site) -> None:
    web = open_web(contact="https://newsroom.example/monitor")
    await web.get(site.serve("/feed", b"<rss/>"))
    await web.get(site.serve("/page", b"<html>"), accept="page")
    await web.get(site.serve("/robots.txt", b""), accept="text")
    await web.post(site.serve("/hook", b""), body=b"{}", headers={})
    (agent,) = {request.headers["user-agent"] for request in site.requests}
    assert agent.startswith("newsroom-monitor/")
    assert "+https://newsroom.example/monitor" in agent


async def test_b26_no_cookie_is_sent_back(web: Web, site: Site) -> None:
    first = Reply(status=302, headers={"location": "/feed", "set-cookie": "a=1; Path=/"})
    site.serve("/feed", b"<rss/>", set_cookie="b=2; Path=/")
    await web.get(site.serve("/door", first))
    for _ in range(2):
        await web.get(site.url("/feed"))
    assert all("cookie" not in request.headers for request in site.requests)


async def test_b27_nothing_is_told_of_where_we_come_from(web: Web, site: Site) -> None:
    site.serve("/there?a=1", b"<rss/>")
    moved = Reply(status=302, headers={"location": site.url("/there?a=1#part", "paper.example")})
    site.serve("/feed?x=1", moved)
    await web.get(site.url("/feed?x=1").replace("http://", "http://user:pass@"))
    assert [request.path for request in site.requests] == ["/feed?x=1", "/there?a=1"]
    assert all("referer" not in request.headers for request in site.requests)
    assert "authorization" not in site.requests[1].headers


async def test_b35_no_proxy_is_used(web: Web, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    assert (await web.get(site.serve("/feed", b"<rss/>"))).status == 200


async def test_a_host_is_asked_at_most_two_things_at_once(web: Web, site: Site) -> None:
    urls = [site.serve(f"/{number}", b"x") for number in range(12)]
    await asyncio.gather(*(web.get(url) for url in urls))
    assert len(site.requests) == 12
    assert site.most_at_once <= 2


async def test_b32_names_that_stand_at_one_address_are_asked_two_things_at_once_together(
    web: Web, site: Site
) -> None:
    path = "/feed"
    site.serve(path, b"x")
    names = ["paper.example", "two.example"]
    for name in names:
        await web.get(site.url(path, name))
    site.most_at_once = 0
    await asyncio.gather(*(web.get(site.url(path, name)) for name in names * 6))
    assert len(site.requests) == 14
    assert site.most_at_once <= 2
