"""What a case knows when several outlets have told it."""

from datetime import UTC, datetime

import pytest

from monitor.judge.card import facts_json, grown
from monitor.records import Article, Case, Fact, Stage, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
EMPTY = Case(
    id=7,
    beat="b",
    title="Cleared",
    stage=Stage.VACATED,
    facts={},
    opened_at=NOW,
    last_seen_at=NOW,
)


def stated(value, sentence="It says so."):
    return Fact(value=value, basis="stated", sentence=sentence)


def told(*tellings, stage=Stage.VACATED):
    """The case after articles with these facts, one outlet each."""
    case = EMPTY
    for number, facts in enumerate(tellings, 1):
        url = f"https://outlet{number}.example/story"
        article = Article(url=url, canonical_url=url, outlet=f"Outlet {number}")
        found = Verdict(beat="b", version="1", score=9, threshold=5, stage=stage, facts=facts)
        case = grown(case, article, found)
    return case


def test_outlets_that_disagree_are_both_kept_and_never_averaged():
    case = told(
        {"years_lost_stated": stated(22, "He spent 22 years.")},
        {"years_lost_stated": stated(24, "He spent 24 years.")},
    )

    fact = case.facts["years_lost_stated"]
    assert fact.value == 22
    assert fact.also == (
        {"value": 24, "url": "https://outlet2.example/story", "sentence": "He spent 24 years."},
    )


def test_the_same_disagreement_is_kept_once():
    case = told({"county": stated("Ash")}, {"county": stated("Elm")}, {"county": stated("ELM")})

    assert [other["value"] for other in case.facts["county"].also] == ["Elm"]


def test_what_is_stated_replaces_what_was_inferred():
    case = told({"state": Fact(value="Ohio", basis="inferred")}, {"state": stated("Iowa")})

    assert (case.facts["state"].value, case.facts["state"].also) == ("Iowa", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada Moss",), ("A. Moss",)),
        (("Iwao Hakamada",), ("Iwao Hakamata",)),
        (("Ada Moss", "Ben Cole"), ("Ben Cole",)),
    ],
)
def test_a_name_in_another_form_is_no_disagreement(one, other):
    case = told({"exonerees": stated(one)}, {"exonerees": stated(other)})

    assert case.facts["exonerees"] == told({"exonerees": stated(one)}).facts["exonerees"]


def test_a_ruling_that_clears_many_gathers_their_names():
    case = told(
        {"people_count": stated(30), "exonerees": stated(("Ada Moss", "Ben Cole"))},
        {"people_count": stated(30), "exonerees": stated(("Ben Cole", "Cora Dunn"))},
    )

    assert case.facts["exonerees"].value == ("Ada Moss", "Ben Cole", "Cora Dunn")


def test_another_name_for_one_person_is_a_disagreement():
    case = told({"exonerees": stated(("Ada Moss",))}, {"exonerees": stated(("Lena Ortiz",))})

    assert case.facts["exonerees"].value == ("Ada Moss",)
    assert [other["value"] for other in case.facts["exonerees"].also] == [("Lena Ortiz",)]


def test_a_new_stage_says_anew_how_it_ended():
    case = told({"mode": stated("vacated")})
    article = Article(url="https://later.example/", canonical_url="https://later.example/")
    found = Verdict(
        beat="b",
        version="1",
        score=9,
        threshold=5,
        stage=Stage.EXONERATED,
        facts={"mode": stated("dismissed")},
    )

    later = grown(case, article, found)

    assert (later.stage, later.facts["mode"].value) == (Stage.EXONERATED, "dismissed")
    assert later.facts["mode"].also == ()


def test_a_card_says_also_only_where_outlets_disagree():
    agreed = facts_json(told({"county": stated("Ash")}).facts)
    disputed = facts_json(told({"county": stated("Ash")}, {"county": stated("Elm")}).facts)

    assert "also" not in agreed["county"]
    assert [other["value"] for other in disputed["county"]["also"]] == ["Elm"]
