"""Feed lists in the forms people have them: OPML, YAML, CSV, or an address a line."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import yaml
from pydantic import ValidationError

from monitor.config import FeedConfig
from monitor.config.lists import outlines
from monitor.errors import ConfigError, Mistake


def read_feeds(name: str, document: bytes) -> list[FeedConfig]:
    """Read a feed list; raise ConfigError with every line that is wrong."""
    kind = _kind(name, document)
    try:
        return kind(name, document)
    except (ET.ParseError, yaml.YAMLError, UnicodeDecodeError, csv.Error, RecursionError) as error:
        raise ConfigError(Mistake(problem=f"cannot be understood: {error}", path=name)) from error


def _kind(name: str, document: bytes) -> Callable[[str, bytes], list[FeedConfig]]:
    start = document.lstrip()[:200].lower()
    if start.startswith(b"<"):
        return lambda _, body: outlines(body)
    if name.endswith((".yaml", ".yml")) or start.startswith(b"feeds:"):
        return _yaml
    columns = [column.strip(b'\xef\xbb\xbf" \r') for column in start.split(b"\n")[0].split(b",")]
    return _csv if name.endswith(".csv") or b"url" in columns else _lines


def _yaml(name: str, document: bytes) -> list[FeedConfig]:
    data = yaml.safe_load(document)
    items = data.get("feeds") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise ConfigError(Mistake(problem="must hold `feeds:` and a list", path=name))
    return _checked(name, enumerate(items, 1))


def _csv(name: str, document: bytes) -> list[FeedConfig]:
    rows = csv.DictReader(io.StringIO(document.decode("utf-8-sig")))
    fields = [field for field in rows.fieldnames or [] if field in FeedConfig.model_fields]
    if "url" not in fields:
        raise ConfigError(Mistake(problem="its first line must name a column `url`", path=name))
    items = ({key: row[key] for key in fields if row[key]} for row in rows)
    return _checked(name, enumerate(items, 2))


def _lines(name: str, document: bytes) -> list[FeedConfig]:
    lines = enumerate(document.decode("utf-8-sig").splitlines(), 1)
    wanted = ((number, line.split("#", 1)[0].strip()) for number, line in lines)
    return _checked(name, ((number, {"url": url}) for number, url in wanted if url))


def _checked(name: str, items: Iterable[tuple[int, Any]]) -> list[FeedConfig]:
    feeds, mistakes = [], []
    for number, item in items:
        try:
            feeds.append(FeedConfig.model_validate(item))
        except ValidationError as error:
            for detail in error.errors():
                problem = detail["msg"].removeprefix("Value error, ")
                mistakes.append(Mistake(problem=problem, path=name, line=number))
    if mistakes:
        raise ConfigError(*mistakes)
    return feeds


def write_feeds(feeds: Iterable[Mapping[str, Any]], form: str) -> str:
    """Write feeds as `opml` or `yaml`."""
    if form == "yaml":
        rows = [{k: f[k] for k in ("url", "name", "outlet", "tags") if f[k]} for f in feeds]
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
