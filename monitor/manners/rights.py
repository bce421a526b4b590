"""A page as served, and its host's robots.txt → what may be done with its words. Pure.

tdm_reservation, tdm_policy   TDM Reservation Protocol; the header wins over the page
content_usage, content_signal the vocabulary of the IETF's aipref group, and Content Signals
robots                        of X-Robots-Tag and the robots meta: what concerns quoting and models
license                       where a licence is to be had (RSL)
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from monitor.records import Fetched

HEAD = 200_000  # bytes
ENDS = (b"</head", b"<body")
TAG = re.compile(r"<(meta|link)\b([^<>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
TOKENS = {"noarchive", "nosnippet", "noai", "noimageai", "nocache"}
VALUED = {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
OURS = {"robots", "newsroom-monitor"}
SAID = ("tdm-", "content-usage", "robots", "newsroom-monitor", "license")
SNIPPET = re.compile(r"max-snippet:(\d{1,6})")  # characters that may be shown
LONGEST = 500


def read(page: Fetched, said: Mapping[str, str]) -> dict[str, Any]:
    """Gather what is reserved; nothing where nobody says anything."""
    found: dict[str, Any] = dict(_of_robots_txt(said))
    names, licence, agents = _of_head(page.body)
    headers = {name: page.headers[name] for name in page.headers.keys() & names_wanted()}
    found |= _of_names(names | headers)
    tokens = _tokens(page.headers.get("x-robots-tag", "")) | {
        token for words in agents for token in _tokens(words)
    }
    if tokens:
        found["robots"] = sorted(tokens)
    if licence:
        found["license"] = licence[:LONGEST]
    return found


def names_wanted() -> frozenset[str]:
    """Names that mean the same as a header and as a meta element."""
    return frozenset({"tdm-reservation", "tdm-policy", "content-usage"})


def _of_robots_txt(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in said.items():
        yield name.replace("-", "_"), value[:LONGEST]


def _of_names(values: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if (reserved := values.get("tdm-reservation", "").strip()) in {"0", "1"}:
        found["tdm_reservation"] = int(reserved)
    for name in ("tdm-policy", "content-usage"):
        if value := values.get(name, "").strip():
            found[name.replace("-", "_")] = value[:LONGEST]
    return found


def _of_head(body: bytes) -> tuple[dict[str, str], str, list[str]]:
    start = body[:HEAD]
    low = start.lower()
    end = min((at for at in map(low.find, ENDS) if at >= 0), default=HEAD)
    text = start[:end].decode("utf-8", "replace")
    names: dict[str, str] = {}
    licence, agents = "", []
    for tag, inside in TAG.findall(text):
        if not any(map(inside.lower().__contains__, SAID)):
            continue
        given = {
            name.lower(): unescape(one or two or three)
            for name, one, two, three in ATTRIBUTE.findall(inside)
        }
        name = given.get("name", given.get("http-equiv", "")).lower()
        if tag.lower() == "link" and "license" in given.get("rel", "").lower().split():
            licence = licence or given.get("href", "")
        elif name in OURS:
            agents.append(given.get("content", ""))
        elif name in names_wanted():
            names.setdefault(name, given.get("content", ""))
    return names, licence, agents


def _tokens(text: str) -> set[str]:
    """The words that concern us; those for another robot (`googlebot: nosnippet`) do not."""
    found, mine = set(), True
    for part in text.lower().split(","):
        word = "".join(part.split())
        agent, colon, rest = word.partition(":")
        if colon and agent not in VALUED:
            mine, word = agent in OURS, rest
        if mine and word in TOKENS:
            found.add(word)
        if mine and (limit := SNIPPET.fullmatch(word)):
            found.add(word if int(limit[1]) else "nosnippet")
    return found
