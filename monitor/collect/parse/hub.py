"""What a server answered → the hub that pushes this feed, and under which name (WebSub §4)."""

import re
from collections.abc import Iterator
from html import unescape

from monitor.collect.parse.links import absolute
from monitor.records import Fetched

HEAD = 16_384
ITEM = re.compile(rb"<(?:item|entry)\b")
LINK = re.compile(r"<(?:\w+:)?link\b([^<>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
HEADER = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def hub_of(fetched: Fetched) -> tuple[str, str]:
    """The hub and the topic: of the Link header, else of the document; two nothings if none."""
    for links in (_of_header(fetched.headers.get("link", "")), _of_body(fetched.body)):
        found: dict[str, str] = {}
        for relations, address in links:
            for relation in relations.lower().split():
                found.setdefault(relation, absolute(address, fetched.url))
        if found.get("hub"):
            return found["hub"], found.get("self") or fetched.url
    return "", ""


def _of_header(text: str) -> Iterator[tuple[str, str]]:
    for address, rest in HEADER.findall(text):
        if match := REL.search(rest):
            yield match[1] or match[2], address


def _of_body(body: bytes) -> Iterator[tuple[str, str]]:
    first = ITEM.search(body, 0, HEAD)
    text = body[: first.start() if first else HEAD].decode("utf-8", "replace")
    for inside in LINK.findall(text):
        given = {name.lower(): unescape(one or two) for name, one, two in ATTRIBUTE.findall(inside)}
        if "rel" in given and "href" in given:
            yield given["rel"], given["href"]
