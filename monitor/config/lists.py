"""feeds.yaml and feeds.opml → feeds, and every mistake in them with its line."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from monitor.config.models import FeedConfig
from monitor.config.words import did_you_mean, dotted, words
from monitor.config.yamlfile import Tree, read
from monitor.errors import ConfigError, Mistake


def feeds_of(
    folder: Path, environment: Mapping[str, str]
) -> tuple[list[FeedConfig], list[Mistake]]:
    """Read both lists of a configuration folder; a feed may stand in one of them, once."""
    feeds: list[FeedConfig] = []
    seen: dict[str, str] = {}
    tree = Tree(path=str(folder / "feeds.yaml"))
    if Path(tree.path).exists():
        tree = read(Path(tree.path), environment)
    for index, item in enumerate(_listed(tree)):
        feed = _feed(tree, index, item)
        for name in filter(None, (feed.url, feed.name) if feed else ()):
            place = f"line {tree.line(('feeds', index))}"
            if name in seen:
                tree.wrong(
                    ("feeds", index), f"feed {name} is listed twice (see {seen[name]}); keep one"
                )
            seen.setdefault(name, place)
        feeds += [feed] if feed else []
    opml, mistakes = _opml(folder / "feeds.opml", seen)
    return [*feeds, *opml], [*tree.mistakes, *mistakes]


def _listed(tree: Tree) -> list[Any]:
    if tree.data is None or tree.data == {}:
        return []
    listed = tree.data.get("feeds", ()) if isinstance(tree.data, dict) else ()
    for key in tree.data if isinstance(tree.data, dict) else ():
        if key != "feeds":
            tree.wrong((key,), f"unknown key {key!r}{did_you_mean(key, ['feeds'])}")
    if listed is not None and not isinstance(listed, list):
        tree.wrong(("feeds",), "must hold `feeds:` and a list, such as `- {url: https://…}`")
        return []
    return listed or []


def _feed(tree: Tree, index: int, item: Any) -> FeedConfig | None:
    try:
        return FeedConfig.model_validate({"url": item} if isinstance(item, str) else item)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            place = ("feeds", index, *detail["loc"])
            if place not in tree.failed:
                tree.wrong(place, f"{dotted(place)}: {words(detail, FeedConfig.model_fields)}")
        return None


def _opml(path: Path, seen: Mapping[str, str]) -> tuple[list[FeedConfig], list[Mistake]]:
    if not path.exists():
        return [], []
    try:
        feeds = outlines(path.read_bytes(), str(path))
    except ConfigError as error:
        return [], list(error.mistakes)
    except OSError as error:
        return [], [Mistake(problem=f"cannot be read: {error.strerror}", path=str(path))]
    twice = [feed.url for feed in feeds if feed.url in seen]
    mistakes = [
        Mistake(problem=f"feed {url} is listed twice (see feeds.yaml); keep one", path=str(path))
        for url in twice
    ]
    return list({feed.url: feed for feed in feeds}.values()), mistakes


def outlines(document: bytes, path: str = "OPML") -> list[FeedConfig]:
    """Read the feeds of an OPML document; folders become tags. ConfigError has every mistake."""
    try:
        root = ET.fromstring(document)  # noqa: S314 expat ≥ 2.4.1 bounds entities
    except (ET.ParseError, LookupError, ValueError) as error:
        line, column = getattr(error, "position", (0, -1))
        problem = "is not OPML: " + re.sub(r": line \d+, column \d+", "", str(error))
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
                _add(feeds, mistakes, given, path)
    if mistakes:
        raise ConfigError(*mistakes)
    return feeds


def _add(
    feeds: list[FeedConfig], mistakes: list[Mistake], given: dict[str, Any], path: str
) -> None:
    try:
        feeds.append(FeedConfig.model_validate(given))
    except ValidationError as error:
        details: Iterable[Any] = error.errors(include_url=False, include_input=False)
        mistakes += [
            Mistake(problem=f"outline {given['outlet']!r}: {words(detail, ())}", path=path)
            for detail in details
        ]
