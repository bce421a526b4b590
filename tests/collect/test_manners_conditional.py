"""A feed that did not change is not sent again: behaviours 1 to 11."""

from dataclasses import replace

import pytest

from monitor.app import App, open_app
from monitor.collect import flow, store
from tests.collect.documents import numbered
from tests.collect.polling import poll, poll_after, sent, sync
from tests.world import Clock, Reply, Site

pytestmark = pytest.mark.anyio

DATE = "Sun, 01 Mar 2026 08:00:00 GMT"
LATER = "Mon, 02 Mar 2026 08:00:00 GMT"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def answer(body: str, etag: str = "", date: str = "", status: int = 200) -> Reply:
    headers = {"etag": etag, "last-modified": date}
    return Reply(status=status, body=body.encode(), headers={k: v for k, v in headers.items() if v})


async def test_b01_the_first_fetch_is_unconditional_and_every_later_one_conditional(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"')))
    for _ in range(3):
        await poll(app)
        clock.pass_(hours=13)
    assert sent(site) == [(None, None), ('"1"', None), ('"1"', None)]


async def test_b01_validators_survive_a_restart(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"', DATE)))
    await poll(app)
    clock.pass_(hours=13)
    async with open_app(app.config, now=clock) as again:
        await poll(replace(again, pool=app.pool))
    assert sent(site)[-1] == ('"1"', DATE)


@pytest.mark.parametrize("etag", ['"1"', 'W/"1"', '"1--gzip"', "bare", '"a, b"', '""'])
async def test_b02_an_etag_goes_back_byte_for_byte(
    app: App, site: Site, clock: Clock, etag: str
) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), etag)))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert sent(site)[1] == (etag, None)


@pytest.mark.parametrize("date", [DATE, "Sunday, 01-Mar-26 08:00:00 GMT", "yesterday"])
async def test_b03_a_date_goes_back_as_it_came(
    app: App, site: Site, clock: Clock, date: str
) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), date=date)))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert sent(site)[1] == (None, date)


async def test_b03_a_date_is_never_made_up(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", answer(numbered(1))))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert sent(site)[1] == (None, None)


async def test_b04_both_validators_are_sent(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"', DATE)))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert sent(site)[1] == ('"1"', DATE)


@pytest.mark.parametrize(
    ("second", "kept"),
    [(('"2"', DATE), ('"2"', DATE)), (('"1"', LATER), ('"1"', LATER))],
    ids=["new-etag", "new-date"],
)
async def test_b05_both_are_replaced_though_one_is_unchanged(
    app: App, site: Site, clock: Clock, second: tuple[str, str], kept: tuple[str, str]
) -> None:
    first, then = answer(numbered(1), '"1"', DATE), answer(numbered(1, 2), *second)
    raw = _raw(then)  # a server that ignores If-None-Match
    sync(app, site.serve("/feed", first, raw, raw))
    await poll(app)
    await poll_after(app, clock, hours=13)
    await poll_after(app, clock, hours=13)
    assert sent(site)[2] == kept


async def test_b06_validators_are_replaced_though_the_body_is_unchanged(
    app: App, site: Site, clock: Clock
) -> None:
    first, then = answer(numbered(1), '"1"', DATE), answer(numbered(1), '"2"', LATER)
    sync(app, site.serve("/feed", first, then))
    await poll(app)
    await poll_after(app, clock, hours=13)
    await poll_after(app, clock, hours=13)
    assert app.tally["feeds.unchanged"] == 1
    assert sent(site)[2] == ('"2"', LATER)


async def test_b07_a_304_updates_what_it_mentions(app: App, site: Site, clock: Clock) -> None:
    sync(
        app,
        site.serve(
            "/feed", answer(numbered(1), '"1"', DATE), answer("", "", LATER, 304), answer("")
        ),
    )
    await poll(app)
    await poll_after(app, clock, hours=13)
    await poll_after(app, clock, hours=13)
    assert sent(site)[2] == ('"1"', LATER)


async def test_b07_a_200_without_a_validator_clears_it(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"', DATE), answer(numbered(2), '"2"')))
    await poll(app)
    await poll_after(app, clock, hours=13)
    await poll_after(app, clock, hours=13)
    assert sent(site)[2] == ('"2"', None)


async def test_b08_validators_of_what_could_not_be_parsed_are_not_kept(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", answer("<rss><broken", '"bad"'), answer(numbered(1), '"1"')))
    await poll(app)
    assert await poll_after(app, clock, hours=13) == 1
    assert sent(site)[1] == (None, None)


async def test_b08_validators_of_what_was_not_stored_are_not_kept(
    app: App, site: Site, clock: Clock
) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"')))
    claimed = app.db.now(flow.claim, clock())
    assert claimed is not None
    await app.web.get(claimed.url)  # and here the process dies
    assert await poll_after(app, clock, minutes=6) == 1
    assert sent(site)[1] == (None, None)


async def test_b09_validators_belong_to_the_address_that_gave_them(
    app: App, site: Site, clock: Clock
) -> None:
    there = Reply(status=302, headers={"location": "/there"})
    elsewhere = Reply(status=302, headers={"location": "/elsewhere"})
    site.serve("/there", answer(numbered(1), '"1"'))
    site.serve("/elsewhere", answer(numbered(2), '"1"'))
    sync(app, site.serve("/feed", there, there, elsewhere))
    await poll(app)
    await poll_after(app, clock, hours=13)
    assert [r.headers.get("if-none-match") for r in site.asked("/there")] == [None, '"1"']
    assert await poll_after(app, clock, hours=13) == 1
    assert [r.headers.get("if-none-match") for r in site.asked("/elsewhere")] == [None]
    assert {r.headers.get("if-none-match") for r in site.asked("/feed")} == {None}


async def test_b10_a_poll_asked_for_by_hand_is_conditional(
    app: App, site: Site, clock: Clock
) -> None:
    url = site.serve("/feed", answer(numbered(1), '"1"'))
    sync(app, url)
    await poll(app)
    app.db.now(store.choose_feeds, [url], everything=False, now=clock())
    await poll(app)
    assert sent(site)[1] == ('"1"', None)


async def test_b10_recovery_from_an_error_is_conditional(
    app: App, site: Site, clock: Clock
) -> None:
    good = answer(numbered(1), '"1"')
    sync(app, site.serve("/feed", good, Reply(status=500), Reply(status=500), good))
    for _ in range(4):
        await poll(app)
        clock.pass_(hours=13)
    assert sent(site)[1:] == [('"1"', None)] * 3


async def test_b10_a_feed_resumed_by_hand_is_asked_conditionally(
    app: App, site: Site, clock: Clock
) -> None:
    url = site.serve("/feed", answer(numbered(1), '"1"'))
    sync(app, url)
    await poll(app)
    app.db.now(store.set_state, url, "paused", clock())
    app.db.now(store.set_state, url, "active", clock())
    await poll(app)
    assert sent(site)[1] == ('"1"', None)


def _raw(reply: Reply) -> Reply:
    """The same answer, whatever was asked."""
    lines = [f"{name}: {value}" for name, value in reply.headers.items()]
    head = "\r\n".join(["HTTP/1.1 200 OK", f"content-length: {len(reply.body)}", *lines])
    return Reply(raw=head.encode() + b"\r\n\r\n" + reply.body)


def _liar() -> Reply:
    return Reply(raw=b'HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n')


async def test_b11_a_server_that_says_unchanged_for_ever_is_caught(
    app: App, site: Site, clock: Clock
) -> None:
    """Others report its stories; so once a day it is asked without validators."""
    true = _raw(answer(numbered(7), '"1"'))
    liar = site.serve("/feed", answer(numbered(1), '"1"'), *[_liar()] * 5, true, _liar())
    sync(app, liar)
    await poll(app)
    for _ in range(5):
        await poll_after(app, clock, hours=5)
    assert [etag for etag, _ in sent(site)] == [None, *['"1"'] * 5]
    _sighting(app, clock, site.url("/story/9"))
    assert await poll_after(app, clock, hours=5) == 1
    assert sent(site)[-1] == (None, None)
    for _ in range(4):
        _sighting(app, clock, site.url("/story/9"))
        await poll_after(app, clock, hours=5)
    assert [etag for etag, _ in sent(site)][7:] == ['"1"'] * 4


async def test_b11_a_quiet_feed_is_not_suspected(app: App, site: Site, clock: Clock) -> None:
    sync(app, site.serve("/feed", answer(numbered(1), '"1"')))
    for _ in range(8):
        await poll(app)
        clock.pass_(hours=13)
    assert [etag for etag, _ in sent(site)] == [None, *['"1"'] * 7]


def _sighting(app: App, clock: Clock, link: str) -> None:
    """Another feed shows an article of the same site."""
    from monitor.tables import EntryRow, FeedRow

    def put(session):
        row = session.query(FeedRow).filter_by(url="https://other.example/feed").one_or_none()
        if row is None:
            row = FeedRow(url="https://other.example/feed", added_at=clock(), configured=False)
            session.add(row)
            session.flush()
        session.add(EntryRow(feed_id=row.id, link=link, first_seen_at=clock()))

    app.db.now(put)
