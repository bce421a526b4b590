"""What alerts may say of a page that asks not to be quoted."""

from monitor.judge.card import tellable
from monitor.records import Article, Evidence, Fact, Match, Verdict

FOUND = Verdict(
    beat="exonerations",
    version="1",
    score=2.0,
    threshold=1.0,
    sentence="A judge threw out the conviction.",
    stage_sentence="A judge threw out the conviction.",
    signals=(
        Evidence(
            id="s", weight=2.0, matches=(Match(text="threw out", zone="body", start=8, end=17),)
        ),
    ),
    facts={"state": Fact(value="OH", basis="stated", sentence="It happened in Ohio.")},
)


def article(**rights: list[str]) -> Article:
    return Article(url="u", canonical_url="u", title="Man cleared", rights=rights)


def test_b42_of_a_page_that_wants_no_snippets_facts_are_told_but_no_words() -> None:
    told = tellable(article(robots=["nosnippet"]), FOUND)
    assert (told.sentence, told.stage_sentence, told.facts["state"].sentence) == ("", "", "")
    assert told.facts["state"].value == "OH"
    assert [match.text for signal in told.signals for match in signal.matches] == [""]
    assert told.hit


def test_b42_of_a_page_that_limits_snippets_sentences_are_cut() -> None:
    told = tellable(article(robots=["max-snippet:20", "max-snippet:60"]), FOUND)
    assert told.sentence == "A judge threw out t…"
    assert told.facts["state"].sentence == "It happened in Ohio."
    assert [match.text for signal in told.signals for match in signal.matches] == ["threw out"]


def test_b42_every_other_page_is_quoted() -> None:
    assert tellable(article(robots=["noai"]), FOUND) is FOUND
    assert tellable(article(), FOUND) is FOUND
