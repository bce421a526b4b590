"""An address → whether, when and on what terms it may be asked for.

rules: memory ─ table ─ robots.txt of the host
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.app import App
from monitor.errors import Permanent, Temporary
from monitor.log import Log
from monitor.manners import rights, robots, store
from monitor.records import Fetched
from monitor.web import Web, host_of

log = Log("manners")

DAY = timedelta(days=1)
SOON = timedelta(minutes=10)  # until a robots.txt that could not be had is asked for again
HOUR = timedelta(hours=1)
UNAVAILABLE = {"redirect_loop", "bad_redirect", "bad_address", "forbidden_network", "http_410"}
NO_VOTE = {"http_429"}  # of the 4xx: a host that is asked too often has not said yes


async def turn(app: App, url: str, *, first: bool = False) -> timedelta:
    """Take the turn of the address's host; or return how long to wait for it."""
    if not app.web.gate.loaded:
        async with app.web.lock("holds"):  # nobody's turn comes before all of them are known
            await _load_holds(app)
    return await app.web.turn(url, first=first)


async def _load_holds(app: App) -> None:
    if app.web.gate.loaded:
        return
    for origin, until in await app.db.run(store.holds, app.now()):
        app.web.gate.hold(host_of(origin), until)
    app.web.gate.loaded = True


async def allow(app: App, url: str) -> None:
    """Raise if robots.txt does not allow an address: FetchRefused `robots`, or `robots_down`."""
    (await rules(app, url)).check(url)


async def rules(app: App, url: str) -> robots.Rules:
    """What the robots.txt of the address's host says, asked for once a day at most."""
    origin = f"{urlsplit(url).scheme}://{host_of(url)}"
    async with app.web.lock(origin):
        known = app.web.kept.get(origin)
        if known is not None and store.fresh(known[0], app.now()):
            return known[1]  # type: ignore[no-any-return]  # kept below
        kept = await app.db.run(store.robots, origin, app.now())
        until = app.now() + SOON
        if kept is None:
            text = await _ask(app.web, origin)
            until = app.now() + (SOON if text is None else DAY)
            await app.db.run(store.keep_robots, origin, text, until)
        else:
            text = kept[0]
        found = robots.parse(text)
        app.web.keep(origin, (until, found))
        app.web.gate.slow(host_of(origin), found.delay)
        return found


async def rights_of(app: App, page: Fetched) -> dict[str, Any]:
    """What may be done with the words of a page, as far as it and its host say."""
    return rights.read(page, (await rules(app, page.url)).said)


async def hold(app: App, error: Temporary | Permanent, url: str) -> datetime | None:
    """Leave a host alone that said it is asked too often, or when to come back; until when.

    Nothing of it is due before then, feeds and articles alike, over a restart too.
    """
    asked = error.retry_after
    if error.reason != "http_429" and (error.reason != "http_503" or not asked):
        return None
    answer = getattr(error, "answer", None)
    url = answer.url if isinstance(answer, Fetched) else url
    until = app.now() + (HOUR if asked is None else timedelta(seconds=asked))
    app.web.gate.hold(host_of(url), until)
    await app.db.run(store.hold, url, until, app.now())
    return until


async def ask_rules(web: Web, origin: str) -> robots.Rules:
    """What the robots.txt of a host says now; nothing is kept. Raise why it cannot be had."""
    found = robots.parse(await _text(web, origin))
    web.gate.slow(host_of(origin), found.delay)
    return found


async def _ask(web: Web, origin: str) -> str | None:
    """The text; nothing where there is none, None where it cannot be had."""
    try:
        return await _text(web, origin)
    except (Temporary, Permanent) as error:
        log.warning(
            "no robots.txt",
            host=origin,
            reason=error.reason,
            remedy="none needed: its pages wait, and it is asked again in ten minutes",
        )
        return None


async def _text(web: Web, origin: str) -> str:
    try:
        found = await web.get(f"{origin}/robots.txt", accept="text", beginning=robots.LARGEST)
    except (Temporary, Permanent) as error:
        refused = error.reason.startswith("http_4") and error.reason not in NO_VOTE
        if refused or error.reason in UNAVAILABLE:
            return ""
        raise
    return found.body.decode("utf-8", "replace").removeprefix("\ufeff")
