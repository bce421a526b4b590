"""One story's way from feed to inbox, through the real doors: loopback sites, mail and webhook."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from monitor import config, cycle, schema
from monitor.app import App, open_app
from monitor.collect import store
from monitor.demo import config as demo_config
from monitor.demo.newsroom import Newsroom, newsroom
from monitor.tables import ArticleRow, CaseRow, DeliveryRow, EntryRow, FeedRow
from tests.world import Clock

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


async def live(folder: Path, clock: Clock) -> App:
    """One run of the pipeline on a folder, as cron would start it."""
    settings = config.load(folder)
    async with open_app(settings, now=clock) as app:
        schema.ensure(app.db.engine)
        await app.db.run(store.sync_feeds, settings.feeds, clock())
        await cycle.run_once(app)
        return app


@pytest.fixture
def clock() -> Clock:
    return Clock(now=NOW)


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    (tmp_path / "database").write_text(database_url)
    return tmp_path / "config"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Newsroom, App]]:
    """A newsroom that was told whole, once for all tests that only look at what came of it."""
    place = tmp_path_factory.mktemp("told")
    with fresh(request, place) as url:
        (place / "database").write_text(url)
        yield asyncio.run(played(place / "config"))


@contextmanager
def fresh(request: pytest.FixtureRequest, place: Path) -> Iterator[str]:
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, place / 'monitor.db')}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create(template=request.getfixturevalue("postgres_template"))
    yield url
    server.drop(url)


async def played(folder: Path) -> tuple[Newsroom, App]:
    async with newsroom(NOW) as room:
        await written(room, folder)
        return room, await live(folder, Clock(now=NOW))


async def written(room: Newsroom, folder: Path) -> None:
    demo_config.write(folder, room)
    settings = folder / "monitor.yaml"
    database = (folder.parent / "database").read_text()
    settings.write_text(settings.read_text().replace("sqlite:///var/monitor.db", database))


def rows(app: App, statement):
    from monitor.db import Database

    opened = Database(app.config.database)
    found = opened.now(lambda session: list(session.execute(statement)))
    opened.close()
    return found


def test_exactly_the_cases_alert_each_recipient_once(told):
    room, app = told
    stories = [story for site in room.sites for story in site.stories]
    expected = {story.case for story in stories if story.case}
    opened = [post for post in room.posts if post.data["type"] == "case.opened"]
    assert len(opened) == len(expected)
    assert len({post.data["data"]["case"]["id"] for post in opened}) == len(expected)
    assert len(room.mails) == len(room.posts)
    assert {state for (state,) in rows(app, select(DeliveryRow.state))} == {"sent"}


async def test_a_second_run_finds_nothing_new_and_asks_conditionally(folder, clock):
    async with newsroom(NOW) as room:
        await written(room, folder)
        await live(folder, clock)
        told = len(room.mails)
        clock.pass_(hours=13)
        app = await live(folder, clock)

        assert app.tally["feeds.polled"] == len(room.sites)
        assert app.tally["feeds.not_modified"] == len(room.sites)
        assert app.tally["judged"] == 0
        assert len(room.mails) == told


def test_every_entry_has_one_fate_and_none_waits(told):
    room, app = told
    stories = [story for site in room.sites for story in site.stories]
    fates = [fate for (fate,) in rows(app, select(EntryRow.fate))]
    assert len(fates) == len(stories)
    assert set(fates) <= {"judged_no", "hit", "alerted", "duplicate"}
    assert all(due is None for (due,) in rows(app, select(ArticleRow.due_at)))


def test_the_sentence_that_proves_it_stands_in_the_article_word_for_word(told):
    room, app = told
    texts = dict(rows(app, select(ArticleRow.url, ArticleRow.text)))
    titles = dict(rows(app, select(ArticleRow.url, ArticleRow.title)))
    for post in room.posts:
        hit = post.data["data"]["hit"]
        zones = {"title": titles[hit["url"]], "body": texts[hit["url"]]}
        matches = [match for signal in hit["signals"] for match in signal["matches"]]
        assert matches
        for match in matches:
            assert zones[match["zone"]][match["start"] : match["end"]] == match["text"]
        for fact in hit["facts"].values():
            if fact["value"] is not None:
                assert zones[fact["zone"]][fact["start"] : fact["end"]] in fact["sentence"]


async def test_an_outlet_that_is_down_costs_the_others_nothing(folder, clock):
    async with newsroom(NOW) as room:
        await written(room, folder)
        feeds = folder / "feeds.yaml"
        dead = "http://127.0.0.1:9/feed.xml"
        feeds.write_text(feeds.read_text() + f"- {{url: '{dead}', name: dead}}\n")
        app = await live(folder, clock)

    assert app.tally["feeds.failed"] == 1
    assert len(rows(app, select(CaseRow.id))) >= 5
    ((state, due, reason),) = rows(
        app, select(FeedRow.state, FeedRow.due_at, FeedRow.reason).where(FeedRow.url == dead)
    )
    assert (state, reason) == ("active", "connect")
    assert due > clock()


async def test_what_was_there_before_is_known_but_told_to_nobody(folder, clock):
    async with newsroom(NOW) as room:
        await written(room, folder)
        settings = config.load(folder)
        async with open_app(settings, now=clock, learn=True) as app:
            schema.ensure(app.db.engine)
            await app.db.run(store.sync_feeds, settings.feeds, clock())
            await cycle.run_once(app)

    assert room.mails == []
    assert ("muted",) in rows(app, select(EntryRow.fate))


def test_the_webhook_says_what_the_contract_promises(told):
    room, _ = told
    data = room.posts[0].data
    assert set(data) >= {"type", "timestamp", "data"}
    assert set(data["data"]) >= {"case", "hit", "reason", "instance"}
    assert set(data["data"]["case"]) >= {"id", "stage", "facts", "outlets", "url"}
    assert urlsplit(data["data"]["hit"]["url"]).scheme == "http"
    json.dumps(data)
