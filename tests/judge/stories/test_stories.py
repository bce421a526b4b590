"""In: the story files of this folder. Out: proof that their form and their gold facts hold."""

import json
import re
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
STORY_FILES = (
    *(
        "wide_dev",
        "wide_held",
        "wide_more",
        "wide_extra",
        "wide_third",
        "wide_fourth",
        "wide_fresh",
        "wide_fifth",
        "wide_shut",
    ),
    *(
        "near_dev",
        "near_held",
        "near_more",
        "near_extra",
        "near_third",
        "near_fourth",
        "near_fresh",
        "near_fifth",
        "near_shut",
    ),
)
CASE_FILES = ("cases_dev", "cases_held")
LABELS = {"exoneration", "related", "hard_negative", "negative"}
STAGES = {"claim", "hearing", "vacated", "retrial_ordered", "exonerated", "compensation"}
STAGES |= {"reversed", "unknown"}
MODES = {"dismissed", "acquitted", "pardoned", "declared_innocent", "vacated"}
FACTORS = {"P/FA", "OM", "ILD", "MWID", "F/MFE", "FC"}
FACT_NAMES = {
    *("exonerees", "people_count", "state", "county", "country", "court", "crime"),
    *("year_convicted", "sentence", "years_lost_stated", "exonerated_on", "mode"),
    *("prosecutor_unit", "innocence_organisations", "factors", "dna"),
}
CRIMES = {
    *("Murder", "Drug Possession or Sale", "Sexual Assault", "Child Sex Abuse", "Robbery"),
    *("Assault", "Attempted Murder", "Weapon Possession or Sale", "Manslaughter", "Fraud"),
    *("Sex Offender Registration", "Arson", "Other Nonviolent Felony", "Burglary/Unlawful Entry"),
    *("Theft", "Kidnapping", "Other Violent Felony", "Child Abuse", "Attempt, Violent"),
    *("Other Nonviolent Misdemeanor", "Accessory to Murder", "Traffic Offense", "Bribery"),
    *("Tax Evasion/Fraud", "Threats", "Conspiracy", "Other Violent Misdemeanor", "Perjury"),
    *("Supporting Terrorism", "Forgery", "Immigration", "Possession of Stolen Property"),
    *("Obstruction of Justice", "Destruction of Property", "Official Misconduct", "Menacing"),
    *("Stalking", "Solicitation", "Failure to Pay Child Support", "Other"),
    *("Filing a False Report", "Harassment", "Attempt Nonviolent", "Military Justice Offense"),
    "Dependent Adult Abuse",
}
BOROUGHS = {
    "Kings County": "Brooklyn",
    "Philadelphia County": "Philadelphia",
    "Suffolk County": "Suffolk",
}
CITIES = {
    "New York": ("Brooklyn", "Bronx", "Manhattan"),
    "Illinois": ("CHICAGO", "Ill.", "Cook County"),
    "Pennsylvania": ("PHILADELPHIA",),
    "Massachusetts": ("BOSTON",),
    "California": ("Calif.",),
    "Ohio": ("CLEVELAND", "TOLEDO"),
    "Florida": ("Fla.",),
    "Alabama": ("Ala.",),
    "Michigan": ("Mich.",),
    "New Jersey": ("N.J.",),
    "Mississippi": ("Miss.",),
    "Louisiana": ("NEW ORLEANS",),
    "North Carolina": ("N.C.",),
    "Tennessee": ("Tenn.",),
    "Oklahoma": ("OKLAHOMA",),
    "Missouri": ("ST. LOUIS",),
    "Nevada": ("LAS VEGAS",),
    "New Hampshire": ("N.H.",),
    "West Virginia": ("W.Va.",),
    "Kentucky": ("Ky.",),
    "Minnesota": ("Minn.",),
}
ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
ONES += " sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SHORTEST_PROSE = 25
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    """Return the stories of one file, in order."""
    path = HERE / f"{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(json.loads(line) for line in lines)


def with_facts(*names: str) -> list[Any]:
    """Return every story that carries gold facts, named by its id."""
    found = (row for name in names or STORY_FILES + CASE_FILES for row in rows(name))
    return [pytest.param(row, id=row["id"]) for row in found if row.get("facts")]


def spelled(number: int) -> tuple[str, ...]:
    """Return the ways in which a text may write a number."""
    names = ONES.split()
    names += [f"{t}{'' if i == 0 else '-' + names[i - 1]}" for t in TENS.split() for i in range(10)]
    word = (names[number - 1],) if 0 < number <= len(names) else ()
    return (str(number), f"{number:,}", *word)


def says_number(text: str, number: float) -> bool:
    """Tell whether a text writes this number, in figures or in words."""
    forms = "|".join(map(re.escape, spelled(int(number))))
    return re.search(rf"(?<![\w,])(?:{forms})(?!\d|,\d)", text, re.IGNORECASE) is not None


def test_every_story_has_its_own_id() -> None:
    ids = [row["id"] for name in STORY_FILES + CASE_FILES for row in rows(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "label", "least"),
    [
        ("wide_dev", {"exoneration"}, 70),
        ("wide_held", {"exoneration"}, 45),
        ("near_dev", {"related", "hard_negative"}, 110),
        ("near_dev", {"negative"}, 60),
        ("near_held", {"related", "hard_negative", "negative"}, 90),
        ("wide_more", {"exoneration"}, 110),
        ("near_more", {"related", "hard_negative"}, 150),
        ("near_more", {"negative"}, 40),
    ],
)
def test_the_sets_are_as_large_as_promised(name: str, label: set[str], least: int) -> None:
    assert sum(row["label"] in label for row in rows(name)) >= least


@pytest.mark.parametrize("name", STORY_FILES + CASE_FILES)
def test_every_story_is_well_formed(name: str) -> None:
    for row in rows(name):
        assert row["label"] in LABELS, row["id"]
        assert row["stage"] in STAGES, row["id"]
        assert date.fromisoformat(row["date"]), row["id"]
        assert all(row[key].strip() for key in ("outlet", "title", "text")), row["id"]
        assert not re.search(r"\n{3,}|(?<!\n)\n(?!\n)", row["text"]), row["id"]


@pytest.mark.parametrize("name", ["wide_dev", "wide_held", "wide_more"])
def test_every_clearing_is_at_an_alerting_stage(name: str) -> None:
    assert {row["stage"] for row in rows(name)} <= {"vacated", "exonerated"}


def test_no_two_stories_share_a_long_run_of_words() -> None:
    runs: dict[str, set[str]] = {}
    for row in (row for name in STORY_FILES for row in rows(name)):
        for words in (paragraph.split() for paragraph in row["text"].split("\n\n")):
            if len(words) < SHORTEST_PROSE:
                continue  # newsletter lines and related links repeat, as they do on real pages
            for at in range(len(words) - 9):
                runs.setdefault(" ".join(words[at : at + 10]), set()).add(row["id"])
    assert not {run: ids for run, ids in runs.items() if len(ids) > 1}


def test_gold_facts_are_enough_to_measure_with() -> None:
    assert len(with_facts("wide_dev", "wide_held")) >= 60
    assert len(with_facts("wide_held")) >= 10


@pytest.mark.parametrize("row", with_facts())
def test_gold_facts_use_the_agreed_words(row: dict[str, Any]) -> None:
    facts = row["facts"]
    assert set(facts) == FACT_NAMES
    assert facts["crime"] in CRIMES | {None}
    assert facts["mode"] in MODES | {None}
    assert set(facts["factors"]) <= FACTORS
    assert facts["dna"] in {True, False, None}
    assert facts["people_count"] is None or facts["people_count"] >= len(facts["exonerees"])


@pytest.mark.parametrize("row", with_facts())
def test_gold_names_stand_in_the_text(row: dict[str, Any]) -> None:
    text, facts = f"{row['title']}\n{row['text']}", row["facts"]
    for name in [*facts["exonerees"], *facts["innocence_organisations"]]:
        assert name in text
    assert facts["prosecutor_unit"] is None or facts["prosecutor_unit"] in text
    court = facts["court"]
    assert court is None or any(
        court.replace("Court", word) in text for word in ("Court", "Judge", "Justice")
    )


@pytest.mark.parametrize("row", with_facts())
def test_gold_places_stand_in_the_text(row: dict[str, Any]) -> None:
    text, facts = f"{row['title']}\n{row['text']}", row["facts"]
    county, state = facts["county"], facts["state"]
    if county:
        bare = county.removesuffix(" County").removesuffix(" Parish")
        assert any(p.lower() in text.lower() for p in (bare, BOROUGHS.get(county, county)))
    if state:
        assert facts["country"] == "United States"
        assert any(place in text for place in (state, *CITIES.get(state, ())))


@pytest.mark.parametrize("row", with_facts())
def test_gold_numbers_stand_in_the_text(row: dict[str, Any]) -> None:
    text, facts = f"{row['title']}\n{row['text']}", row["facts"]
    if facts["year_convicted"]:
        assert str(facts["year_convicted"]) in text
    if facts["years_lost_stated"]:
        assert says_number(text, facts["years_lost_stated"])
    if facts["people_count"] and not facts["exonerees"]:
        assert says_number(text, facts["people_count"]) or row["note"]
    if facts["sentence"]:
        stem = re.sub(r"\W+", " ", facts["sentence"]).lower()
        assert all(word in re.sub(r"\W+", " ", text).lower() for word in stem.split())


@pytest.mark.parametrize("row", with_facts())
def test_gold_dates_can_be_read_off_the_story(row: dict[str, Any]) -> None:
    day = row["facts"]["exonerated_on"]
    if day is None:
        return
    when = date.fromisoformat(day)
    text = row["text"]
    spoken = (WEEKDAYS[when.weekday()], f"{when:%B} {when.day}", f"{when.day} {when:%B}")
    same_day = day == row["date"] and re.search(r"\b[Tt]oday\b|this (morning|afternoon)", text)
    assert same_day or any(words in text for words in spoken)
    assert (date.fromisoformat(row["date"]) - when).days >= 0


def test_dna_is_never_claimed_where_the_text_is_silent() -> None:
    for param in with_facts():
        row = param.values[0]
        if row["facts"]["dna"] is not None:
            assert re.search(r"DNA|genetic|swab|semen", row["text"]), row["id"]


@pytest.mark.parametrize("name", CASE_FILES)
def test_every_case_is_told_by_several_outlets(name: str) -> None:
    outlets: dict[str, set[str]] = {}
    for row in rows(name):
        outlets.setdefault(row["case_id"], set()).add(row["outlet"])
    assert all(len(names) >= 3 for names in outlets.values())


def test_development_and_held_back_cases_never_mix() -> None:
    seen = [{row["case_id"] for row in rows(name)} for name in CASE_FILES]
    assert all(not one & other for one, other in combinations(seen, 2))
