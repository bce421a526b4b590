"""Cases → the National Registry of Exonerations' public columns, in its order. Pure.

A blank means "not known", as it does in the Registry; nothing is guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.desk import formats

COLUMNS = (
    "Last Name", "First Name", "Age", "Race", "Sex", "State", "County", "Tags",
    "Worst Crime Display", "Sentence", "Posting Date", "OM Tags", "F/MFE", "FC", "ILD", "P/FA",
    "DNA", "MWID", "OM", "Date of Crime Year", "Date of Exoneration", "Date of 1st Conviction",
    "Date of Release",
)  # fmt: skip
FACTORS = ("F/MFE", "FC", "ILD", "P/FA", "MWID", "OM")


def table(cases: Sequence[Mapping[str, Any]]) -> str:
    """One row for each person of each case that reached exoneration."""
    rows = [row for case in cases if case["stage"] == "exonerated" for row in _rows(case)]
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
        "Date of Exoneration": facts.get("exonerated_on"),
        "Date of 1st Conviction": facts.get("year_convicted"),
    }
