"""The one site that is served from inside: a feed with one test story. Nothing goes over a wire.

Its host ends in `.invalid`, a name that never leads anywhere.
"""

import re
from urllib.parse import urlsplit

from monitor.records import Fetched

HOST = "canary.invalid"
PATH = re.compile(r"/(\d{8}T\d{4})/(feed\.xml|story)")
TITLE = "This is a test of the news monitor"
TEXT = """\
This is a test. Nothing happened in the world, and nobody needs to do anything about it. The service
that watches the news has written this page for itself, at {stamp}, in order to see that whatever
is published is also polled, read, judged and passed on to people.

Once a day a page like this one is listed in a feed of its own. The feed is polled like every other
feed, the page is read like every other page, and the words of it are judged by every beat. When all
that is done, each channel is sent a message that is marked as a test.

If the message does not arrive in time, something on the way is broken, and an alarm says which part
of the way it was that the page of {stamp} did not come past.
"""


def ours(url: str) -> bool:
    """Say whether an address is the test story's."""
    return f"//{HOST}/" in url and urlsplit(url).hostname == HOST


def feed_url(stamp: str) -> str:
    """Where the feed of one day is."""
    return f"http://{HOST}/{stamp}/feed.xml"


def story_url(stamp: str) -> str:
    """Where the story of one day is."""
    return f"http://{HOST}/{stamp}/story"


def message_key(url: str) -> str:
    """Name the message of the story at this address."""
    return f"canary-{urlsplit(url).path.split('/')[1]}"


def answer(url: str) -> Fetched:
    """Answer like a site that allows everything and has one story a day."""
    path = urlsplit(url).path
    match = PATH.fullmatch(path)
    if path == "/robots.txt":
        return _page(url, "text/plain", "User-agent: *\nAllow: /\n")
    if match is None:
        return Fetched(url=url, status=404)
    if match[2] == "story":
        parts = TEXT.format(stamp=match[1]).split("\n\n")
        words = "".join(f"<p>{part}</p>" for part in parts)
        title = f"{TITLE} ({match[1]})"
        head = f"<html><head><title>{title}</title></head>"
        body = f"<body><article><h1>{title}</h1>{words}</article></body></html>"
        return _page(url, "text/html; charset=utf-8", head + body)
    link = story_url(match[1])
    item = f"<item><title>{TITLE} ({match[1]})</title><link>{link}</link><guid>{link}</guid></item>"
    channel = f"<channel><title>Test</title>{item}</channel>"
    return _page(url, "application/rss+xml", f"<rss version='2.0'>{channel}</rss>")


def _page(url: str, kind: str, text: str) -> Fetched:
    return Fetched(url=url, status=200, body=text.encode(), headers={"content-type": kind})
