"""The facts of a hit and of a case → what speaks against their being one. Pure."""

from collections.abc import Mapping

from monitor.judge.group.words import fold
from monitor.records import Fact

FIELDS = ("county", "state")
KINDS = {
    "Murder": "killing", "Manslaughter": "killing", "Attempted Murder": "violence",
    "Accessory to Murder": "killing", "Assault": "violence", "Sexual Assault": "sex",
    "Child Sex Abuse": "sex", "Robbery": "robbery", "Arson": "fire",
    "Burglary/Unlawful Entry": "robbery", "Theft": "money", "Fraud": "money", "Forgery": "money",
    "Drug Possession or Sale": "drugs",
}  # fmt: skip
APART_YEARS = 2


def elsewhere(
    hit: Mapping[str, Fact], text: str, case: Mapping[str, Fact], told: str, *, countries: bool
) -> str:
    """Which place both know differently and neither text mentions of the other, or nothing."""
    for field in (*FIELDS, "country") if countries else FIELDS:
        here, there = _value(hit, field), _value(case, field)
        if here and there and here != there and not (_says(text, there) or _says(told, here)):
            return f"{here}, not {there}"
    return ""


def agree(hit: Mapping[str, Fact], case: Mapping[str, Fact]) -> bool:
    """Whether both name the same county or court, or at least the same state."""
    fields = ("county", "court", "state")
    return any(_value(hit, name) and _value(hit, name) == _value(case, name) for name in fields)


def otherwise(hit: Mapping[str, Fact], case: Mapping[str, Fact]) -> str:
    """Another crime or another year of conviction than the case's, or nothing."""
    crimes = [KINDS.get(_value(facts, "crime")) for facts in (hit, case)]
    if all(crimes) and crimes[0] != crimes[1]:
        return f"{_value(hit, 'crime')}, not {_value(case, 'crime')}"
    years = [facts.get("year_convicted", Fact()).value for facts in (hit, case)]
    if all(isinstance(year, int) for year in years) and abs(years[0] - years[1]) > APART_YEARS:  # type: ignore[operator]
        return f"convicted in {years[0]}, not {years[1]}"
    return ""


def _value(facts: Mapping[str, Fact], field: str) -> str:
    value = facts.get(field, Fact()).value
    return value if isinstance(value, str) else ""


def _says(text: str, place: str) -> bool:
    name = fold(place.removesuffix(" County").removesuffix(" Parish"))
    return name in text
