"""What is sent, how much is taken, and who is trusted: behaviours 21 to 29, 35 and 44."""

import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from itertools import pairwise

import pytest
import trustme

from monitor.config import Http
from monitor.errors import FetchFailed, FetchRefused
from monitor.web import Web
from tests.world import Clock, Reply, Site, open_site

pytestmark = pytest.mark.anyio

HERE = ("127.0.0.0/8", "::1/128")
NAMES = {
    "paper.example": ["127.0.0.1"],
    "inside.example": ["10.1.2.3"],
    "six.example": ["100::1", "127.0.0.1"],
    "dead.example": ["127.9.9.9", "127.0.0.1"],
}
Open = Callable[..., Web]


def resolve(host: str, _port: int) -> list[str]:
    return NAMES.get(host, [host])


@pytest.fixture
async def open_web(clock: Clock) -> AsyncIterator[Open]:
    opened: list[Web] = []

    def make(allow: tuple[str, ...] = HERE, **settings: object) -> Web:
        http = Http.model_validate({"allow_networks": allow, "timeout": "5s", **settings})
        opened.append(Web(http, clock, resolve=resolve))
        return opened[-1]

    yield make
    for web in opened:
        await web.close()


@pytest.fixture
def web(open_web: Open) -> Web:
    return open_web()


async def reason(web: Web, url: str, **options: object) -> str:
    with pytest.raises((FetchFailed, FetchRefused)) as caught:
        await web.get(url, **options)  # type: ignore[arg-type]
    return caught.value.reason


# ------------------------------------------------------------------- bodies


async def test_b21_gzip_is_asked_for_and_understood(web: Web, site: Site) -> None:
    url = site.serve("/feed", gzip.compress(b"<rss/>"), content_encoding="gzip")
    assert (await web.get(url)).body == b"<rss/>"
    assert "gzip" in site.requests[0].headers["accept-encoding"]


async def test_b21_nothing_is_asked_for_that_cannot_be_undone(web: Web, site: Site) -> None:
    await web.get(site.serve("/feed", b"<rss/>"))
    offered = {word.strip() for word in site.requests[0].headers["accept-encoding"].split(",")}
    assert offered == {"gzip", "deflate"}


@pytest.mark.parametrize("layers", [1, 2])
async def test_b22_a_bomb_is_stopped_before_it_is_in_memory(
    open_web: Open, site: Site, layers: int
) -> None:
    body = bytes(50_000_000)
    for _ in range(layers):
        body = gzip.compress(body)
    url = site.serve("/feed", body, content_encoding=", ".join(["gzip"] * layers))
    assert await reason(open_web(max_body="1MiB"), url) == "too_large"


async def test_b22_no_more_is_unpacked_than_there_is_room_for() -> None:
    from monitor.web.decode import Decoder, Oversize

    decoder = Decoder("gzip", 1_000)
    with pytest.raises(Oversize):
        decoder.feed(gzip.compress(bytes(50_000_000)))
    assert len(decoder.so_far) <= 1_000


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(body=bytes(1_100_000)), "too_large"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", hang=True), "too_large"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000), "bad_answer"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 400, drip=True), "timeout"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 400, drip=True), "timeout"),
    ],
    ids=["body", "announced", "header", "drips-its-body", "drips-its-header"],
)
async def test_b23_size_and_time_are_bounded(
    open_web: Open, site: Site, reply: Reply, expected: str
) -> None:
    web = open_web(max_body="1MiB", timeout="500ms")
    assert await reason(web, site.serve("/feed", reply)) == expected


# ------------------------------------------------------------------ headers


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
    await web.get(site.serve("/door", first))
    site.serve("/feed", b"<rss/>", set_cookie="b=2; Path=/")
    for _ in range(2):
        await web.get(site.url("/feed"))
    assert all("cookie" not in request.headers for request in site.requests)


@pytest.fixture(autouse=True)
def feed_of_redirects(site: Site) -> None:
    site.serve("/feed", b"<rss/>")


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
    assert (await web.get(site.url("/feed"))).status == 200


# ---------------------------------------------------------------- redirects


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


# ---------------------------------------------------------------------- TLS


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def context_of(authority: trustme.CA, **options: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("paper.example", **options).configure_cert(context)  # type: ignore[arg-type]
    return context


async def test_b44_a_certificate_is_checked_for_the_name_that_was_asked_for(
    open_web: Open, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str | None] = []
    context = context_of(authority)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with authority.cert_pem.tempfile() as path, open_site(context) as safe:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", b"<rss/>")
        web = open_web()
        assert (await web.get(safe.url("/feed", "paper.example"))).status == 200
        assert await reason(web, safe.url("/feed", "dead.example")) == "tls"
    assert names[0] == "paper.example"


async def test_b44_an_expired_certificate_is_an_error_that_is_shown(
    open_web: Open, authority: trustme.CA, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = context_of(authority, not_after=clock() - timedelta(days=3650))
    with authority.cert_pem.tempfile() as path, open_site(context) as safe:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        with pytest.raises(FetchFailed, match="expired") as caught:
            await open_web().get(safe.url("/feed", "paper.example"))
    assert caught.value.reason == "tls"


async def test_b44_b29_https_is_never_left_for_http_by_a_feed(
    open_web: Open, site: Site, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with authority.cert_pem.tempfile() as path, open_site(context_of(authority)) as safe:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", Reply(status=301, headers={"location": site.url("/feed")}))
        url = safe.url("/feed", "paper.example")
        assert await reason(open_web(), url) == "bad_redirect"
    assert site.requests == []


@pytest.mark.parametrize("name", ["dead.example", "six.example"])
async def test_b44_a_dead_first_address_does_not_stop_us(
    open_web: Open, site: Site, name: str
) -> None:
    """The next address is tried a quarter of a second later: the limit is one second in all."""
    web = open_web((*HERE, "100::/64"), timeout="1s")
    assert (await web.get(site.url("/feed", name))).status == 200


async def test_b44_names_that_lead_inside_are_refused(open_web: Open, site: Site) -> None:
    assert await reason(open_web(()), site.url("/feed", "paper.example")) == "forbidden_network"
    assert site.requests == []


# --------------------------------------------------------------------- gate


async def test_b32_two_requests_to_a_host_lie_a_gap_apart(open_web: Open, clock: Clock) -> None:
    web = open_web(host_gap="5s")
    url = "http://paper.example/a"
    assert not await web.turn(url)
    waits = [await web.turn(url) for _ in range(4)]
    assert [wait.total_seconds() for wait in waits] == [5, 10, 15, 20]
    assert not await web.turn("http://other.example/a")
    assert await web.turn(url, first=True) == timedelta(seconds=5)
    clock.pass_(seconds=5)
    assert not await web.turn(url)


async def test_b32_who_waited_for_a_turn_gets_it(open_web: Open, clock: Clock) -> None:
    web = open_web(host_gap="5s")
    url, waiting, asked = "http://paper.example/a", {}, []
    for number in range(6):
        if wait := await web.turn(url):
            waiting[number] = clock() + wait
        else:
            asked.append(clock())
    while waiting:
        number, clock.now = min(waiting.items(), key=lambda pair: pair[1])
        if not await web.turn(url):
            asked.append(clock())
            del waiting[number]
    assert len(asked) == 6
    assert all(later - earlier >= timedelta(seconds=5) for earlier, later in pairwise(asked))


async def test_b32_a_public_host_has_a_gap_and_ones_own_network_none(open_web: Open) -> None:
    web = open_web()
    for url, gap in (("http://93.184.215.14/", 5.0), ("http://127.0.0.1/", 0.0)):
        assert not await web.turn(url)
        assert (await web.turn(url)).total_seconds() == gap


async def test_b32_a_name_in_ones_own_network_is_known_once_it_was_asked(
    web: Web, site: Site
) -> None:
    url = site.url("/feed", "paper.example")
    await web.get(url)
    assert not await web.turn(url)


def test_deflate_without_a_header_is_deflate() -> None:
    from monitor.web.decode import Decoder

    decoder = Decoder("deflate", 100)
    decoder.feed(zlib.compress(b"<rss/>")[2:-4])
    assert decoder.finish() == b"<rss/>"
