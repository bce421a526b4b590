"""Which feeds there are."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.app import App
from monitor.collect import flow, store
from monitor.config import FeedConfig
from monitor.db import Database
from monitor.errors import UsageError
from monitor.tables import FeedRow
from tests.world import START

pytestmark = pytest.mark.anyio

A, B = "https://a.example/feed", "https://www.b.example/rss/"


def sync(app: App, *feeds: FeedConfig | str) -> int:
    given = [FeedConfig(url=feed) if isinstance(feed, str) else feed for feed in feeds]
    return app.db.now(store.sync_feeds, given, app.now())


def add(app: App, *urls: str) -> list[str]:
    return app.db.now(store.add_feeds, [FeedConfig(url=url) for url in urls], app.now())


def state(app: App) -> dict[str, tuple[str, bool]]:
    """State, and whether it has a turn, by address."""
    rows = app.db.now(lambda session: session.scalars(select(FeedRow)).all())
    return {row.url: (row.state, row.due_at is not None) for row in rows}


def one(app: App) -> FeedRow:
    return app.db.now(lambda session: session.scalars(select(FeedRow)).one())


async def test_new_feeds_of_the_configuration_are_due_at_once(app: App) -> None:
    assert sync(app, A, B, A) == 2
    assert sync(app, A, B) == 0
    assert state(app) == {A: ("active", True), B: ("active", True)}


async def test_a_feed_is_described_as_configured_and_named_by_its_address(app: App) -> None:
    sync(app, B)
    assert one(app).name == "b.example/rss"
    sync(app, FeedConfig(url=B, name="bee", outlet="The Bee", tags=("local",)))
    assert (one(app).name, one(app).outlet, one(app).tags) == ("bee", "The Bee", ["local"])


async def test_a_password_in_an_address_is_no_part_of_its_name(app: App) -> None:
    sync(app, "https://user:secret@a.example/feed")
    assert one(app).name == "a.example/feed"


async def test_a_feed_that_left_the_configuration_is_removed_and_can_return(app: App) -> None:
    sync(app, A, B)
    sync(app, A)
    assert state(app)[B] == ("removed", False)
    sync(app, A, B)
    assert state(app)[B] == ("active", True)


async def test_a_feed_added_by_hand_survives_the_configuration(app: App) -> None:
    assert add(app, A, A) == [A]
    assert add(app, A) == []
    sync(app, B)
    assert state(app) == {A: ("active", True), B: ("active", True)}


async def test_a_name_that_another_feed_has_is_refused(app: App) -> None:
    app.db.now(store.add_feeds, [FeedConfig(url=A, name="bee")], app.now())
    with pytest.raises(UsageError, match=r"the name 'bee' is taken by https://a\.example/feed"):
        app.db.now(store.add_feeds, [FeedConfig(url=B, name="bee")], app.now())
    assert state(app) == {A: ("active", True)}


async def test_of_two_feeds_of_one_name_one_is_chosen_by_its_address(app: App) -> None:
    queries = [f"{A}?q=one", f"{A}?q=two"]
    add(app, *queries)
    with pytest.raises(UsageError, match=r"2 feeds are called 'a\.example/feed'; give the address"):
        app.db.now(store.set_state, "a.example/feed", "paused", app.now())
    assert app.db.now(store.set_state, queries[1], "paused", app.now()) == queries[1]
    assert state(app) == {queries[0]: ("active", True), queries[1]: ("paused", False)}


async def test_a_removed_feed_can_be_added_again(app: App) -> None:
    add(app, A)
    app.db.now(store.set_state, A, "removed", app.now())
    assert add(app, A) == [A]
    assert state(app) == {A: ("active", True)}


async def test_pausing_in_the_configuration_is_undone_there(app: App) -> None:
    sync(app, FeedConfig(url=A, paused=True))
    assert state(app) == {A: ("paused", False)}
    sync(app, A)
    assert state(app) == {A: ("active", True)}


async def test_pausing_by_hand_survives_the_configuration(app: App) -> None:
    sync(app, A)
    assert app.db.now(store.set_state, "a.example/feed", "paused", app.now()) == A
    sync(app, A)
    assert state(app) == {A: ("paused", False)}
    assert app.db.now(store.set_state, A, "active", app.now()) == A
    assert state(app) == {A: ("active", True)}


async def test_an_unknown_name_changes_nothing(app: App) -> None:
    assert app.db.now(store.set_state, "nobody", "paused", app.now()) is None


async def test_chosen_feeds_alone_are_claimed(app: App) -> None:
    sync(app, A, B)
    only = app.db.now(store.choose_feeds, ["b.example/rss"], everything=False, now=app.now())
    assert only is not None
    first = app.db.now(flow.claim, app.now(), only=only)
    assert first is not None
    assert first.url == B
    assert app.db.now(flow.claim, app.now(), only=only) is None


async def test_a_choice_of_an_unknown_feed_is_refused(app: App) -> None:
    with pytest.raises(UsageError, match="monitor feeds list"):
        app.db.now(store.choose_feeds, ["nobody"], everything=False, now=app.now())


async def test_everything_makes_all_active_feeds_due(app: App) -> None:
    sync(app, A, FeedConfig(url=B, paused=True))
    app.db.now(flow.claim, app.now())
    assert app.db.now(flow.claim, app.now()) is None
    assert app.db.now(store.choose_feeds, [], everything=True, now=app.now()) is None
    found = app.db.now(flow.claim, app.now())
    assert found is not None
    assert found.url == A


def test_two_daemons_that_start_together_agree_on_the_feeds(postgres_url: str) -> None:
    db, feeds = Database(postgres_url), [FeedConfig(url=A)]
    with ThreadPoolExecutor(1) as thread:
        with Session(db.engine) as first, first.begin():
            assert store.sync_feeds(first, feeds, START) == 1
            second = thread.submit(db.now, store.sync_feeds, feeds, START)
        assert second.result() == 0
    db.close()
