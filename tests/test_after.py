"""After the story: a page that changes, and people who heard the first version."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor import config, cycle, schema
from monitor.app import open_app
from monitor.collect import store
from monitor.demo import mail_server
from monitor.demo.mail_server import Mail
from tests.cli.desk import BEAT, CASE, SECRET, SENTENCES, page
from tests.world import Clock, Reply, Site

pytestmark = pytest.mark.anyio
FEED = """<rss version="2.0"><channel><title>The Quay Post</title><item><title>{title}</title>
<link>{link}</link><guid>1</guid></item></channel></rss>"""
OLDER = CASE.replace("21", "23")
LONGER = tuple(sentence.replace("21 years", "23 years") for sentence in SENTENCES)
MENDED = tuple(sentence.replace("court house", "courthouse") for sentence in SENTENCES)
NOTE = "Correction: An earlier version of this story gave a wrong age for Quillfeather."


class Desk:
    """A service that watches one page, its webhook and its inbox."""

    def __init__(self, folder: Path, site: Site, clock: Clock, mails: list[Mail]) -> None:
        self.folder, self.site, self.clock, self.mails = folder, site, clock, mails

    def publish(self, *pages: str | Reply) -> None:
        link = self.site.serve("/moss", *pages)
        self.site.serve("/feed.xml", FEED.format(title=CASE, link=link))

    async def live(self, **later: float) -> list[dict[str, Any]]:
        """Let time pass and run once; return what was posted in this run."""
        before = len(self.site.asked("/hook"))
        self.clock.pass_(**later)
        settings = config.load(self.folder)
        async with open_app(settings, now=self.clock) as app:
            schema.ensure(app.db.engine)
            await app.db.run(store.sync_feeds, settings.feeds, self.clock())
            await cycle.run_once(app)
        return [json.loads(asked.body) for asked in self.site.asked("/hook")[before:]]


@pytest.fixture
async def desk(tmp_path: Path, database_url: str, site: Site, clock: Clock) -> AsyncIterator[Desk]:
    mails: list[Mail] = []
    (tmp_path / "beats").mkdir()
    (tmp_path / "beats" / "cleared.yaml").write_text(BEAT)
    async with mail_server.receiving(mails) as (host, port):
        hook = {"type": "webhook", "url": site.serve("/hook", b""), "secret": SECRET}
        smtp = {"host": host, "port": port, "tls": "none"}
        mail = {"type": "email", "to": ["desk@newsroom.example"], "smtp": smtp}
        stages = ["vacated", "exonerated"]
        settings = {
            "database": database_url,
            "http": {"allow_networks": ["127.0.0.0/8"], "timeout": "5s", "host_gap": "0s"},
            "alerts": {
                "channels": {"hook": hook, "mail": mail},
                "routes": [{"beat": "cleared", "stages": stages, "to": ["hook", "mail"]}],
            },
        }
        (tmp_path / "monitor.yaml").write_text(yaml.safe_dump(settings))
        feeds = {"feeds": [{"url": site.url("/feed.xml"), "outlet": "The Quay Post"}]}
        (tmp_path / "feeds.yaml").write_text(yaml.safe_dump(feeds))
        yield Desk(tmp_path, site, clock, mails)


async def test_a_corrected_fact_is_told_in_the_thread_of_the_case(desk: Desk) -> None:
    desk.publish(page(CASE, SENTENCES), page(OLDER, LONGER))
    [opened] = await desk.live()
    [corrected] = await desk.live(hours=1, minutes=5)
    assert (opened["type"], corrected["type"]) == ("case.opened", "case.corrected")
    assert opened["data"]["case"]["id"] == corrected["data"]["case"]["id"]
    change = corrected["data"]["changes"][0]
    assert (change["what"], change["old"], change["new"]) == ("years lost", "21", "23")
    assert "23 years in prison" in change["sentence"]
    assert corrected["data"]["reason"].startswith("years lost: 21 → 23")
    assert corrected["data"]["case"]["facts"]["years_lost_stated"]["value"] == 23
    first, second = (mail.message for mail in desk.mails)
    assert second["In-Reply-To"] == first["Message-ID"]
    text = second.get_body(("plain",)).get_content()
    assert "Correction: years lost: 21 → 23" in text
    assert "What changed" in text


async def test_a_correction_is_told_once(desk: Desk) -> None:
    desk.publish(page(CASE, SENTENCES), page(OLDER, LONGER))
    await desk.live()
    assert len(await desk.live(hours=1, minutes=5)) == 1
    for hours in (6, 24, 72, 300):
        assert await desk.live(hours=hours) == []


async def test_a_page_that_is_only_mended_tells_nobody(desk: Desk) -> None:
    desk.publish(page(CASE, SENTENCES), page(CASE, MENDED))
    await desk.live()
    assert await desk.live(hours=1, minutes=5) == []


async def test_a_note_is_told(desk: Desk) -> None:
    desk.publish(page(CASE, SENTENCES), page(CASE, (*SENTENCES, NOTE)))
    await desk.live()
    [corrected] = await desk.live(hours=1, minutes=5)
    assert corrected["data"]["reason"] == f"correction: {NOTE}"


async def test_a_page_that_goes_is_told_after_the_second_look(desk: Desk) -> None:
    desk.publish(page(CASE, SENTENCES), Reply(status=410))
    await desk.live()
    assert await desk.live(hours=1, minutes=5) == []
    [corrected] = await desk.live(hours=1, minutes=5)
    assert corrected["type"] == "case.corrected"
    assert corrected["data"]["reason"].startswith("the page is gone: ")
    assert "410" in corrected["data"]["reason"]


async def test_a_story_that_is_taken_back_is_told_and_stays_told(desk: Desk) -> None:
    other = SENTENCES[0].replace("overturned", "upheld")
    desk.publish(page(CASE, SENTENCES), page("Judge upholds conviction", (other, *SENTENCES[1:])))
    await desk.live()
    [corrected] = await desk.live(hours=1, minutes=5)
    assert corrected["type"] == "case.corrected"
    assert "overturned" in corrected["data"]["reason"]
    assert "upheld" in corrected["data"]["reason"]
