"""Parse a document in one line, or say why it cannot be."""

import pickle

import pytest

from monitor.collect.parse import parse_feed
from monitor.errors import NotAFeed
from monitor.records import Entry, Fetched, ParsedFeed

URL = "https://paper.example/feeds/news.xml"
LINK = "https://paper.example/story/1"


def parse(body: str | bytes, **headers: str) -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse_feed(Fetched(url=URL, status=200, body=raw, headers=named))


def refusal(body: str | bytes) -> str:
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert URL in str(caught.value)
    return pickle.loads(pickle.dumps(caught.value)).reason  # noqa: S301  as the pool does


def only(parsed: ParsedFeed) -> Entry:
    (entry,) = parsed.entries
    return entry
