"""Small feeds, written out for the tests that read them."""

from datetime import datetime
from email.utils import format_datetime

from tests.world import START


def item(number: int, **other: str) -> str:
    """One RSS item; any element can be replaced or, with nothing, left out."""
    parts = {
        "guid": f"id-{number}",
        "link": f"https://paper.example/story/{number}",
        "title": f"Story {number}",
        "description": f"What happened in story {number}.",
        "pubDate": date(START),
        **other,
    }
    guid = parts.pop("guid")
    first = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value)
    return f"<item>{first}{rest}</item>"


def date(moment: datetime) -> str:
    """As RSS writes it."""
    return format_datetime(moment)


def rss(*items: str, head: str = "") -> str:
    """An RSS document."""
    inside = "\n".join(items)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<rss version="2.0"><channel><title>The Paper</title>{head}\n{inside}\n</channel></rss>'
    )


def numbered(*numbers: int) -> str:
    """An RSS document with these stories."""
    return rss(*(item(number) for number in numbers))
