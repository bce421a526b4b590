"""Hits and cases → JSON, JSON Lines, CSV, Atom or a plain table. Pure."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

COLUMNS = (
    "id", "beat", "stage", "score", "threshold", "case_id", "label", "outlet", "title", "url",
    "published", "first_seen", "read_as", "sentence", "exonerees", "state", "county", "country",
    "crime", "years_lost_stated",
)  # fmt: skip
ATOM = "http://www.w3.org/2005/Atom"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(rows: Sequence[Mapping[str, Any]], form: str) -> str:
    """Write hits in one of the forms `table json jsonl csv atom`."""
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if form == "atom":
        return atom(rows)
    return table(rows, COLUMNS, delimiter="\t" if form == "table" else ",")


def table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, delimiter: str = ","
) -> str:
    """Write rows as CSV; a cell that a spreadsheet would run as a formula is quoted first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row, column) for column in columns] for row in rows)
    return out.getvalue()


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if value is None and column in row.get("facts", {}):
        value = row["facts"][column].get("value")
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(FORMULA) and not isinstance(value, int | float) else text


def atom(rows: Sequence[Mapping[str, Any]], *, title: str = "monitor: hits") -> str:
    """Write hits as an Atom feed (RFC 4287)."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    newest = max((str(row["first_seen"]) for row in rows), default="1970-01-01T00:00:00+00:00")
    for name, text in (("id", "urn:monitor:hits"), ("title", title), ("updated", newest)):
        _child(feed, name, text)
    for row in rows:
        _entry(feed, row)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(feed, "unicode")}\n'


def _entry(feed: ET.Element, row: Mapping[str, Any]) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _child(entry, "id", f"urn:monitor:hit:{row['id']}")
    _child(entry, "title", row["title"] or "(no title)")
    _child(entry, "updated", row["first_seen"])
    _child(entry, "summary", f"{row['stage']}: {row.get('sentence', '')}")
    _child(ET.SubElement(entry, f"{{{ATOM}}}author"), "name", row["outlet"] or "unknown")
    ET.SubElement(entry, f"{{{ATOM}}}link", href=row["url"])
    ET.SubElement(entry, f"{{{ATOM}}}category", term=row["stage"])


def _child(parent: ET.Element, name: str, text: Any) -> None:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "".join(char for char in str(text) if char.isprintable() or char in "\n\t")
