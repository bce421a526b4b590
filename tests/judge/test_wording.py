"""What the words of title and lead weigh: each once, shown by the heaviest, learnt from labels."""

from datetime import UTC, datetime

import pytest

from monitor.errors import ConfigError
from monitor.judge import fit, verdict, vocabulary, wording
from monitor.judge.beat import read, wordlist
from monitor.judge.page import lay_out
from monitor.judge.query import read as document
from monitor.judge.verdict import Beats
from monitor.records import Article, Verdict

BEAT = """\
name: cleared
threshold: 4
signals:
  - {id: undone, query: overturned, weight: 4, proves: vacated}
"""
WORDING = "wording:\n  -1.5: [statute, was sued]\n  0.5: [mother]\n"
TEXT = "A judge overturned the conviction of Ada Quillfeather on Monday. Her mother wept."


def article(text: str, title: str = "News") -> Article:
    date = datetime(2026, 3, 2, tzinfo=UTC)
    return Article(url="", canonical_url="", outlet="", title=title, text=text, published_at=date)


def beats(text: str = BEAT + WORDING) -> Beats:
    return verdict.prepare([read(text)])


def part(judged: Verdict) -> tuple[float, list[str]]:
    found = {one.id: one for one in judged.signals}.get(wording.NAME)
    return (found.weight, [match.text for match in found.matches]) if found else (0, [])


def test_each_word_of_title_and_lead_adds_its_weight_once_and_is_shown() -> None:
    (judged,) = verdict.judge(article(f"{TEXT} Her mother smiled."), beats())
    assert judged.score == 4.5
    assert part(judged) == (0.5, ["mother"])


def test_two_words_count_side_by_side_and_as_written_differently() -> None:
    text = f"{TEXT} The city Was  Sued under a Statute."
    (judged,) = verdict.judge(article(text), beats(), exact=True)
    assert judged.score == 1.5
    assert part(judged) == (-2.5, ["Statute", "Was  Sued"])
    assert not judged.hit


def test_words_beyond_the_lead_and_of_a_headline_alone_weigh_nothing() -> None:
    long = f"{TEXT}\n\n{'word ' * 400}\n\nA statute."
    assert part(verdict.judge(article(long), beats())[0]) == (0.5, ["mother"])
    (judged,) = verdict.judge(article("", "Statute: conviction overturned"), beats(), exact=True)
    assert (judged.score, part(judged)) == (4, (0, []))


def test_words_speak_for_a_story_with_little() -> None:
    found = beats(f"{BEAT}wording:\n  5: [mother, wept]\n")
    assert part(verdict.judge(article(TEXT), found)[0]) == (1, ["mother", "wept"])


def test_words_that_cross_from_title_to_text_are_no_pair() -> None:
    (judged,) = verdict.judge(article(f"Sued for it. {TEXT}", "What was"), beats())
    assert part(judged) == (0.5, ["mother"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("heavy: [statute]", "'heavy' is no weight"),
        (".nan: [statute]", "is no weight"),
        ("-1e400: [statute]", "is no weight"),
        ("-1: [one two three]", "is not one word or two"),
        ("-1: [statut*]", "is not one word or two"),
        ("-1: [statute, Statute]", "stands twice"),
        ("-1: [[a]]", "is a list of words"),
    ],
)
def test_a_mistake_in_the_words_is_named(row: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("*", r"\*")):
        read(f"{BEAT}wording:\n  {row}\n")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("statute", ["statute"]),
        ("of murder", ["murder", "of murder"]),
        ("was arrested on monday in 1994", ["arrested", "arrested on", "was arrested"]),
        ("of the x", []),
    ],
)
def test_only_words_that_could_mean_something_are_learnt(said: str, kept: list[str]) -> None:
    page = lay_out(read(BEAT), document("", said), None)
    found = wording.grams(page.document, page.lead_end)
    assert sorted(filter(wording.telling, found)) == kept


def examples(found: Beats) -> list[fit.Example]:
    good = "A judge overturned the verdict. A witness recanted."
    bad = "A judge overturned the verdict. A statute is vague."
    texts = [(good, "yes"), (bad, "no"), ("A judge overturned it.", "yes")] * 30
    return [
        fit.example(
            article(text), found, name=str(n), label=label, group=str(n), wanted=label == "yes"
        )
        for n, (text, label) in enumerate(texts)
    ]


def test_learnt_words_part_what_the_signals_cannot() -> None:
    found = examples(beats(BEAT))
    assert {one.judged.hit for one in found} == {True}
    learnt = vocabulary.learn(found, 10, fit.Rule(hold=0.5))
    assert learnt["statute"] < 0 < learnt["recanted"]
    assert "judge" not in learnt  # in every text
    text = wordlist.rewrite(BEAT, learnt)
    assert dict(read(text).wording) == dict(learnt)
    for one in examples(beats(text)):
        assert one.judged.hit == one.wanted
        assert vocabulary.reworded(one, learnt).score == pytest.approx(one.judged.score)


def test_unseen_texts_are_judged_by_words_that_were_learnt_without_them() -> None:
    found = examples(beats(BEAT))
    rows = list(vocabulary.crossed(found, 10, fit.Rule(hold=0.5), 3))
    assert sorted(name for name, _, _ in rows) == sorted(one.id for one in found)
    assert {(label, judged.hit) for _, label, judged in rows} == {("yes", True), ("no", False)}


def test_only_the_words_change_in_the_file() -> None:
    comment = "# kept: é\r\n"
    before = f"{comment}{BEAT}{WORDING}boilerplate: [donate]\n"
    after = wordlist.rewrite(before, {"don't": 0.5, "no": -1, "was sued": -1})
    assert after.startswith(comment + BEAT)
    assert after.endswith("boilerplate: [donate]\n")
    assert dict(read(after).wording) == {"don't": 0.5, "no": -1, "was sued": -1}
    assert wordlist.rewrite(after, dict(read(before).wording)).count("wording:") == 1
