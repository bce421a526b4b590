"""A folder and a pipeline → the newsroom up, the pipeline run once on it, and what arrived."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.demo import config
from monitor.demo.hook import Post
from monitor.demo.mail_server import Mail
from monitor.demo.newsroom import Newsroom, newsroom
from monitor.demo.summary import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was written, and what arrived."""

    written: tuple[Written, ...]
    mails: tuple[Mail, ...]
    posts: tuple[Post, ...]


async def play(
    directory: Path, run: Callable[[Path], Awaitable[None]], *, now: datetime
) -> Outcome:
    """Write a configuration to `directory` and await `run(directory)` while the newsroom is up.

    `now` is when the newsroom believes it is.
    """
    async with newsroom(now) as room:
        config.write(directory, room)
        await run(directory)
        return Outcome(written=_written(room), mails=tuple(room.mails), posts=tuple(room.posts))


def _written(room: Newsroom) -> tuple[Written, ...]:
    return tuple(
        Written(
            url=site.url(story),
            outlet=site.outlet.name,
            title=story.title,
            case=story.case,
            trap=story.trap,
        )
        for site in room.sites
        for story in site.stories
    )
