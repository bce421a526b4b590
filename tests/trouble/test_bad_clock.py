"""A clock that jumps a day back and a year ahead: nothing is lost, told twice, or put off."""

from typing import Any

import pytest

from monitor import config, cycle, schema
from monitor.app import open_app
from monitor.collect import store
from tests.cli.desk import SENTENCES, Outlet, page
from tests.world import Asked, Clock, Reply

pytestmark = pytest.mark.anyio
WHO = ("Ada Quillfeather", "Bo Tanager", "Cy Wren", "Di Merganser", "Ed Plover", "Flo Dunnock")


def tell(post: Outlet, number: int) -> None:
    """Publish the case of another person."""
    name = WHO[number]
    title = f"Judge overturned the conviction of {name} after {20 + number} years in prison"
    text = tuple(
        part.replace("Ada Quillfeather", name).replace("Quillfeather", name.split()[1])
        for part in SENTENCES
    )
    post.site.serve(f"/{number}", page(title, text))
    post.listed(f"/{number}", title)


async def run(post: Outlet, clock: Clock) -> None:
    """One run, as cron would start it at this time."""
    settings = config.load(post.folder)
    async with open_app(settings, now=clock) as app:
        schema.ensure(app.db.engine)
        await app.db.run(store.sync_feeds, settings.feeds, clock())
        await cycle.run_once(app)
        assert app.tally["crashed"] == 0


def told(post: Outlet) -> list[str]:
    """Whose case the webhook was told of, in this order."""
    titles = [told["data"]["hit"]["title"] for told in post.posts()]
    return [name for title in titles for name in WHO if name in title]


@pytest.mark.parametrize("jump", [{"days": -1}, {"days": 365}, {"days": -3650}])
async def test_a_clock_that_jumps_and_comes_back_loses_and_repeats_nothing(
    post: Outlet, clock: Clock, jump: dict[str, Any]
) -> None:
    tell(post, 0)
    await run(post, clock)
    tell(post, 1)
    clock.pass_(**jump)
    await run(post, clock)  # a feed put off for a moment has its turn within the hour
    clock.pass_(hours=1)
    await run(post, clock)
    assert told(post) == [WHO[0], WHO[1]]
    tell(post, 2)
    clock.pass_(**{unit: -amount for unit, amount in jump.items()})
    await run(post, clock)
    clock.pass_(hours=13)
    await run(post, clock)
    assert told(post) == [WHO[0], WHO[1], WHO[2]]


async def test_what_failed_while_the_clock_was_a_year_ahead_is_tried_again_when_it_is_right(
    post: Outlet, clock: Clock
) -> None:
    tell(post, 0)
    await run(post, clock)
    post.site.serve("/hook", Reply(status=503), b"")
    for number in (1, 2):
        tell(post, number)
    whole = post.site.answer(Asked(method="GET", path="/2", headers={}))
    post.site.serve("/2", Reply(status=503, headers={"retry-after": "3600"}), whole)
    clock.pass_(days=365)
    await run(post, clock)
    clock.pass_(days=-365, hours=1)
    await run(post, clock)
    assert set(told(post)) == set(WHO[:3]), "no wait of a year"
    assert told(post).count(WHO[0]) == 1
    assert len(post.site.asked("/2")) == 3, "once by this test, and read when the clock was right"
