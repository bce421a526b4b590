"""Which case a hit belongs to."""

from datetime import UTC, datetime, timedelta

from monitor.judge.group import choose
from monitor.records import Article, Case, Fact, Stage, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

COURT = (
    "A judge in Ashford on Monday threw out the murder conviction of Ada Moss, who spent "
    "twenty-two years in prison for the killing of a night watchman at the old cannery. "
    "Prosecutors said that a witness had been paid, and that the payment was never disclosed. "
    "Moss, 51, walked out of the courthouse with her daughters and said she wanted to see the sea."
)
OTHER_WORDS = (
    "Ada Moss went home on Monday. The cannery killing that cost her twenty-two years was not "
    "hers, the district attorney told Judge Lena Ortiz in Ashford, because the only witness "
    "against her had taken money that no jury ever heard about."
)
ELSEWHERE = (
    "Five men convicted of a bank robbery in Port Merrin were cleared by the appeal court after "
    "new fingerprint tests. The men had served between six and nine years each."
)


def article(text, **kw):
    return Article(url="https://a.example/1", canonical_url="https://a.example/1", text=text, **kw)


def verdict(**facts):
    known = {name: Fact(value=value, basis="stated") for name, value in facts.items()}
    return Verdict(beat="b", version="1", score=9, threshold=5, facts=known)


def case(text=COURT, ago=timedelta(hours=3), **facts):
    return Case(
        id=7,
        beat="b",
        title="Cleared",
        stage=Stage.VACATED,
        facts={name: Fact(value=value, basis="stated") for name, value in facts.items()},
        opened_at=NOW - ago,
        last_seen_at=NOW - ago,
        texts=(text,),
    )


def test_the_first_hit_opens_a_case():
    assert choose(article(COURT), verdict(), [], NOW).case_id is None


def test_a_shortened_copy_with_a_local_lead_attaches_silently():
    local = f"ASHFORD (Local) — Neighbours lined Quay Road on Monday evening. {COURT[:300]}"

    joined = choose(article(local), verdict(), [case()], NOW)

    assert (joined.case_id, joined.copy) == (7, True)


def test_the_same_person_months_later_is_the_same_case():
    old = case(exonerees=("Ada Moss",), ago=timedelta(days=200))

    joined = choose(
        article("Ada Moss sues the city."), verdict(exonerees=("Ada Moss",)), [old], NOW
    )

    assert joined.case_id == 7
    assert "ada moss" in joined.why


def test_two_people_of_one_name_in_two_states_are_two_cases():
    texas = case(exonerees=("Ada Moss",), state="Texas")

    found = verdict(exonerees=("Ada Moss",), state="Ohio")

    assert choose(article("Ada Moss of Ohio was cleared."), found, [texas], NOW).case_id is None


def test_the_same_event_in_other_words_attaches():
    assert choose(article(OTHER_WORDS), verdict(), [case()], NOW).case_id == 7


def test_another_event_of_the_same_day_does_not():
    assert choose(article(ELSEWHERE), verdict(), [case()], NOW).case_id is None


def test_other_people_are_another_case_however_alike_the_words():
    moss = case(exonerees=("Ada Moss",))
    same_words = OTHER_WORDS.replace("Ada Moss", "Ben Cole")

    assert (
        choose(article(same_words), verdict(exonerees=("Ben Cole",)), [moss], NOW).case_id is None
    )
