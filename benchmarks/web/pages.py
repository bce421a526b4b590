"""An article → a page of real size with all that stands around an article; articles → a feed."""

import json
import random
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from words import OTHER, TOPICS, Text, sentence

SCRIPTS = (0.0, 20_000, 60_000, 120_000, 250_000)  # characters, as news pages have them
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def page(
    chance: random.Random, site: str, url: str, text: Text, at: datetime, *, cut: bool = False
) -> bytes:
    """A news page: heads, scripts, menus, the article, teasers, a footer."""
    body = "\n".join(_paragraph(chance, line) for line in text.paragraphs)
    whole = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{_head(site, url, text, at)}"
        f"{_data(chance, site, url, text, at)}{_scripts(chance)}</head>"
        f"<body class='{_name(chance)}'>"
        f"{_menu(chance)}<main class='{_name(chance)}'><article class='{_name(chance)}'>"
        f"<h1 class=headline>{escape(text.title)}</h1>"
        f"<div class=byline>By <a rel=author href=/staff>Desk</a>"
        f" <time datetime='{at.isoformat()}'>{at:%B %d, %Y}</time></div>"
        f"<div class='{_name(chance)} body'>{body}</div></article></main>"
        f"{_teasers(chance)}{_footer(chance)}{_scripts(chance)}</body></html>"
    ).encode()
    return whole[: len(whole) // 3] if cut else whole


def feed(site: str, items: Iterable[tuple[str, str, Text, datetime]]) -> bytes:
    """An RSS document: guid, link, headline and teaser of each."""
    told = "\n".join(
        f"<item><title>{escape(text.title)}</title><link>{escape(url)}</link>"
        f"<guid isPermaLink='false'>{guid}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<description><![CDATA[<p>{escape(text.paragraphs[0][:180])}</p>]]></description></item>"
        for guid, url, text, at in items
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{site}</title>"
        f"<link>http://{site}/</link><description>News of {site}</description>{told}"
        "</channel></rss>"
    ).encode()


def _name(chance: random.Random) -> str:
    return "-".join("".join(chance.choices(LETTERS, k=6)) for _ in range(3))


def _paragraph(chance: random.Random, line: str) -> str:
    words = escape(line).split()
    at = chance.randrange(len(words))
    words[at] = f"<a href='/topic/{at}' class='{_name(chance)}'>{words[at]}</a>"
    block = f"<p class='{_name(chance)}'>{' '.join(words)}</p>"
    if chance.random() < 0.15:
        block += (
            f"<figure class='{_name(chance)}'><img src='/i/{at}.jpg' srcset='/i/{at}-2.jpg 2x'"
            f" alt='picture'><figcaption>{escape(sentence(chance, chance.choice(OTHER)))}"
            "</figcaption></figure>"
        )
    return block


def _head(site: str, url: str, text: Text, at: datetime) -> str:
    title = escape(text.title)
    return (
        f"<title>{title} | {site}</title><link rel=canonical href='{url}'>"
        f"<meta property='og:title' content='{title}'><meta property='og:type' content=article>"
        f"<meta property='og:site_name' content='{site}'><meta property='og:url' content='{url}'>"
        f"<meta property='article:published_time' content='{at.isoformat()}'>"
        f"<meta name=description content='{escape(text.paragraphs[0][:150])}'>"
        + "".join(f"<link rel=preload as=script href='/s/{n}.js'>" for n in range(20))
    )


def _data(chance: random.Random, site: str, url: str, text: Text, at: datetime) -> str:
    if chance.random() < 0.3:
        return ""
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": text.title,
        "url": url,
        "datePublished": at.isoformat(),
        "author": {"@type": "Person", "name": "Desk"},
        "publisher": {"@type": "Organization", "name": site},
    }
    if chance.random() < 0.25:
        said["articleBody"] = "\n\n".join(text.paragraphs)
    return f"<script type='application/ld+json'>{json.dumps(said)}</script>"


def _scripts(chance: random.Random) -> str:
    length = int(chance.choice(SCRIPTS) / 2)
    if not length:
        return ""
    one = f"window.{_name(chance).replace('-', '_')}={{'k':[{chance.random()},'{_name(chance)}']}};"
    rule = (
        f".{_name(chance)}{{margin:0 {chance.randrange(40)}px;color:#{chance.randrange(4096):03x}}}"
    )
    return (
        f"<script>{one * (length // len(one))}</script>"
        f"<style>{rule * (length // 3 // len(rule))}</style>"
    )


def _menu(chance: random.Random) -> str:
    items = "".join(
        f"<li class='{_name(chance)}'><a href='/{topic}/{n}'>{topic.title()} {n}</a></li>"
        for topic in TOPICS
        for n in range(chance.randrange(5, 14))
    )
    return f"<header><nav class='{_name(chance)}'><ul>{items}</ul></nav></header>"


def _teasers(chance: random.Random) -> str:
    said = "".join(
        f"<div class='{_name(chance)} card' data-id='{_name(chance)}'><div class='{_name(chance)}'>"
        f"<a href='/t/{n}'><img src='/t/{n}.jpg' alt=''><h3>{escape(sentence(chance, topic))}</h3>"
        f"</a><span class=ago>{n} hours ago</span></div></div>"
        for n, topic in enumerate(chance.choices(OTHER, k=chance.randrange(30, 110)))
    )
    return f"<aside class='{_name(chance)}'><h2>Read more</h2>{said}</aside>"


def _footer(chance: random.Random) -> str:
    links = "".join(f"<li><a href='/about/{n}'>About {n}</a></li>" for n in range(30))
    return (
        f"<div id='cookies' class='{_name(chance)}'><p>We use cookies to remember your choices.</p>"
        f"<button>Fine</button></div><footer><ul>{links}</ul><p>All rights reserved.</p></footer>"
    )
