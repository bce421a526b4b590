"""The Registry's export, as it looked over the years, and files that are none."""

from datetime import date

import pytest

from monitor.desk import registry
from monitor.errors import UsageError

OLD = (
    "\ufeffLast Name,First Name,Age,State,County,Worst Crime Display,Convicted,Exonerated,"
    "Posting Date\nQuillfeather,Ada,31,Ohio,Ash,Murder,2003,2026,3/9/26\n"
)
NEW = (
    "ID;Name;State;County of Crime;Date of Exoneration;Posting Date\n"
    "1;Ada Quillfeather;Ohio;Ash;3/2/2026;2026-03-09\n"
)


def test_an_export_of_any_year_is_read_by_the_names_of_its_columns() -> None:
    [old] = registry.read(OLD.encode(), "a.csv")
    [new] = registry.read(NEW.encode(), "b.csv")
    assert (old.name, old.state, old.county) == ("Ada Quillfeather", "Ohio", "Ash")
    assert (old.year, old.exonerated, old.posted) == (2026, None, date(2026, 3, 9))
    assert (new.name, new.county) == ("Ada Quillfeather", "Ash")
    assert (new.exonerated, new.posted, new.year) == (date(2026, 3, 2), date(2026, 3, 9), 2026)


HEAD = (
    "Last Name,First Name,Age,Race,Sex,State,County,Tags,Worst Crime Display,Sentence,Convicted,"
    "Exonerated,Posting Date,OM Tags,F/MFE,FC,ILD,P/FA,DNA,MWID,OM,Date of Crime Year"
)


@pytest.mark.parametrize("stage", ["exonerated", "compensation"])
def test_an_export_has_the_registrys_columns_years_and_blanks(stage: str) -> None:
    known = {
        "exonerees": ("Ada Quillfeather", "José Núñez"),
        "state": "Ohio",
        "county": "Ash County",
        "crime": "Murder",
        "sentence": "20 to Life",
        "year_convicted": 2003,
        "exonerated_on": "2026-03-02",
        "factors": ("FC", "OM"),
        "dna": "yes",
        "innocence_organisations": ("Ash Innocence Project",),
    }
    facts = {name: {"value": value} for name, value in known.items()}
    head, ada, jose = registry.table([{"stage": stage, "facts": facts}]).splitlines()
    assert head == HEAD
    same = ",,,,Ohio,Ash,IO,Murder,20 to Life,2003,2026,,,,FC,,,DNA,,OM,"
    assert (ada, jose) == (f"Quillfeather,Ada{same}", f"Núñez,José{same}")


def test_an_export_has_nobody_who_is_not_cleared_and_blanks_for_what_is_unknown() -> None:
    cases = [
        {"stage": stage, "facts": {"exonerees": {"value": ["Ada Quillfeather"]}}}
        for stage in ("vacated", "exonerated")
    ]
    assert registry.table(cases).splitlines() == [HEAD, f"Quillfeather,Ada{',' * 20}"]


def test_what_is_exported_as_nre_can_be_audited() -> None:
    case = {"stage": "exonerated", "facts": {"exonerees": {"value": ["Ada Quillfeather"]}}}
    [person] = registry.read(registry.table([case]).encode(), "own.csv")
    assert person.name == "Ada Quillfeather"


def test_a_name_may_be_written_last_name_first_and_in_an_old_encoding() -> None:
    data = 'Name,State,Posting Date\n"Núñez, José",Texas,1/5/2026\n,,\n'.encode("cp1252")
    [person] = registry.read(data, "a.csv")
    assert person.name == "José Núñez"


def test_missing_columns_are_named() -> None:
    with pytest.raises(UsageError) as error:
        registry.read(b"Title,County\nx,y\n", "other.csv")
    said = str(error.value)
    assert "other.csv" in said
    for name in ("Last Name and First Name (or Name)", "State", "Posting Date", "Title, County"):
        assert name in said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "is a spreadsheet"),
        (b"Name,State,Posting Date\n", "no person"),
        (b"\x00\x01\x02", "is a spreadsheet"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says) as error:
        registry.read(data, "file.csv")
    assert "export the Registry's table as CSV" in str(error.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9/1/11", date(2011, 9, 1)),
        ("6/30/1989", date(1989, 6, 30)),
        ("1/2/89", date(1989, 1, 2)),
        ("2026-03-02", date(2026, 3, 2)),
        ("13/45/2020", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_are_read_as_the_registry_writes_them(text: str, day: date | None) -> None:
    assert registry.day_of(text) == day
