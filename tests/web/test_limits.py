"""How much is taken, and how long it may take."""

import gzip
import zlib

import pytest

from monitor.errors import FetchFailed
from monitor.web import Web
from tests.web.doors import Open, failure, reason
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio


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


async def test_b21_gzip_is_asked_for_and_understood(web: Web, site: Site) -> None:
    url = site.serve("/feed", gzip.compress(b"<rss/>"), content_encoding="gzip")
    assert (await web.get(url)).body == b"<rss/>"
    assert "gzip" in site.requests[0].headers["accept-encoding"]


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


def test_deflate_without_a_header_is_deflate() -> None:
    from monitor.web.decode import Decoder

    decoder = Decoder("deflate", 100)
    decoder.feed(zlib.compress(b"<rss/>")[2:-4])
    assert decoder.finish() == b"<rss/>"
