"""One article of a feed is one entry, whatever changes around it."""

from datetime import timedelta

import pytest

from monitor.app import App
from monitor.tables import AliasRow, RevisionRow
from tests.collect.documents import date, item, rss
from tests.collect.polling import entries, poll, poll_later, rows, settle, sync
from tests.world import START, Clock, Site

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "renumbered"},
        {"guid": ""},
        {"link": "https://paper.example/new-slug/1"},
        {"link": "http://www.paper.example/story/1/?utm_source=rss&amp;fbclid=x#comments"},
        {"pubDate": date(START + timedelta(hours=5))},
        {"pubDate": ""},
    ],
    ids=["guid", "no-guid", "slug", "tracking", "date", "no-date"],
)
async def test_an_article_is_one_entry_whatever_changes_around_it(
    app: App, site: Site, clock: Clock, change: dict[str, str]
) -> None:
    sync(app, site.serve("/feed", rss(item(1)), rss(item(1, **change)), rss(item(1))))
    await poll(app)
    assert await poll_later(app, clock) == 0
    assert await poll_later(app, clock) == 0
    assert len(entries(app)) == 1


async def test_both_names_of_an_entry_are_learnt(app: App, site: Site, clock: Clock) -> None:
    other = "https://paper.example/other"
    documents = [
        rss(item(1)),
        rss(item(1, link=other)),
        rss(item(1, link=other, guid="new")),
        rss(item(1, link="https://paper.example/third", guid="new")),
    ]
    sync(app, site.serve("/feed", *documents))
    for _ in documents:
        await poll_later(app, clock)
    assert len(entries(app)) == 1
    assert len(rows(app, AliasRow)) == 5


@pytest.mark.parametrize("change", [{"title": "Judge frees man"}, {"description": "Now cleared."}])
async def test_changed_words_are_read_and_judged_again(
    app: App, site: Site, clock: Clock, change: dict[str, str]
) -> None:
    sync(app, site.serve("/feed", rss(item(1)), rss(item(1, **change)), rss(item(1, **change))))
    await poll(app)
    settle(app)
    assert await poll_later(app, clock) == 1
    (story,) = entries(app)
    assert story.due_at == clock()
    assert story.revisions == 1
    assert set(change.values()) <= {story.title, story.summary}
    (before,) = rows(app, RevisionRow)
    assert (before.entry_id, before.at) == (story.id, clock())
    assert before.changed == ("title" if "title" in change else "text")
    assert (before.title, before.summary) == ("Story 1", "What happened in story 1.")
    settle(app)
    assert await poll_later(app, clock) == 0


async def test_words_that_change_every_time_are_read_again_twenty_times(
    app: App, site: Site, clock: Clock
) -> None:
    documents = [rss(item(1, description=f"{number} comments")) for number in range(30)]
    sync(app, site.serve("/feed", *documents))
    assert sum([await poll_later(app, clock) for _ in documents]) == 21


async def test_a_changed_picture_address_is_no_change(app: App, site: Site, clock: Clock) -> None:
    sync(
        app,
        site.serve("/feed", *(rss(item(1, description=f"&lt;img src='{n}'&gt; x")) for n in "ab")),
    )
    await poll(app)
    assert await poll_later(app, clock) == 0


async def test_one_story_listed_twice_under_two_headlines_does_not_flap(
    app: App, site: Site, clock: Clock
) -> None:
    twice = rss(item(1), item(1, title="Another headline"))
    sync(app, site.serve("/feed", twice + "<!-- 1 -->", twice + "<!-- 2 22 -->", twice))
    assert await poll(app) == 1
    assert await poll_later(app, clock) == 0


async def test_different_stories_under_one_guid_stay_apart(app: App, site: Site) -> None:
    sync(
        app, site.serve("/feed", rss(*(item(n, guid="https://paper.example/") for n in (1, 2, 3))))
    )
    assert await poll(app) == 3


async def test_different_stories_under_one_link_stay_apart(app: App, site: Site) -> None:
    sync(
        app, site.serve("/feed", rss(*(item(n, link="https://paper.example/") for n in (1, 2, 3))))
    )
    assert await poll(app) == 3


async def test_an_entry_with_neither_guid_nor_link_is_known_by_its_words(
    app: App, site: Site, clock: Clock
) -> None:
    bare = {"guid": "", "link": ""}
    first, second = rss(item(1, **bare)), rss(item(2, **bare), item(1, **bare))
    sync(app, site.serve("/feed", first, second))
    assert await poll(app) == 1
    assert await poll_later(app, clock) == 1
