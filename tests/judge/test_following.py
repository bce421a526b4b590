"""What follows on a confirmed case: a full name, a place, a word of its past, and the news."""

from datetime import UTC, datetime

import pytest

from monitor.judge import following
from monitor.judge.decide import Told
from monitor.judge.following import Watch
from monitor.records import Article, Stage

MOSS = Watch(case_id=4, people=("Ada Moss",), places=("Ash County", "Ohio"))
SUIT = (
    "ASHFORD, Ohio - Ada Moss, who was imprisoned for twenty-two years, has sued the city over"
    " the witness it paid.\n\nThe weather was fine."
)


def article(text: str, title: str = "City taken to court") -> Article:
    return Article(url="https://p.test/1", canonical_url="", title=title, text=text)


@pytest.mark.parametrize(
    ("said", "topic", "stage"),
    [
        ("has sued the city", "suit", Stage.COMPENSATION),
        ("will get $4 million", "compensation", Stage.COMPENSATION),
        ("settled with the county", "compensation", Stage.COMPENSATION),
        ("faces a new trial", "retrial", Stage.RETRIAL_ORDERED),
        ("saw her conviction reinstated", "reversal", Stage.REVERSED),
        ("was arrested on Friday", "arrest", Stage.UNKNOWN),
    ],
)
def test_each_kind_of_follow_up_is_found(said: str, topic: str, stage: Stage) -> None:
    text = f"Ada Moss of Ohio, who was cleared last year, {said}, her lawyer said."
    found = following.match(article(text), [MOSS])
    assert found is not None
    assert (found.case_id, found.topic, found.stage) == (4, topic, stage)
    assert said in found.sentence
    assert found.why == f"names Ada Moss and Ohio, with a word of {topic}"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("another person", SUIT.replace("Ada", "Bea")),
        ("a surname alone", SUIT.replace("Ada Moss", "Moss")),
        ("another place", SUIT.replace("Ohio", "Texas")),
        ("nothing of her past", SUIT.replace("imprisoned", "mayor")),
        ("no news of the kind", SUIT.replace("has sued the city", "sang in the city")),
        ("news of somebody else", SUIT.replace("has sued the city", "sang") + " It was sued."),
    ],
)
def test_what_is_not_surely_hers_is_left_alone(what: str, text: str) -> None:
    assert following.match(article(SUIT), [MOSS]) is not None
    assert following.match(article(text), [MOSS]) is None, what


def test_a_surname_that_is_a_countys_name_is_no_place() -> None:
    cook = Watch(case_id=5, people=("Lee Cook",), places=("Cook County",))
    text = "Lee Cook, who was wrongly convicted, has sued the city."
    assert following.match(article(text), [cook]) is None
    assert following.match(article(f"{text} He lives in Cook County."), [cook]) is not None


def test_a_second_name_may_stand_between() -> None:
    assert following.match(article(SUIT.replace("Ada Moss", "Ada Q. Moss")), [MOSS]) is not None


def test_each_topic_is_told_once_to_those_who_heard_of_the_case() -> None:
    found = following.match(article(SUIT), [MOSS])
    assert found is not None
    at = datetime(2026, 3, 2, tzinfo=UTC)
    told = {name: Told(channel=name, last_at=at) for name in ("desk", "gone")}

    def channels(topics: frozenset[str] = frozenset(), **more: Told) -> list[tuple[str, ...]]:
        alerts = following.alert(found, "b", {**told, **more}, topics, ["desk", "hook"])
        return [alert.channels for alert in alerts]

    assert channels() == [("desk",)]
    assert channels(frozenset({"suit"})) == []
    assert channels(frozenset({"compensation"})) == [("desk",)]
    knows = Told(channel="desk", stages=frozenset({Stage.COMPENSATION}))
    assert channels(desk=knows) == []
