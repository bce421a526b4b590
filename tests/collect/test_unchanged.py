"""What the server or its body says has not changed."""

from datetime import timedelta

import pytest

from monitor.app import App
from tests.collect.documents import date, item, numbered, rss
from tests.collect.polling import feed, poll, poll_later, sync
from tests.world import START, Clock, Reply, Site

pytestmark = pytest.mark.anyio


async def test_the_second_request_is_conditional_and_a_304_files_nothing(
    app: App, site: Site, clock: Clock
) -> None:
    modified = "Sun, 01 Mar 2026 07:00:00 GMT"
    sync(app, site.serve("/feed", numbered(1), etag='W/"1"', last_modified=modified))
    await poll(app)
    assert "if-none-match" not in site.requests[0].headers
    assert await poll_later(app, clock) == 0
    assert site.requests[1].headers["if-none-match"] == 'W/"1"'
    assert site.requests[1].headers["if-modified-since"] == modified
    assert app.tally["feeds.not_modified"] == 1
    assert feed(app).ok_at == clock()


async def test_an_equal_body_is_not_parsed_again_but_its_validators_are_kept(
    app: App, site: Site, clock: Clock
) -> None:
    body = numbered(1).encode()
    first, second = (Reply(body=body, headers={"etag": f'"{n}"'}) for n in (1, 2))
    sync(app, site.serve("/feed", first, second))
    await poll(app)
    await poll_later(app, clock)
    assert app.tally["feeds.unchanged"] == 1
    assert feed(app).etag == '"2"'


async def test_a_new_build_date_alone_is_no_change(app: App, site: Site, clock: Clock) -> None:
    documents = [
        rss(item(1), head=f"<lastBuildDate>{date(START + timedelta(hours=n))}</lastBuildDate>")
        + f"<!-- made in 0.{n} s -->"
        for n in (1, 2)
    ]
    sync(app, site.serve("/feed", *documents))
    await poll(app)
    await poll_later(app, clock)
    assert app.tally["feeds.unchanged"] == 1


async def test_a_200_without_validator_clears_the_old_one(
    app: App, site: Site, clock: Clock
) -> None:
    sync(
        app,
        site.serve("/feed", Reply(body=numbered(1).encode(), headers={"etag": "1"}), numbered(2)),
    )
    await poll(app)
    assert feed(app).etag == "1"
    await poll_later(app, clock)
    assert feed(app).etag is None


@pytest.mark.parametrize("body", [b"<html>log in</html>", b"", b"<rss"])
async def test_validators_of_a_document_that_could_not_be_read_are_not_kept(
    app: App, site: Site, clock: Clock, body: bytes
) -> None:
    bad = Reply(body=body, headers={"etag": '"bad"'})
    good = Reply(body=numbered(1).encode(), headers={"etag": '"good"'})
    sync(app, site.serve("/feed", good, bad, good))
    await poll(app)
    await poll_later(app, clock)
    found = feed(app)
    assert (found.etag, found.failures) == ('"good"', 1)
    await poll_later(app, clock)
    assert feed(app).failures == 0


async def test_validators_belong_to_the_address_that_gave_them(
    app: App, site: Site, clock: Clock
) -> None:
    there, elsewhere = (Reply(status=302, headers={"location": path}) for path in ("/a", "/b"))
    sync(app, site.serve("/feed", there, there, elsewhere))
    for path in ("/a", "/b"):
        site.serve(path, numbered(1), etag='"same"')
    await poll(app)
    await poll_later(app, clock)
    await poll_later(app, clock)
    assert [r.headers.get("if-none-match") for r in site.asked("/a")] == [None, '"same"']
    assert [r.headers.get("if-none-match") for r in site.asked("/b")] == [None]
