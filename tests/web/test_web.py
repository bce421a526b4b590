"""The door to the web, against real servers on loopback."""

import asyncio
import gzip
import ssl
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import trustme

from monitor.config import Http
from monitor.errors import FetchFailed, FetchRefused, MonitorError
from monitor.web import Web
from monitor.web.guard import Resolve, look_up, permitted
from tests.world import Clock, Reply, Site, open_site

pytestmark = pytest.mark.anyio

HERE = ("127.0.0.0/8", "::1/128")
NAMES = {
    "paper.example": ["127.0.0.1"],
    "two.example": ["127.0.0.1"],
    "inside.example": ["10.1.2.3"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "dead-first.example": ["127.9.9.9", "127.0.0.1"],
    "mixed.example": ["10.0.0.1", "127.0.0.1"],
}
Open = Callable[..., Web]


def resolve(host: str, _port: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    if host.endswith(".example"):
        raise OSError("Name or service not known")
    return [host]


@pytest.fixture
async def open_web(clock: Clock) -> AsyncIterator[Open]:
    opened: list[Web] = []

    def make(allow: tuple[str, ...] = HERE, resolve: Resolve = resolve, **settings: object) -> Web:
        http = Http.model_validate({"allow_networks": allow, "timeout": "5s", **settings})
        opened.append(Web(http, clock, resolve=resolve))
        return opened[-1]

    yield make
    for web in opened:
        await web.close()


@pytest.fixture
def web(open_web: Open) -> Web:
    return open_web()


async def failure(web: Web, url: str, **options: object) -> MonitorError:
    with pytest.raises((FetchFailed, FetchRefused)) as caught:
        await web.get(url, **options)  # type: ignore[arg-type]
    assert (urlsplit(url).hostname or "") in str(caught.value)
    return caught.value


# ------------------------------------------------------------------ asking


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


async def test_cookies_are_not_sent_back(web: Web, site: Site) -> None:
    url = site.serve("/feed", b"<rss/>", set_cookie="a=1; Path=/")
    await web.get(url)
    await web.get(url)
    assert "cookie" not in site.requests[1].headers


async def test_proxies_of_the_environment_are_not_used(
    web: Web, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:3128")
    assert (await web.get(site.serve("/feed", b"<rss/>"))).status == 200


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


# ------------------------------------------------------------------ status


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


# --------------------------------------------------------------- redirects


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


async def test_more_than_five_redirects_are_refused(web: Web, site: Site) -> None:
    for number in range(9):
        site.serve(f"/{number}", Reply(status=302, headers={"location": f"/{number + 1}"}))
    assert (await failure(web, site.url("/0"))).reason == "redirect_loop"
    assert len(site.requests) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://[", ""])
async def test_a_redirect_to_what_is_no_web_address_is_refused(
    web: Web, site: Site, location: str
) -> None:
    headers = {"location": location} if location else {}
    error = await failure(web, site.serve("/a", Reply(status=302, headers=headers)))
    assert error.reason == "bad_redirect"


# ------------------------------------------------------------------- guard


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",  # noqa: S104
        "[::]",
    ],
)
async def test_loopback_is_refused_however_it_is_written(
    open_web: Open, site: Site, host: str
) -> None:
    site.serve("/feed", b"<rss/>")
    with pytest.raises(FetchRefused) as caught:
        await open_web((), look_up).get(site.url("/feed", host))
    assert caught.value.reason == "forbidden_network"
    assert "http.allow_networks" in str(caught.value)
    assert site.requests == []


@pytest.mark.parametrize("name", ["paper.example", "mapped.example", "inside.example"])
async def test_a_name_that_leads_inside_is_refused(open_web: Open, site: Site, name: str) -> None:
    site.serve("/feed", b"<rss/>")
    assert (await failure(open_web(()), site.url("/feed", name))).reason == "forbidden_network"
    assert site.requests == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07::1", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.0.8", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::ffff:169.254.169.254", False),
        ("::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2002:a9fe:a9fe::1", False),
        ("2001:0:1:2::3", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
    ],
)
def test_only_the_public_internet_may_be_dialled(address: str, public: bool) -> None:  # noqa: FBT001
    assert permitted(address, ()) is public


async def test_a_redirect_that_leads_inside_is_refused(web: Web, site: Site) -> None:
    target = site.url("/secret", "inside.example")
    url = site.serve("/feed", Reply(status=302, headers={"location": target}))
    with pytest.raises(FetchRefused) as caught:
        await web.get(url)
    assert caught.value.reason == "forbidden_network"


async def test_a_post_that_leads_inside_is_refused(open_web: Open, site: Site) -> None:
    with pytest.raises(FetchRefused):
        await open_web(()).post(site.url("/hook"), body=b"{}", headers={})
    assert site.requests == []


async def test_a_name_with_both_kinds_of_address_is_dialled_only_outside(
    web: Web, site: Site
) -> None:
    site.serve("/feed", b"<rss/>")
    assert (await web.get(site.url("/feed", "mixed.example"))).status == 200


async def test_a_dead_first_address_costs_little(web: Web, site: Site) -> None:
    site.serve("/feed", b"<rss/>")
    assert (await web.get(site.url("/feed", "dead-first.example"))).status == 200


async def test_a_name_is_looked_up_once_and_what_was_checked_is_dialled(
    open_web: Open, site: Site
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    site.serve("/feed", b"<rss/>")
    web = open_web(HERE, lambda _host, _port: next(answers))
    assert (await web.get(site.url("/feed", "liar.example"))).status == 200
    assert (await failure(web, site.url("/feed", "liar.example"))).reason == "forbidden_network"


async def test_a_name_that_does_not_resolve_may_do_so_later(web: Web) -> None:
    error = await failure(web, "http://nowhere.example/feed")
    assert isinstance(error, FetchFailed)
    assert error.reason == "dns"


# ------------------------------------------------------------------- limits


def squeezed(size: int) -> bytes:
    return gzip.compress(bytes(size))


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"<rss/>"), "gzip"),
        (gzip.compress(b"<rss") + gzip.compress(b"/>") + bytes(8), "gzip"),
        (zlib.compress(b"<rss/>"), "deflate"),
        (zlib.compress(b"<rss/>")[2:-4], "deflate"),
        (gzip.compress(gzip.compress(b"<rss/>")), "gzip, gzip"),
        (gzip.compress(b"<rss/>"), ""),
        (b"<rss/>", "identity"),
    ],
    ids=["gzip", "two-members", "zlib", "bare-deflate", "twice", "unlabelled", "identity"],
)
async def test_compressed_bodies_are_unpacked(
    web: Web, site: Site, body: bytes, encoding: str
) -> None:
    url = site.serve("/feed", body, content_encoding=encoding)
    assert (await web.get(url)).body == b"<rss/>"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (squeezed(20_000_000), "gzip"),
        (squeezed(20_000_000), ""),
        (gzip.compress(squeezed(20_000_000)), "gzip, gzip"),
        (bytes(1_100_000), ""),
    ],
    ids=["labelled", "unlabelled", "twice", "plain"],
)
async def test_a_body_over_the_limit_is_refused(
    open_web: Open, site: Site, body: bytes, encoding: str
) -> None:
    url = site.serve("/feed", body, content_encoding=encoding)
    error = await failure(open_web(max_body="1MiB"), url)
    assert error.reason == "too_large"
    assert "http.max_body" in str(error)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(b"<rss/>", "br"), (gzip.compress(b"<rss/>" * 999)[:-20], "gzip"), (b"\x1f\x8b!!!", "gzip")],
    ids=["not-asked-for", "cut-off", "damaged"],
)
async def test_a_body_that_cannot_be_unpacked_is_a_failure(
    web: Web, site: Site, body: bytes, encoding: str
) -> None:
    error = await failure(web, site.serve("/feed", body, content_encoding=encoding))
    assert error.reason == "bad_encoding"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(raw=b"", hang=True), "timeout"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", hang=True), "timeout"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 400, drip=True), "timeout"),
        (Reply(raw=b""), "bad_answer"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), "bad_answer"),
        (Reply(raw=b"SSH-2.0-OpenSSH\r\n"), "bad_answer"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000), "bad_answer"),
    ],
    ids=["silent", "hangs-halfway", "drips", "closes", "cut-off", "no-http", "huge-header"],
)
async def test_a_server_that_misbehaves_is_cut_off(
    open_web: Open, site: Site, reply: Reply, reason: str
) -> None:
    error = await failure(open_web(timeout="300ms"), site.serve("/feed", reply))
    assert isinstance(error, FetchFailed)
    assert error.reason == reason


async def test_nobody_listening_is_a_failure_to_connect(web: Web) -> None:
    with open_site() as closed:
        url = closed.url("/feed")
    assert (await failure(web, url)).reason == "connect"


async def test_a_host_is_asked_at_most_two_things_at_once(web: Web, site: Site) -> None:
    urls = [site.serve(f"/{number}", b"x") for number in range(12)]
    await asyncio.gather(*(web.get(url) for url in urls))
    assert len(site.requests) == 12
    assert site.most_at_once <= 2


# --------------------------------------------------------------------- TLS


@pytest.fixture
def certified() -> trustme.CA:
    return trustme.CA()


def tls_of(authority: trustme.CA, name: str, **options: object) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **options).configure_cert(context)  # type: ignore[arg-type]
    return context


async def test_tls_is_checked_against_the_name_though_an_address_is_dialled(
    open_web: Open, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        certified.cert_pem.tempfile() as path,
        open_site(tls_of(certified, "paper.example")) as site,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", path)
        site.serve("/feed", b"<rss/>")
        web = open_web()
        assert (await web.get(site.url("/feed", "paper.example"))).status == 200
        assert (await failure(web, site.url("/feed", "two.example"))).reason == "tls"


async def test_an_unknown_certificate_is_a_failure_shown(web: Web, certified: trustme.CA) -> None:
    with open_site(tls_of(certified, "paper.example")) as site:
        error = await failure(web, site.url("/feed", "paper.example"))
    assert error.reason == "tls"
    assert "certificate" in str(error)


async def test_an_expired_certificate_is_a_failure_shown(
    open_web: Open, certified: trustme.CA, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = clock() - timedelta(days=3650)
    context = tls_of(certified, "paper.example", not_after=past)
    with certified.cert_pem.tempfile() as path, open_site(context) as site:
        monkeypatch.setenv("SSL_CERT_FILE", path)
        error = await failure(open_web(), site.url("/feed", "paper.example"))
    assert error.reason == "tls"
    assert "expired" in str(error)


async def test_a_feed_is_not_followed_from_https_to_http_but_a_page_is(
    open_web: Open, site: Site, certified: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = site.serve("/plain", b"text")
    with (
        certified.cert_pem.tempfile() as path,
        open_site(tls_of(certified, "paper.example")) as safe,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", path)
        safe.serve("/feed", Reply(status=302, headers={"location": plain}))
        url = safe.url("/feed", "paper.example")
        web = open_web()
        assert (await failure(web, url)).reason == "bad_redirect"
        assert (await web.get(url, accept="page")).body == b"text"


# ------------------------------------------------------------------ posting


@pytest.mark.parametrize("status", [200, 204, 302, 400, 410, 429, 500])
async def test_a_post_returns_whatever_the_server_says(web: Web, site: Site, status: int) -> None:
    url = site.serve("/hook", Reply(status=status, headers={"location": "/x"}, body=b""))
    answer = await web.post(url, body=b'{"a":1}', headers={"Content-Type": "application/json"})
    assert answer.status == status
    assert [(r.method, r.body) for r in site.requests] == [("POST", b'{"a":1}')]
    assert site.requests[0].headers["content-type"] == "application/json"
    assert site.requests[0].headers["content-length"] == "7"


async def test_a_long_answer_to_a_post_is_cut_and_not_an_error(web: Web, site: Site) -> None:
    url = site.serve("/hook", b"x" * 1_000_000)
    assert len((await web.post(url, body=b"{}", headers={})).body) == 64 * 1024


@pytest.mark.parametrize(
    "reply",
    [
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", hang=True),
    ],
    ids=["not-asked-for", "damaged", "cut-off", "hangs"],
)
async def test_once_the_status_is_known_the_rest_of_an_answer_to_a_post_cannot_fail(
    open_web: Open, site: Site, reply: Reply
) -> None:
    web = open_web(timeout="500ms")
    assert (await web.post(site.serve("/hook", reply), body=b"{}", headers={})).status == 200


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
    assert error.answer.body == body
    assert error.answer.headers["server"] == "wall"


async def test_of_a_refusals_page_the_beginning_is_kept(web: Web, site: Site) -> None:
    error = await failure(web, site.serve("/feed", Reply(status=403, body=b"x" * 1_000_000)))
    assert len(error.answer.body) == 64 * 1024
