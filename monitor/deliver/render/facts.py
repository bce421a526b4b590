"""The facts of a case card → rows with their quotes, and what is unknown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.deliver.render.clean import clean
from monitor.deliver.render.tree import Tree, tree, trees
from monitor.records import fact_name

PLACE = ("county", "state", "country")
ABOVE = ("exonerees", *PLACE)
LABELS = {
    "exonerees": "Who",
    "people_count": "How many",
    "years_lost_stated": "Years lost",
    "years_lost_computed": "Years lost (computed)",
    "prosecutor_unit": "Prosecutor's unit",
    "dna": "DNA",
    "mode": "How it ended",
    "factors": "What went wrong",
}
CODES = {
    "P/FA": "perjury or false accusation",
    "OM": "official misconduct",
    "MWID": "mistaken identification",
    "FC": "false confession",
    "F/MFE": "false or misleading forensic evidence",
    "ILD": "inadequate legal defense",
}
"""The Registry's codes, as people say them."""
QUOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a card: what, which, and the words that say so."""

    label: str
    value: str
    note: str = ""


def rows_of(facts: Tree, fields: Sequence[str], stage: str = "") -> tuple[Row, ...]:
    """Make the rows of the named facts of a case at this stage; unknown ones are left out."""
    return tuple(
        Row(
            label=label(fact_name(field, stage)),
            value=said(facts, field),
            note=quotes(facts, field),
        )
        for field in fields
        if value_of(facts, field) and not _repeats(facts, field)
    )


def _repeats(facts: Tree, field: str) -> bool:
    """Whether a fact says nothing that another row does not say: one person, the same years."""
    if field == "years_lost_computed":
        return value_of(facts, field) == value_of(facts, "years_lost_stated")
    alone = field == "people_count" and value_of(facts, field) == "1"
    return alone or field.casefold().startswith("factor_")


def place(facts: Tree) -> Row:
    """Make one row of county, state and country."""
    known = [field for field in PLACE if value_of(facts, field)]
    named = ", ".join(said(facts, field) for field in known)
    return Row(label="Where", value=named, note=quotes(facts, known[0]) if known else "")


def unknowns(facts: Tree, stage: str) -> tuple[str, ...]:
    """Name the facts that no sentence supports."""
    missing = (field for field in facts if not value_of(facts, field))
    return tuple(_lower(label(fact_name(field, stage))) for field in missing)


def _lower(name: str) -> str:
    return name if name.isupper() else name[:1].lower() + name[1:]


def label(field: str) -> str:
    """Name a fact as people would."""
    return LABELS.get(field) or clean(field.replace("_", " ").capitalize(), 60)


def value_of(facts: Tree, field: str) -> str:
    """Give a fact's value as text; nothing if it is unknown."""
    fact = facts.get(field)
    if not isinstance(fact, Mapping) or fact.get("basis") == "unknown":
        return ""
    shown = _shown(fact.get("value"))
    return shown.replace("_", " ") if field == "mode" else shown


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        named = (CODES.get(str(item)) or clean(item, 120) for item in value)
        return clean(", ".join(named))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean(value)


def said(facts: Tree, field: str) -> str:
    """Give a fact's value, and beside it what other outlets say."""
    others = dict.fromkeys(_shown(other.get("value")) for other in _others(facts, field))
    value = value_of(facts, field)
    return f"{value} (others say {' or '.join(others)})" if others else value


def quotes(facts: Tree, field: str) -> str:
    """Give the sentence of a fact and, where outlets disagree, each other one with its outlet."""
    found = [quote(facts, field)]
    for other in _others(facts, field):
        sentence = clean(other.get("sentence"), QUOTE)
        host = urlsplit(str(other.get("url") or "")).hostname or "another outlet"
        told = f"“{sentence}”" if sentence else _shown(other.get("value"))
        found.append(f"{told} ({clean(host, 80)})")
    return "; ".join(filter(None, found))


def _others(facts: Tree, field: str) -> list[Tree]:
    return trees(tree(facts, field).get("also"))


def quote(facts: Tree, field: str) -> str:
    """Give the sentence that supports a fact, and say where the value was inferred from it."""
    fact = facts.get(field)
    if not isinstance(fact, Mapping):
        return ""
    sentence = clean(fact.get("sentence"), QUOTE)
    inferred = "inferred" if fact.get("basis") == "inferred" else ""
    quoted = f"“{sentence}”" if sentence else ""
    return " from: ".join(filter(None, (inferred, quoted)))
