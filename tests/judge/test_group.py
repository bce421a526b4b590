"""Which case a hit belongs to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.judge.group import choose, clues, telling
from monitor.records import Stage
from tests.judge.grouping import (
    COURT,
    ELSEWHERE,
    MOSS,
    NAMESAKE,
    NOW,
    OTHER_WORDS,
    SUIT,
    article,
    case,
    verdict,
)


def test_the_first_hit_opens_a_case():
    assert choose(article(COURT), verdict(), [], NOW).case_id is None


def test_a_shortened_copy_with_a_local_lead_attaches_silently():
    local = f"ASHFORD (Local) — Neighbours lined Quay Road on Monday evening. {COURT[:300]}"

    joined = choose(article(local), verdict(), [MOSS], NOW)

    assert (joined.case_id, joined.copy) == (7, True)


def test_an_outlet_that_publishes_a_story_forty_times_is_in_one_case():
    forty = [article(f"{COURT} Update {n}.", outlet="First Paper") for n in range(40)]

    joined = [choose(one, verdict(exonerees=("Ada Moss",)), [MOSS], NOW) for one in forty]

    assert {(one.case_id, one.copy) for one in joined} == {(7, True)}


def test_a_form_filled_in_with_another_name_is_no_copy():
    same_words = COURT.replace("Ada Moss", "Ben Cole").replace("Moss", "Cole")

    joined = choose(article(same_words), verdict(exonerees=("Ben Cole",)), [MOSS], NOW)

    assert joined.case_id is None


def test_what_stands_on_many_pages_of_an_outlet_makes_no_copy():
    foot = (
        "The paper was founded in 1911 and is read in nine valleys by people who care for it. " * 3
    )
    stories = (COURT, ELSEWHERE, NAMESAKE)
    cases = [case(f"{text}\n\n{foot}", number=n) for n, text in enumerate(stories, 1)]
    other = "A teacher from Lund was told on Friday that the fire was nobody's doing at all."

    joined = choose(article(f"{other}\n\n{foot}"), verdict(), cases, NOW)

    assert not joined.copy


def test_a_copy_that_has_grown_a_new_stage_is_news():
    grown = "Late on Monday prosecutors dismissed every charge and closed the file for good."
    found = verdict(Stage.EXONERATED, grown, exonerees=("Ada Moss",))

    joined = choose(article(f"{COURT} {grown}"), found, [MOSS], NOW)

    assert (joined.case_id, joined.copy) == (7, False)


def test_the_same_event_in_other_words_attaches():
    assert choose(article(OTHER_WORDS), verdict(), [case()], NOW).case_id == 7


def test_another_event_of_the_same_day_does_not():
    assert choose(article(ELSEWHERE), verdict(), [case()], NOW).case_id is None


def test_the_same_event_in_other_words_is_not_looked_for_after_weeks():
    nameless = OTHER_WORDS.replace("Ada Moss", "She")
    old = case(COURT.replace("Ada Moss", "a woman").replace("Moss", "She"), ago=timedelta(days=40))

    assert choose(article(nameless), verdict(), [old], NOW).case_id is None


def test_the_same_person_months_later_is_the_same_case():
    old = case(exonerees=("Ada Moss",), ago=timedelta(days=200), state="Ohio")

    joined = choose(article(SUIT), verdict(exonerees=("Ada Moss",), state="Ohio"), [old], NOW)

    assert joined.case_id == 7
    assert "the same person: Ada Moss" in joined.why


@pytest.mark.parametrize(
    "there",
    [
        pytest.param({"state": "Texas", "crime": "Fraud"}, id="another state and crime"),
        pytest.param({"county": "Harris County"}, id="another county"),
        pytest.param({"crime": "Fraud", "year_convicted": 2019}, id="another crime and year"),
    ],
)
def test_two_people_of_one_name_are_two_cases(there):
    here = {"state": "Ohio", "county": "Ash County", "crime": "Murder", "year_convicted": 2003}
    known = case(exonerees=("Ada Moss",), ago=timedelta(days=90), **here)

    joined = choose(article(NAMESAKE), verdict(exonerees=("Ada Moss",), **there), [known], NOW)

    assert joined.case_id is None
    assert not joined.copy


def test_a_namesake_is_named_as_one():
    known = case(exonerees=("Ada Moss",), ago=timedelta(days=90), state="Ohio")

    joined = choose(
        article(NAMESAKE), verdict(exonerees=("Ada Moss",), state="Texas"), [known], NOW
    )

    assert joined.why == "another Ada Moss than in case 7: Texas, not Ohio"


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ("Iwao Hakamata", "Iwao Hakamada"),
        ("Neville Brackly", "Neville Brackley"),
        ("Cliff Quarles", "Clifford Quarles"),
        ("Ricardo Del Monte", "Ricardo Delmonte"),
        ("Séan Rooney", "Sean Rooney"),
        ("Mercy Wanjiru", "Mercy Wanjiru Kamau"),
    ],
)
def test_a_misspelt_name_is_the_same_person(told, known):
    text = COURT.replace("Ada Moss", known).replace("Moss, 51", "The prisoner")
    later = SUIT.replace("Ada Moss", told)
    old = case(text, exonerees=(known,), ago=timedelta(days=100))

    assert choose(article(later), verdict(exonerees=(told,)), [old], NOW).case_id == 7


def test_father_and_son_are_two_people():
    text = COURT.replace("Ada Moss", "Al Moss Sr.")
    old = case(text, exonerees=("Al Moss Sr.",), ago=timedelta(days=100))
    son = ELSEWHERE.replace("Five men", "Al Moss Jr. and four men")

    assert choose(article(son), verdict(exonerees=("Al Moss Jr.",)), [old], NOW).case_id is None


def test_an_exoneree_named_like_a_county_draws_nobody_in():
    cook = case(
        COURT.replace("Ada Moss", "Ada Cook").replace("Moss", "Cook"), exonerees=("Ada Cook",)
    )
    county = "A Cook County judge vacated the arson conviction of Lev Brandt, a baker from Cicero."

    joined = choose(
        article(county), verdict(exonerees=("Lev Brandt",), county="Cook County"), [cook], NOW
    )

    assert joined.case_id is None


def test_a_county_named_like_an_exoneree_is_no_word_of_him():
    penn = case(COURT.replace("Ada Moss", "Dale Penn"), exonerees=("Dale Penn",))
    county = OTHER_WORDS.replace("Ada Moss", "Lev Brandt") + " A Dale Penn County judge agreed."

    joined = choose(article(county), verdict(exonerees=("Lev Brandt",)), [penn], NOW)

    assert joined.case_id is None


def test_other_people_are_another_case_however_alike_the_words():
    same_words = OTHER_WORDS.replace("Ada Moss", "Ben Cole")

    joined = choose(article(same_words), verdict(exonerees=("Ben Cole",)), [MOSS], NOW)

    assert joined.case_id is None


def test_two_people_of_one_surname_are_two_cases():
    same_words = OTHER_WORDS.replace("Ada Moss", "Ben Moss")
    new = article(same_words), verdict(exonerees=("Ben Moss",))
    known = case(exonerees=("Ada Moss",), ago=timedelta(days=3))

    assert choose(*new, [known], NOW).case_id is None
    witness = case(
        f"{OTHER_WORDS} A Carl Cole had lied.".replace("Ada Moss", "Di Vane"),
        exonerees=("Di Vane",),
    )
    other = article(OTHER_WORDS.replace("Ada Moss", "Ben Cole")), verdict(exonerees=("Ben Cole",))
    assert choose(*other, [witness], NOW).case_id is None
    unnamed = case(COURT.replace("Ada Moss", "Moss"), exonerees=("Moss",))
    assert choose(*new, [unnamed], NOW).case_id == 7


def test_a_ruling_that_clears_thirty_is_one_case_whoever_each_outlet_names():
    ruling = (
        "A judge in Merrin voided thirty convictions that rested on the word of Sergeant Otto "
        "Falk, whose squad planted drugs on the quay. {} was among the thirty."
    )
    known = case(ruling.format("Ada Moss"), exonerees=("Ada Moss",), count=30, people_count=30)
    other = (
        "Thirty people cleared in Merrin: Ben Cole wept as the judge said that Sergeant Falk's "
        "squad had planted the drugs found on him at the quay."
    )

    joined = choose(article(other), verdict(exonerees=("Ben Cole",), people_count=30), [known], NOW)

    assert joined.case_id == 7


def test_near_the_line_it_is_a_case_of_its_own_and_says_possibly():
    vague = (
        "The district attorney in Ashford spoke on Monday of a witness who was paid. A night "
        "watchman died in that affair; the fish market has since moved, and the mayor wants a "
        "museum of tin, with a cafe, a library and a small stage for the town's brass band."
    )
    known = replace(case(), title="A title that is long. " * 20)
    alike = [
        choose(article(" ".join([vague] + [ELSEWHERE] * more)), verdict(), [known], NOW)
        for more in range(4)
    ]

    (unsure,) = [one for one in alike if one.unsure][:1]
    assert (unsure.case_id, unsure.like) == (None, 7)
    assert unsure.why.startswith("possibly the same as case 7: “A title that is long. A title")
    assert unsure.why.endswith("…”")
    assert len(unsure.why) < 140


STRANGE = {
    "nothing": "",
    "a blank": " ",
    "emoji": "😀" * 50,
    "right to left": "\u202e" + COURT,
    "one long word": "A" * 50_000,
    "markup and line ends": "<b>Ada Moss</b>\r\nfreed",
    "a name nine thousand times": "Moss " * 9000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_texts_are_grouped_without_a_stumble(text):
    found = verdict(exonerees=("Ada Moss", "", "😀", "X"))

    choose(article(text, title=text[:300]), found, [MOSS, case("", number=8)], NOW)


def test_clues_of_a_copy_and_of_a_misspelt_follow_up_are_shared():
    found = verdict(exonerees=("Ada Hakamada",))
    text = COURT.replace("Moss", "Hakamada")
    known = clues(telling(article(text), found, NOW))
    copy = clues(telling(article(f"Local lead. {text[:250]}"), found, NOW))
    later = clues(
        telling(article("Ada Hakamata was paid."), verdict(exonerees=("Ada Hakamata",)), NOW)
    )

    assert {key for key in known & copy if key.startswith("s")}
    assert "nhaka" in known & later
