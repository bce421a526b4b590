"""The newsroom is honest: others' software can read its feeds, pages, mails and signatures."""

import asyncio
import io
import json
import smtplib
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import feedparser
import httpx
import pytest
import trafilatura
from lxml import etree
from standardwebhooks.webhooks import Webhook

from monitor.demo import hook
from monitor.demo.newsroom import newsroom
from tests.world import Clock

pytestmark = pytest.mark.anyio
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def titles_of(media_type: str, document: bytes) -> list[str]:
    if media_type == "application/feed+json":
        return [item["title"] for item in json.loads(document)["items"]]
    if b"<urlset" in document:
        return [node.text for node in etree.fromstring(document).iter(f"{NEWS}title")]
    parsed = feedparser.parse(io.BytesIO(document))
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert all(
        entry.get("published_parsed") or entry.get("updated_parsed") for entry in parsed.entries
    )
    return [entry.title for entry in parsed.entries]


async def get(url: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(url, headers=headers)


async def test_seven_outlets_publish_forty_articles_in_six_kinds_of_feed(room):
    assert len(room.sites) == 7
    assert sum(len(site.stories) for site in room.sites) == 40
    kinds = {site.outlet.feed.partition("_full")[0].partition("_summary")[0] for site in room.sites}
    assert kinds == {"rss2", "rss1", "atom", "json_feed", "news_sitemap"}


async def test_five_cases_are_told_and_eight_stories_only_look_like_one(room):
    stories = [story for site in room.sites for story in site.stories]
    cases = Counter(story.case for story in stories if story.case)
    assert cases == {"Whitlock": 3, "Prieto": 2, "Aldous": 1, "Pell": 1, "Matsuoka": 1}
    assert len({story.trap for story in stories if story.trap}) == 8
    assert not [story for story in stories if story.case and story.trap]


async def test_every_feed_lists_every_story_for_the_parsers_of_others(room):
    for site in room.sites:
        answer = await get(site.feed_url)
        assert titles_of(answer.headers["content-type"], answer.content) == [
            story.title for story in site.stories
        ]


async def test_a_feed_that_has_not_changed_answers_304(room):
    for site in room.sites:
        first = await get(site.feed_url)
        again = await get(site.feed_url, **{"If-None-Match": first.headers["etag"]})
        stale = await get(site.feed_url, **{"If-None-Match": '"another"'})
        assert (first.status_code, again.status_code, stale.status_code) == (200, 304, 200)
        assert again.content == b""


async def test_the_links_in_a_feed_lead_to_the_pages(room):
    for site in room.sites:
        if site.outlet.feed.startswith(("rss", "atom")):
            document = (await get(site.feed_url)).content
            entry = feedparser.parse(io.BytesIO(document)).entries[0]
            page = await get(entry.link)
            assert f'<link rel="canonical" href="{site.url(site.stories[0])}"' in page.text


async def test_an_extractor_finds_each_story_whole_inside_its_page(room):
    for site in room.sites:
        titles = {story.title for story in site.stories}
        for story in site.stories:
            page = (await get(site.url(story))).text
            text = trafilatura.extract(page, include_comments=False) or ""
            assert story.paragraphs[0] in text, story.slug
            assert story.paragraphs[-1] in text, story.slug
            assert not [title for title in titles - {story.title} if title in text], story.slug


async def test_a_page_carries_what_news_pages_carry_around_a_story(room):
    for site in room.sites:
        page = (await get(site.url(site.stories[0]))).text
        assert "<nav" in page or 'id="menu"' in page
        assert "ookie" in page or "onsent" in page
        assert 'property="og:site_name"' in page
        assert site.stories[-1].title.split("'")[0] in page, "related links"


async def test_dates_are_fresh_and_words_in_the_text_agree_with_them(room, now):
    for site in room.sites:
        for story in site.stories:
            assert timedelta(0) < now - story.published_at < timedelta(hours=48)
            assert "{" not in story.title + story.dek + "".join(story.paragraphs)
    ruling = next(
        s for site in room.sites for s in site.stories if s.slug == "judge-frees-whitlock"
    )
    assert f"on {ruling.published_at:%A} afternoon" in ruling.paragraphs[0]
    assert any("convicted of first-degree murder in 2005" in text for text in ruling.paragraphs)


async def test_what_is_not_there_answers_404_and_nonsense_harms_nobody(room):
    base = room.sites[0].base
    assert (await get(base + "/no-such-page")).status_code == 404
    reader, writer = await asyncio.open_connection(*base.removeprefix("http://").split(":"))
    writer.write(b"hello?\r\n\r\n")
    assert await reader.read() == b""
    writer.close()
    assert (await get(base + "/")).status_code == 200


async def test_two_newsrooms_are_up_at_once(room, now):
    async with newsroom(now) as other:
        assert {site.base for site in room.sites}.isdisjoint(site.base for site in other.sites)
        assert (await get(other.sites[0].feed_url)).status_code == 200


async def test_the_inbox_takes_a_mail_as_it_was_sent(room):
    message = EmailMessage()
    message["Subject"] = "Zwölf Jahre"
    message["From"], message["To"] = "monitor@newsroom.example", "desk@newsroom.example"
    message.set_content("First line\n.a line with a dot\n\nLast line, naïve\n")

    def send() -> None:
        with smtplib.SMTP(room.smtp_host, room.smtp_port) as server:
            server.send_message(message)
            server.send_message(message)

    await asyncio.to_thread(send)
    first, second = room.mails
    assert first == second
    assert first.sender == "monitor@newsroom.example"
    assert first.recipients == ("desk@newsroom.example",)
    assert first.message["Subject"] == "Zwölf Jahre"
    assert first.message.get_content().splitlines() == message.get_content().splitlines()


async def test_the_inbox_wants_an_envelope_before_the_mail(room):
    def send() -> int:
        with smtplib.SMTP(room.smtp_host, room.smtp_port) as server:
            server.ehlo()
            return server.docmd("DATA")[0]

    assert await asyncio.to_thread(send) == 503
    assert room.mails == []


async def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.post(url, content=body, headers=headers)).status_code


def signed(secret: str, body: str, at: datetime) -> dict[str, str]:
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body),
    }


async def test_the_receiver_accepts_what_the_reference_library_signed(room, now):
    body = '{"type": "case.opened"}'
    assert await post(room.hook_url, body.encode(), signed(room.secret, body, now)) == 204
    assert [(one.id, one.data) for one in room.posts] == [("msg_1", {"type": "case.opened"})]


async def test_the_receiver_refuses_wrong_stale_altered_and_unsigned_posts(room, now):
    body = '{"type": "case.opened"}'
    other = "whsec_" + "QUJD" * 8
    for sent, headers in (
        (body, signed(other, body, now)),
        (body + " ", signed(room.secret, body, now)),
        (body, signed(room.secret, body, now - timedelta(hours=2))),
        (body, signed(room.secret, body, now) | {"webhook-timestamp": "noon"}),
        (body, {}),
    ):
        assert await post(room.hook_url, sent.encode(), headers) == 401
    assert (await get(room.hook_url)).status_code == 405
    assert room.posts == []


async def test_the_receiver_goes_by_the_clock_it_is_given(now):
    clock, body = Clock(now=now), '{"type": "case.opened"}'
    async with newsroom(now, clock) as room:
        clock.pass_(days=3)
        headers = signed(room.secret, body, clock())
        assert await post(room.hook_url, body.encode(), headers) == 204


async def test_the_receiver_signs_as_the_reference_library_does():
    secret, at = "whsec_" + "QUJD" * 8, datetime(2031, 3, 4, tzinfo=UTC)
    ours = hook.sign(secret, "msg_1", str(int(at.timestamp())), b"{}")
    assert ours == Webhook(secret).sign("msg_1", at, "{}")
