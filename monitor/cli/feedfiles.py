"""Feed lists in the forms people have them: OPML, YAML, CSV, or an address a line."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import yaml
from pydantic import ValidationError

from monitor.config import FeedConfig
from monitor.config.lists import outlined
from monitor.config.words import words
from monitor.errors import ConfigError, Mistake

Read = tuple[list[FeedConfig], list[Mistake]]
FORMS = "OPML, YAML with `feeds:`, CSV with a column `url`, or an address a line"


def read_feeds(name: str, document: bytes) -> Read:
    """Read a feed list: the feeds that can be, and what is wrong with each of the others."""
    try:
        return _kind(name, document)(name, document)
    except ConfigError as error:
        return [], list(error.mistakes)
    except (yaml.YAMLError, UnicodeDecodeError, csv.Error, RecursionError) as error:
        return [], [_unreadable(name, error)]


def _unreadable(name: str, error: Exception) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
    problem = getattr(error, "problem", None)
    if isinstance(error, UnicodeDecodeError):
        problem = f"its byte {error.start + 1} is no UTF-8"
    elif isinstance(error, RecursionError):
        problem = "it is nested too deep"
    return Mistake(
        problem=f"is no feed list: {problem or error}; write {FORMS}", path=name, **place
    )


def _kind(name: str, document: bytes) -> Callable[[str, bytes], Read]:
    start = document.lstrip()[:200].lower()
    if start.startswith(b"<"):
        return lambda path, body: outlined(body, path)
    if name.endswith((".yaml", ".yml")) or start.startswith(b"feeds:"):
        return _yaml
    columns = [column.strip(b'\xef\xbb\xbf" \r') for column in start.split(b"\n")[0].split(b",")]
    return _csv if name.endswith(".csv") or b"url" in columns else _lines


def _yaml(name: str, document: bytes) -> Read:
    tree, data = yaml.compose(document, yaml.SafeLoader), yaml.safe_load(document)
    if isinstance(data, dict) and isinstance(tree, yaml.MappingNode):
        data = data.get("feeds")
        tree = next((value for key, value in tree.value if key.value == "feeds"), None)
    if not isinstance(data, list) or not isinstance(tree, yaml.SequenceNode):
        raise ConfigError(Mistake(problem="must hold `feeds:` and a list", path=name))
    lines = (node.start_mark.line + 1 for node in tree.value)
    items = ({"url": item} if isinstance(item, str) else item for item in data)
    return _checked(name, zip(lines, items, strict=True))


def _csv(name: str, document: bytes) -> Read:
    rows = csv.DictReader(io.StringIO(document.decode("utf-8-sig")))
    fields = [field for field in rows.fieldnames or [] if field in FeedConfig.model_fields]
    if "url" not in fields:
        problem = "its first line must name a column `url`"
        raise ConfigError(Mistake(problem=problem, path=name, line=1))
    items = ({key: row[key] for key in fields if row[key]} for row in rows)
    return _checked(name, ((rows.line_num, item) for item in items))


def _lines(name: str, document: bytes) -> Read:
    lines = enumerate(document.decode("utf-8-sig").splitlines(), 1)
    wanted = ((number, re.split(r"(?:^|\s)#", line)[0].strip()) for number, line in lines)
    return _checked(name, ((number, {"url": url}) for number, url in wanted if url))


def _checked(name: str, items: Iterable[tuple[int, Any]]) -> Read:
    feeds: list[FeedConfig] = []
    mistakes: list[Mistake] = []
    for number, item in items:
        try:
            feeds.append(FeedConfig.model_validate(item))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                problem = words(detail, FeedConfig.model_fields)
                said = item.get("url") if isinstance(item, dict) else None
                problem = f"{said}: {problem}" if said else problem
                mistakes.append(Mistake(problem=problem, path=name, line=number))
    return feeds, mistakes


def write_feeds(feeds: Iterable[Mapping[str, Any]], form: str) -> str:
    """Write feeds as `opml` or `yaml`."""
    if form == "yaml":
        rows = [
            {k: f[k] for k in ("url", "name", "outlet", "tags", "links") if f[k]} for f in feeds
        ]
        return yaml.safe_dump({"feeds": rows}, allow_unicode=True, sort_keys=False)
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "monitor feeds"
    body = ET.SubElement(root, "body")
    for feed in feeds:
        title = feed["outlet"] or feed["name"]
        attributes = {"type": "rss", "text": title, "title": title, "xmlUrl": feed["url"]}
        ET.SubElement(body, "outline", attributes, category=",".join(feed["tags"]))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'
