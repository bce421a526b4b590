"""Which network addresses may be dialled."""

import pytest

from monitor.errors import FetchFailed, FetchRefused
from monitor.web import Web
from monitor.web.guard import look_up, permitted
from tests.web.doors import HERE, Open, failure, reason
from tests.world import Site, open_site

pytestmark = pytest.mark.anyio


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


async def test_a_post_that_leads_inside_is_refused(open_web: Open, site: Site) -> None:
    with pytest.raises(FetchRefused):
        await open_web(()).post(site.url("/hook"), body=b"{}", headers={})
    assert site.requests == []


async def test_a_name_with_both_kinds_of_address_is_dialled_only_outside(
    web: Web, site: Site
) -> None:
    site.serve("/feed", b"<rss/>")
    assert (await web.get(site.url("/feed", "mixed.example"))).status == 200


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


async def test_nobody_listening_is_a_failure_to_connect(web: Web) -> None:
    with open_site() as closed:
        url = closed.url("/feed")
    assert (await failure(web, url)).reason == "connect"


@pytest.mark.parametrize("name", ["dead.example", "six.example"])
async def test_b44_a_dead_first_address_does_not_stop_us(
    open_web: Open, site: Site, name: str
) -> None:
    """The next address is tried a quarter of a second later: the limit is one second in all."""
    web = open_web((*HERE, "100::/64"), timeout="1s")
    site.serve("/feed", b"<rss/>")
    assert (await web.get(site.url("/feed", name))).status == 200


async def test_b44_names_that_lead_inside_are_refused(open_web: Open, site: Site) -> None:
    assert await reason(open_web(()), site.url("/feed", "paper.example")) == "forbidden_network"
    assert site.requests == []
