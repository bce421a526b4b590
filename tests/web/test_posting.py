"""What a server says to a post."""

import pytest

from monitor.web import Web
from tests.web.doors import Open
from tests.world import Reply, Site

pytestmark = pytest.mark.anyio


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
