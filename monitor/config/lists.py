"""feeds.yaml and feeds.opml → feeds, and every mistake in them with its line."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from monitor.config.feed import FeedConfig
from monitor.config.files import Unreadable, bytes_of
from monitor.config.tree import Tree
from monitor.config.words import did_you_mean, words
from monitor.config.yamlfile import read
from monitor.errors import ConfigError, Mistake

XML_WORDS = {
    "no element found": "it ends too soon; export it again",
    "unclosed": "it ends too soon; export it again",
    "mismatched tag": "a tag ends here that is not open; close its tags in order",
    "invalid token": "a character here is not allowed; write & as &amp;",
    "undefined entity": "this &name; is not known; write the character itself",
    "encoding": "its encoding is not known; save it as UTF-8",
    "junk after": "something follows its end; keep one <opml>",
}


def feeds_of(
    folder: Path, environment: Mapping[str, str]
) -> tuple[list[FeedConfig], list[Mistake]]:
    """Read both lists of a configuration folder; a feed may stand in one of them, once."""
    feeds: list[FeedConfig] = []
    seen: dict[str, str] = {}
    tree = Tree(path=str(folder / "feeds.yaml"))
    if os.path.lexists(tree.path):
        tree = read(Path(tree.path), environment)
    for index, item in enumerate(_listed(tree)):
        feed = _feed(tree, index, item)
        for name in filter(None, (feed.url, feed.name) if feed else ()):
            place = f"line {tree.line(('feeds', index))}"
            if name in seen:
                problem = f"feed {name} is listed twice (see {seen[name]}); keep one"
                tree.wrong(("feeds", index), problem)
            seen.setdefault(name, place)
        feeds += [feed] if feed else []
    opml, mistakes = _opml(folder / "feeds.opml", seen)
    return [*feeds, *opml], [*tree.mistakes, *mistakes]


def _listed(tree: Tree) -> list[Any]:
    if tree.data is None or tree.data == {}:
        return []
    if not isinstance(tree.data, dict):
        tree.wrong((), "must hold `feeds:` and a list, such as `- {url: https://…}`")
        return []
    listed = tree.data.get("feeds")
    for key in tree.data:
        if key != "feeds":
            tree.wrong((key,), f"unknown key {key!r}{did_you_mean(key, ['feeds'])}")
    if listed is not None and not isinstance(listed, list):
        tree.wrong(("feeds",), "must be a list, such as `- {url: https://…}`")
        return []
    return listed or []


def _feed(tree: Tree, index: int, item: Any) -> FeedConfig | None:
    try:
        return FeedConfig.model_validate({"url": item} if isinstance(item, str) else item)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = ("feeds", index, *detail["loc"])
            if place not in tree.failed:
                tree.wrong(place, words(detail, FeedConfig.model_fields))
        return None


def _opml(path: Path, seen: Mapping[str, str]) -> tuple[list[FeedConfig], list[Mistake]]:
    if not os.path.lexists(path):
        return [], []
    try:
        feeds, wrong = outlined(bytes_of(path), str(path))
    except ConfigError as error:
        return [], list(error.mistakes)
    except Unreadable as error:
        return [], [Mistake(problem=str(error), path=str(path))]
    twice = [feed.url for feed in feeds if feed.url in seen]
    mistakes = [
        Mistake(problem=f"feed {url} is listed twice (see feeds.yaml); keep one", path=str(path))
        for url in twice
    ]
    return list({feed.url: feed for feed in feeds}.values()), [*wrong, *mistakes]


def outlines(document: bytes, path: str = "OPML") -> list[FeedConfig]:
    """Read the feeds of an OPML document; folders become tags. ConfigError has every mistake."""
    feeds, mistakes = outlined(document, path)
    if mistakes:
        raise ConfigError(*mistakes)
    return feeds


def outlined(document: bytes, path: str) -> tuple[list[FeedConfig], list[Mistake]]:
    """Read the feeds that can be, and say what is wrong with the others; else ConfigError."""
    try:
        root = ET.fromstring(document)  # noqa: S314 expat ≥ 2.4.1 bounds entities
    except (ET.ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (0, -1))
        problem = "is not OPML: " + _xml_words(str(error))
        raise ConfigError(
            Mistake(problem=problem, path=path, line=line, column=column + 1)
        ) from error
    feeds: list[FeedConfig] = []
    mistakes: list[Mistake] = []
    for parent in root.iter():
        tags = (parent.get("text", ""),) if parent.tag == "outline" else ()
        for item in parent.findall("outline"):
            if url := item.get("xmlUrl"):
                title = item.get("title") or item.get("text") or ""
                words = (*tags, *item.get("category", "").split(","))
                given = {"url": url, "outlet": title, "tags": tuple(filter(None, words))}
                line = _line_of(document, url)
                _add(feeds, mistakes, given, Mistake(problem="", path=path, line=line))
    return feeds, mistakes


def _line_of(document: bytes, url: str) -> int:
    """The line where an address stands as it is; 0 where it is written in another way."""
    at = document.find(url.encode())
    return document.count(b"\n", 0, at) + 1 if at >= 0 else 0


def _xml_words(problem: str) -> str:
    found = (said for words, said in XML_WORDS.items() if words in problem)
    return next(found, "it is no XML; export it again")


def _add(
    feeds: list[FeedConfig], mistakes: list[Mistake], given: dict[str, Any], place: Mistake
) -> None:
    try:
        feeds.append(FeedConfig.model_validate(given))
    except ValidationError as error:
        details: Iterable[Any] = error.errors(include_url=False)
        mistakes += [
            replace(place, problem=f"outline {given['outlet']!r}: {words(detail, ())}")
            for detail in details
        ]
