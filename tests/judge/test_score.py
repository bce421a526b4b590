"""The score: a sum that can be shown, by zones, of what sentences assert."""

from monitor.judge import beat, verdict
from monitor.judge.verdict import Beats
from monitor.records import Article, Verdict
from tests.judge.conftest import SMALL, article, signals

OVERTURNED = "A judge overturned the conviction of Ada Flint on Monday."


def judged(page: Article, beats: Beats) -> Verdict:
    """The exact verdict of the only beat."""
    return verdict.judge(page, beats, exact=True)[0]


def test_a_signal_adds_its_weight_once_by_the_best_zone_it_stands_in(small: Beats) -> None:
    found = judged(article("Conviction of baker overturned", OVERTURNED), small)
    assert signals(found)["undone"] == 3


def test_the_score_is_the_sum_of_the_evidence_shown(small: Beats) -> None:
    text = f"{OVERTURNED} She spent 12 years in prison. A film is planned."
    found = judged(article("Baker free", text), small)
    assert found.score == sum(signals(found).values())
    assert signals(found)["fiction"] == -2


def test_evidence_points_exactly_into_the_text(small: Beats) -> None:
    page = article("Conviction of baker overturned", OVERTURNED)
    found = judged(page, small)
    for part in found.signals:
        for match in part.matches:
            zone = page.title if match.zone == "title" else page.text
            assert zone[match.start : match.end] == match.text


def test_the_lead_is_so_many_words_and_boilerplate_is_not_counted(small: Beats) -> None:
    padding = "Word " * 29
    boiler = "Donate to our newsletter today and keep the paper free for all of its readers.\n\n"
    late = judged(article("News", f"{padding}ends here.\n\n{OVERTURNED}"), small)
    early = judged(article("News", f"{boiler * 3}{OVERTURNED}"), small)
    assert signals(late)["undone"] == 1
    assert signals(early)["undone"] == 2


def test_what_a_boilerplate_line_says_is_no_evidence(small: Beats) -> None:
    text = "Rain is due.\n\nDonate: our series got a conviction overturned."
    assert judged(article("Weather", text), small).score == 0


def test_a_signal_that_needs_company_does_not_count_alone(small: Beats) -> None:
    alone = judged(article("News", "The charges were dropped."), small)
    both = judged(article("News", f"{OVERTURNED} The charges were dropped."), small)
    assert "dropped" not in signals(alone)
    assert signals(both)["dropped"] == 2


def test_an_event_dated_to_these_days_adds_freshness(small: Beats) -> None:
    plain = article("News", "A judge overturned the conviction of Ada Flint.")
    old = judged(plain, small)
    new = judged(article("News", OVERTURNED), small)
    assert new.score - old.score == 1
    assert signals(new)["fresh"] == 1


def test_a_signal_that_nearly_fired_says_what_stood_against_it(small: Beats) -> None:
    text = "The court refused to overturn the conviction. She spent 12 years in prison."
    found = judged(article("Conviction stands", text), small)
    why = {miss.id: miss.why for miss in found.near_misses}
    assert why["undone"].startswith("negated: ")
    assert "undone" not in signals(found)


def test_a_signal_found_alone_says_what_it_lacked(small: Beats) -> None:
    text = "Her conviction was not overturned. The charges were dropped on Monday."
    page = article("Years in prison are over", text)
    found = judged(page, replace_needs(small))
    why = {miss.id: miss.why for miss in found.near_misses}
    assert why["dropped"] == "found, but without any of undone"


def replace_needs(small: Beats) -> Beats:
    """The small beat with a signal that years alone do not keep company."""
    text = SMALL.replace("needs: [undone, years]", "needs: [undone]")
    assert small.beats[0].signals[1].needs == ("undone", "years")
    return verdict.prepare([beat.read(text)])
