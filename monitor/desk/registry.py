"""Cases → the National Registry of Exonerations' public columns, and its export → people. Pure.

A blank means "not known", as it does in the Registry; nothing is guessed. Its headers changed over
the years: an export is read by their names, never by their places.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from monitor.desk import formats
from monitor.errors import UsageError

COLUMNS = (
    "Last Name", "First Name", "Age", "Race", "Sex", "State", "County", "Tags",
    "Worst Crime Display", "Sentence", "Convicted", "Exonerated", "Posting Date", "OM Tags",
    "F/MFE", "FC", "ILD", "P/FA", "DNA", "MWID", "OM", "Date of Crime Year",
)  # fmt: skip
CLEARED = ("exonerated", "compensation")
ALIASES = {
    "last": ("last name", "surname"),
    "first": ("first name", "given name"),
    "name": ("name", "exoneree", "exoneree name", "full name"),
    "state": ("state", "jurisdiction"),
    "county": ("county", "county of crime"),
    "crime": ("worst crime display", "crime", "worst crime"),
    "posted": ("posting date", "date posted", "posted"),
    "exonerated": ("date of exoneration", "exonerated", "exoneration date", "year exonerated"),
}
NEEDED = {
    "Last Name and First Name (or Name)": ("last", "name"),
    "State": ("state",),
    "Posting Date or Date of Exoneration": ("posted", "exonerated"),
}
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0)?$")
CENTURY = 70  # 69 is 2069, 70 is 1970
FACTORS = ("F/MFE", "FC", "ILD", "P/FA", "MWID", "OM")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the Registry, as far as an audit needs it; `year` where no day is given."""

    name: str
    state: str = ""
    county: str = ""
    crime: str = ""
    posted: date | None = None
    exonerated: date | None = None
    year: int | None = None


def read(data: bytes, source: str) -> tuple[Person, ...]:
    """Read an export; raise UsageError that names the missing columns and what to do."""
    remedy = "export the Registry's table as CSV (UTF-8) and give that file"
    if data.startswith(b"PK") or b"\0" in data[:4096]:
        raise UsageError(f"{source}: is a spreadsheet and no CSV; {remedy}")
    text = _decoded(data)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    if not rows:
        raise UsageError(f"{source}: is empty; {remedy}")
    places = _places(rows[0])
    lacking = [name for name, keys in NEEDED.items() if not places.keys() & set(keys)]
    if lacking:
        has = ", ".join(head.strip() for head in rows[0] if head.strip())[:300]
        raise UsageError(f"{source}: lacks {'; '.join(lacking)}; it has: {has}; {remedy}")
    people = tuple(filter(None, (_person(places, row) for row in rows[1:])))
    if not people:
        raise UsageError(f"{source}: has columns and no person; {remedy}")
    return people


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _places(head: Sequence[str]) -> dict[str, int]:
    names = {" ".join(re.findall(r"\w+", cell.lower())): number for number, cell in enumerate(head)}
    found = {
        key: [names[name] for name in known if name in names] for key, known in ALIASES.items()
    }
    return {key: numbers[0] for key, numbers in found.items() if numbers}


def _person(places: Mapping[str, int], row: Sequence[str]) -> Person | None:
    cells = {key: row[place].strip() for key, place in places.items() if place < len(row)}
    name = f"{cells.get('first', '')} {cells.get('last', '')}".strip() or cells.get("name", "")
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    if not name:
        return None
    exonerated = cells.get("exonerated", "")
    day, year = day_of(exonerated), YEAR.match(exonerated.replace(",", ""))
    return Person(
        name=" ".join(name.split()),
        state=cells.get("state", ""),
        county=cells.get("county", ""),
        crime=cells.get("crime", ""),
        posted=day_of(cells.get("posted", "")),
        exonerated=day,
        year=day.year if day else int(year.group(1)) if year else None,
    )


def day_of(text: str) -> date | None:
    """Read `9/1/11`, `9/1/2011` or `2011-09-01`; None for anything else."""
    american, iso = DAY.match(text), ISO.match(text)
    try:
        if american:
            month, day, year = map(int, american.groups())
            if year < 100:  # noqa: PLR2004
                year += 2000 if year < CENTURY else 1900
            return date(year, month, day)
        return date(*map(int, iso.groups())) if iso else None
    except ValueError:
        return None


def table(cases: Sequence[Mapping[str, Any]]) -> str:
    """One row for each person of each case that reached exoneration, as the Registry's sheet.

    It gives years of conviction and exoneration, no days, and a posting date of its own alone.
    """
    rows = [row for case in cases if case["stage"] in CLEARED for row in _rows(case)]
    return formats.table(rows, COLUMNS)


def _rows(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    facts = {name: fact.get("value") for name, fact in case["facts"].items()}
    common = _common(facts)
    for name in facts.get("exonerees") or [""]:
        first, _, last = str(name).rpartition(" ")
        yield {"Last Name": last, "First Name": first, **common}


def _common(facts: Mapping[str, Any]) -> dict[str, Any]:
    factors = facts.get("factors") or ()
    county = str(facts.get("county") or "").removesuffix(" County")
    bodies = (("prosecutor_unit", "CIU"), ("innocence_organisations", "IO"))
    tags = [tag for field, tag in bodies if facts.get(field)]
    return {
        "State": facts.get("state"),
        "County": county,
        "Tags": ";#".join(tags),
        "Worst Crime Display": facts.get("crime"),
        "Sentence": facts.get("sentence"),
        **{factor: factor if factor in factors else "" for factor in FACTORS},
        "DNA": "DNA" if facts.get("dna") in {True, "yes"} else "",
        "Convicted": facts.get("year_convicted"),
        "Exonerated": str(facts.get("exonerated_on") or "")[:4],
    }
