"""Behaviour 43: hubs push what feeds say (W3C WebSub), against a hub and a site on loopback."""

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from monitor.app import App
from monitor.collect import flow, pushed
from monitor.config import Desk
from monitor.hubs import flow as hubs
from monitor.hubs.answer import answer
from monitor.hubs.protocol import Answer, Call
from monitor.tables import HubRow, PushRow
from tests.collect.documents import item, numbered, rss
from tests.collect.polling import entries, feed, poll, poll_after, rows, sync, wait_of
from tests.world import Clock, Reply, Site

pytestmark = pytest.mark.anyio

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CHALLENGE = "c-1"


@pytest.fixture
async def desk(app: App) -> App:
    """The same pipeline, reachable for hubs."""
    known = Desk(public_url="https://desk.test/monitor/")
    return replace(app, config=app.config.model_copy(update={"desk": known}))


def named(site: Site, *numbers: int) -> str:
    links = (
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{site.url("/hub")}"/>'
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="/feed"/>'
    )
    return rss(*(item(number) for number in numbers), head=links)


def hub(app: App) -> HubRow:
    (found,) = rows(app, HubRow)
    return found


async def ask(app: App) -> None:
    while one := app.db.now(hubs.claim, app.now()):
        await hubs.work(app, one)


def asked(site: Site) -> list[dict[str, str]]:
    forms = (parse_qs(request.body.decode()) for request in site.asked("/hub"))
    return [{name: value[0] for name, value in form.items()} for form in forms]


def call(app: App, method: str = "GET", body: bytes = b"", sign: str = "", **query: str) -> Answer:
    """A hub's call; `sign`: with this secret."""
    headers = {"content-type": "application/rss+xml"}
    if sign:
        mark = hmac.new(sign.encode(), body, hashlib.sha256).hexdigest()
        headers["x-hub-signature"] = f"sha256={mark}"
    said = {f"hub.{name}": value for name, value in query.items()}
    token = query.pop("token", "") or hub(app).token
    request = Call(method=method, token=token, query=said, headers=headers, body=body)
    return app.db.now(answer, request, app.now())


def confirm(app: App, site: Site, **other: str) -> Answer:
    said = {"mode": "subscribe", "topic": site.url("/feed"), "challenge": CHALLENGE, **other}
    return call(app, **said)


async def subscribed(app: App, site: Site, *numbers: int) -> None:
    """Poll a feed that names a hub, and subscribe to it."""
    site.serve("/hub", Reply(status=202))
    sync(app, site.serve("/feed", named(site, *numbers), named(site, *numbers, 99)))
    await poll(app)
    await ask(app)
    assert confirm(app, site) == Answer(status=200, body=CHALLENGE)


async def read_pushes(app: App) -> int:
    filed = 0
    while push := app.db.now(pushed.claim, app.now()):
        filed += await pushed.work(app, push)
    return filed


async def test_b43_the_hub_that_a_feed_names_is_asked_with_a_secret_of_its_own(
    desk: App, site: Site
) -> None:
    site.serve("/hub", Reply(status=202))
    sync(desk, site.serve("/feed", named(site, 1)), site.serve("/other", named(site, 2)))
    await poll(desk)
    await ask(desk)
    first, second = asked(site)
    assert first["hub.mode"] == "subscribe"
    assert first["hub.topic"] == site.url("/feed")
    assert first["hub.callback"].startswith("https://desk.test/monitor/websub/")
    assert first["hub.callback"] != second["hub.callback"]
    assert first["hub.secret"] != second["hub.secret"]
    assert len(first["hub.secret"]) >= 32


async def test_b43_the_link_header_comes_before_the_document(desk: App, site: Site) -> None:
    site.serve("/hub2", Reply(status=202))
    link = f'<{site.url("/hub2")}>; rel="hub", </topic>; rel=self'
    sync(desk, site.serve("/feed", named(site, 1), link=link))
    await poll(desk)
    assert (hub(desk).url, hub(desk).topic) == (site.url("/hub2"), site.url("/topic"))


async def test_b43_nobody_is_asked_where_no_hub_could_reach_us(app: App, site: Site) -> None:
    sync(app, site.serve("/feed", named(site, 1)))
    await poll(app)
    assert rows(app, HubRow) == []


async def test_b43_a_challenge_is_echoed_only_for_what_we_asked(desk: App, site: Site) -> None:
    await subscribed(desk, site, 1)
    assert hub(desk).state == "verified"
    assert confirm(desk, site, topic="https://other.test/").status == 404
    assert confirm(desk, site, mode="unsubscribe").status == 404
    assert confirm(desk, site, token="unknown").status == 404
    assert call(desk, "DELETE").status == 405


async def test_b43_a_challenge_before_we_asked_is_refused(desk: App, site: Site) -> None:
    sync(desk, site.serve("/feed", named(site, 1)))
    await poll(desk)
    assert confirm(desk, site).status == 404


async def test_b43_a_push_is_filed_at_once_and_needs_no_poll(
    desk: App, site: Site, clock: Clock
) -> None:
    await subscribed(desk, site, 1)
    clock.pass_(minutes=10)
    body = numbered(1, 2).encode()
    assert call(desk, "POST", body, hub(desk).secret) == Answer(status=202)
    assert await read_pushes(desk) == 1
    assert [entry.guid for entry in entries(desk)] == ["id-1", "id-2"]
    assert rows(desk, PushRow) == []
    assert len(site.asked("/feed")) == 1
    assert wait_of(desk) >= 6 * HOUR


@pytest.mark.parametrize("secret", ["", "wrong"])
async def test_b43_a_push_that_is_not_signed_is_dropped_and_the_hub_told_nothing(
    desk: App, site: Site, secret: str
) -> None:
    await subscribed(desk, site, 1)
    assert call(desk, "POST", numbered(1, 2).encode(), secret) == Answer(status=202)
    assert rows(desk, PushRow) == []


async def test_b43_a_push_with_garbage_ends_in_a_poll(desk: App, site: Site) -> None:
    await subscribed(desk, site, 1)
    call(desk, "POST", b"<html>no feed</html>", hub(desk).secret)
    assert await read_pushes(desk) == 0
    assert rows(desk, PushRow) == []
    assert wait_of(desk) == timedelta()


async def test_b43_b20_what_a_feed_skips_does_not_delay_a_push(
    desk: App, site: Site, clock: Clock
) -> None:
    await subscribed(desk, site, 1)
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(23))
    body = rss(item(1), item(2), head=f"<skipHours>{hours}</skipHours>").encode()
    call(desk, "POST", body, hub(desk).secret)
    assert await read_pushes(desk) == 1


async def test_b43_a_lease_is_renewed_before_it_ends(desk: App, site: Site, clock: Clock) -> None:
    await subscribed(desk, site, 1)
    assert confirm(desk, site, lease_seconds=str(5 * 86400)).status == 200
    assert hub(desk).until == clock() + 5 * DAY
    clock.pass_(days=3.9)
    await ask(desk)
    assert len(asked(site)) == 1
    clock.pass_(days=0.2)
    await ask(desk)
    assert [one["hub.mode"] for one in asked(site)] == ["subscribe", "subscribe"]
    assert hub(desk).state == "verified"


async def test_b43_polls_only_back_it_up_until_one_finds_what_was_not_pushed(
    desk: App, site: Site, clock: Clock
) -> None:
    await subscribed(desk, site, 1)
    call(desk, "POST", numbered(1).encode(), hub(desk).secret)
    await read_pushes(desk)
    assert await poll_after(desk, clock, hours=7) == 1  # number 99 was never pushed
    assert feed(desk).pace["why"] != "its hub pushes"
    assert hub(desk).missed
    call(desk, "POST", numbered(1, 2).encode(), hub(desk).secret)
    await read_pushes(desk)
    await poll_after(desk, clock, hours=7)
    assert feed(desk).pace["why"] == "its hub pushes"
    assert 6 * HOUR <= wait_of(desk) <= 7 * HOUR


async def test_b43_a_hub_that_refuses_is_asked_again_in_a_week(desk: App, site: Site) -> None:
    site.serve("/hub", Reply(status=403))
    sync(desk, site.serve("/feed", named(site, 1)))
    await poll(desk)
    await ask(desk)
    found = hub(desk)
    assert (found.state, found.due_at) == ("refused", desk.now() + 7 * DAY)
    assert wait_of(desk) < 12 * HOUR


async def test_b43_a_feed_that_is_no_longer_polled_is_unsubscribed(
    desk: App, site: Site, clock: Clock
) -> None:
    await subscribed(desk, site, 1)
    sync(desk)
    clock.pass_(days=9)
    await ask(desk)
    assert asked(site)[-1]["hub.mode"] == "unsubscribe"
    assert confirm(desk, site, mode="unsubscribe") == Answer(status=200, body=CHALLENGE)
    clock.pass_(days=40)
    await ask(desk)
    assert len(asked(site)) == 2


async def test_b43_a_hub_in_a_private_network_is_not_asked(
    desk: App, site: Site, clock: Clock
) -> None:
    body = named(site, 1).replace(site.url("/hub"), "http://10.0.0.1/hub")
    sync(desk, site.serve("/feed", body))
    assert await flow.work(desk, desk.db.now(flow.claim, desk.now())) == 1
    await ask(desk)
    assert "not on the public internet" in hub(desk).detail
