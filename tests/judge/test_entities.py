"""Names the gazetteers know, found as whole words, the longest first, doubtful ones in company."""

from pathlib import Path

import pytest
import yaml

from monitor.errors import ConfigError
from monitor.judge import entities, gazetteer

SHIPPED = sorted((Path(__file__).parents[2] / "config" / "gazetteers").glob("*.yaml"))


def _read(path: Path) -> gazetteer.Gazetteer:
    return gazetteer.read(yaml.safe_load(path.read_text("utf-8")), str(path))


@pytest.fixture(scope="module")
def known() -> entities.Gazetteers:
    return entities.index(_read(path) for path in SHIPPED)


def _named(text: str, known: entities.Gazetteers, kind: str) -> list[str]:
    found = entities.find("", text, known)
    for entity in found:
        assert text[entity.start : entity.end] == entity.name
    return [entity.canonical for entity in found if entity.type == kind]


def test_every_shipped_gazetteer_is_read_and_has_no_risky_alias() -> None:
    for path in SHIPPED:
        assert gazetteer.lint(_read(path)) == ()


def test_every_shipped_gazetteer_says_where_its_facts_come_from() -> None:
    for path in SHIPPED:
        head = path.read_text("utf-8").split("name:")[0]
        assert "Source:" in head


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lawyers at the California Innocence Project said so.", ["California Innocence Project"]),
        ("Thanks to @CA_Innocence for this!", ["California Innocence Project"]),
        ("The Innocence Project of Texas took the case.", ["Innocence Project of Texas"]),
        ("INNOCENCE PROJECT NEW ORLEANS represented them.", ["Innocence Project New Orleans"]),
        ("Centurion took up his wrongful conviction.", ["Centurion"]),
        ("A centurion guarded the gate.", []),
        ("The Centurion watch costs $5,000.", []),
        ("the charity\u00a0Appeal said his conviction was wrongful.", ["APPEAL"]),
        ("The Innocence Projects of the past.", []),
    ],
)
def test_an_organisation_is_known_by_its_names(
    text: str, names: list[str], known: entities.Gazetteers
) -> None:
    assert _named(text, known, "innocence_organisation") == names


def test_the_innocence_project_means_the_one_named_in_full(known: entities.Gazetteers) -> None:
    text = "The Ohio Innocence Project filed it. The Innocence Project asked for a hearing."
    assert set(_named(text, known, "innocence_organisation")) == {"Ohio Innocence Project"}
    text = "The Ohio Innocence Project and the Innocence Project in New York filed it."
    assert len(set(_named(text, known, "innocence_organisation"))) == 2


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("the Los Angeles County District Attorney's Conviction Integrity Unit",
         "Los Angeles County District Attorney's Conviction Integrity Unit"),
        (("an apology from the Los Angeles County District Attorney’s Office. The DA’s "
          "Conviction Integrity Unit reexamined it."),
         "Los Angeles County District Attorney's Conviction Integrity Unit"),
        ("Brooklyn's conviction review unit reopened it",
         "Kings County District Attorney's Conviction Review Unit"),
        ("the Conviction Integrity Unit of the Philadelphia District Attorney's Office",
         "Philadelphia District Attorney's Conviction Integrity Unit"),
        ("the Tuscola County Prosecutor's Conviction Integrity Unit",
         "Tuscola County Prosecutor's Conviction Integrity Unit"),
        ("a conviction integrity unit reviewed it", "Conviction Integrity Unit"),
        ("sent back by the Criminal Cases Review Commission",
         "Criminal Cases Review Commission"),
    ],
)  # fmt: skip
def test_a_unit_is_named_by_its_office(text: str, unit: str, known: entities.Gazetteers) -> None:
    assert unit in _named(text, known, "conviction_integrity_unit")


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("a Cook County jury", "county", ["Cook County, Illinois"]),
        ("in Waco, Texas", "city", ["Waco, Texas"]),
        ("PORTLAND, Ore. — A judge", "state", ["Oregon"]),
        ("he went on reading and stayed mobile", "city", []),
        ("with hope, independence and liberty", "city", []),
        ("Jackson said in court that Lawrence had lied", "city", []),
        ("Oklahoma City police", "state", []),
        ("Marianao and Texasville", "state", []),
    ],
)
def test_places_are_whole_names_in_their_company(
    text: str, kind: str, names: list[str], known: entities.Gazetteers
) -> None:
    assert _named(text, known, kind) == names


def test_a_county_of_many_states_lists_them_all(known: entities.Gazetteers) -> None:
    (name,) = _named("the Jefferson County judge", known, "county")
    assert name.startswith("Jefferson County, Alabama|")
    assert name.count("|") > 20


def test_right_to_left_emoji_and_letters_that_grow_keep_their_offsets(
    known: entities.Gazetteers,
) -> None:
    text = "İstanbul \u200fشكرا\u200f 🎉🎉 the Ohio Innocence Project 🎉"
    assert _named(text, known, "innocence_organisation") == ["Ohio Innocence Project"]


def test_a_word_of_a_hundred_thousand_letters_and_an_empty_text_hold_nothing(
    known: entities.Gazetteers,
) -> None:
    assert entities.find("", "x" * 100_000, known) == ()
    assert entities.find("", "", known) == ()
    assert entities.find("Ohio", "Ohio", entities.index([])) == ()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "is not a gazetteer; write name:"),
        ({"name": "x", "type": "y"}, "nothing is listed"),
        ({"name": "x", "type": "y", "entrys": []}, "unknown key 'entrys'"),
        ({"name": "x", "type": "y", "entries": [{"aliases": ["a"]}]}, "entry 1: it has no name"),
        ({"name": "x", "type": "y", "entries": ["Hope"]}, "'Hope' is not an entry"),
        ({"name": "x", "type": "y", "entries": [{"name": "N", "aliases": [1999]}]},
         "aliases is not a list of words"),
        ({"name": "x", "type": "y", "by_state": {"Ohio": 3}}, "by_state 'Ohio'"),
    ],
)  # fmt: skip
def test_a_bad_gazetteer_says_what_is_wrong_with_it(data: object, says: str) -> None:
    with pytest.raises(ConfigError, match=says.replace("(", r"\(")):
        gazetteer.read(data, "list.yaml")


def test_an_alias_that_is_a_common_word_is_reported() -> None:
    data = {
        "name": "groups",
        "type": "innocence_organisation",
        "entries": [
            {"name": "Bridge of Hope", "aliases": ["Hope", "BH"]},
            {"name": "Hope House", "common": ["Hope"]},
            {"name": "Other", "aliases": ["bridge of hope"]},
        ],
    }
    problems = [mistake.problem for mistake in gazetteer.lint(gazetteer.read(data))]
    assert any("'Hope' is a common word" in problem for problem in problems)
    assert any("'BH' is too short" in problem for problem in problems)
    assert any("common names need near" in problem for problem in problems)
    assert any("already means Bridge of Hope" in problem for problem in problems)


def test_a_postal_code_stands_for_the_state_that_the_facts_name() -> None:
    assert gazetteer.STATE_CODES["CA"] == "California"
    assert gazetteer.STATE_CODES["NC"] == "North Carolina"
    states = next(_read(path) for path in SHIPPED if path.stem == "us_states")
    assert set(gazetteer.STATE_CODES.values()) <= {known.name for known in states.entries}
    assert len(gazetteer.STATE_CODES) >= 51


def test_some_of_the_gazetteers_find_only_their_own(known: entities.Gazetteers) -> None:
    some = known.only({"innocence_organisations"})
    text = "The Ohio Innocence Project went to Cuyahoga County."
    assert {entity.source for entity in entities.find("", text, some)} == {
        "innocence_organisations"
    }
    assert some.sources == ("innocence_organisations",)
    assert len(entities.find("", text, known)) > 1
