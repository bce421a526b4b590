"""A moment → a small newsroom that is up on loopback: outlets, an inbox, a webhook receiver."""

import base64
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from monitor.demo import feeds, hook, mail_server, pages, story, web_server
from monitor.demo.hook import Post
from monitor.demo.mail_server import Mail
from monitor.demo.story import Site
from monitor.demo.web_server import Request, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """What is up, and what has arrived so far in `mails` and `posts`."""

    sites: tuple[Site, ...]
    smtp_host: str
    smtp_port: int
    hook_url: str
    secret: str = field(repr=False)
    mails: list[Mail]
    posts: list[Post]


@asynccontextmanager
async def newsroom(
    now: datetime, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Newsroom]:
    """Bring everything up on free ports; take it down when left.

    Its stories were written before `now`; its webhook receiver goes by `clock`, which else
    stands still.
    """
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    mails: list[Mail] = []
    posts: list[Post] = []
    async with AsyncExitStack() as stack:
        sites = await _sites(stack, now)
        smtp_host, smtp_port = await stack.enter_async_context(mail_server.receiving(mails))
        receiver = hook.receiver(secret, posts, clock or (lambda: now))
        hook_base = await stack.enter_async_context(web_server.serving(receiver))
        yield Newsroom(
            sites=sites,
            smtp_host=smtp_host,
            smtp_port=smtp_port,
            hook_url=hook_base + "/hooks/monitor",
            secret=secret,
            mails=mails,
            posts=posts,
        )


def documents(site: Site) -> Mapping[str, Response]:
    """Everything the site serves, by path: the feed, the front page, the stories."""
    media_type, feed = feeds.feed(site)
    html = {"/": pages.front(site)} | {site.path(s): pages.page(site, s) for s in site.stories}
    served = {
        path: Response(media_type="text/html; charset=utf-8", body=page.encode())
        for path, page in html.items()
    }
    return served | {site.outlet.feed_path: Response(media_type=media_type, body=feed.encode())}


async def _sites(stack: AsyncExitStack, now: datetime) -> tuple[Site, ...]:
    sites = []
    for number, outlet in enumerate(story.outlets(), start=1):
        served: dict[str, Response] = {}
        # An address of its own, where the system has it, makes each outlet a host of its own.
        base = await stack.enter_async_context(
            web_server.serving(_library(served), host=f"127.0.0.{number}")
        )
        site = Site(outlet=outlet, base=base, stories=story.stories(outlet, now))
        served.update(documents(site))  # pages name their own address, so it must be known first
        sites.append(site)
    return tuple(sites)


def _library(served: Mapping[str, Response]) -> web_server.Answer:
    def answer(request: Request) -> Response:
        return served.get(request.path, Response(status=HTTPStatus.NOT_FOUND, body=b"no such page"))

    return answer
