"""When a host may be asked."""

from datetime import timedelta
from itertools import pairwise

import pytest

from monitor.web import Web
from tests.web.doors import Open
from tests.world import Clock, Site

pytestmark = pytest.mark.anyio


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
    site.serve("/feed", b"<rss/>")
    url = site.url("/feed", "paper.example")
    await web.get(url)
    assert not await web.turn(url)
