"""Labelled stories, in the order they came out → the cases they were put into, and how well."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from monitor import config
from monitor.judge import entities, facts, group
from monitor.judge.query import read
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats, judge
from monitor.records import Article, Case, Joined, Verdict

HERE = Path(__file__).parent
SHIPPED = HERE.parent.parent / "config"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One labelled story: which case it tells, and the article."""

    id: str
    case: str
    label: str
    article: Article
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """One story after grouping: the case it truly tells, the one it was put into, and how."""

    story: Story
    case_id: int
    joined: Joined
    verdict: Verdict


@cache
def beats() -> Beats:
    """The shipped beat and gazetteers."""
    return rules_of(config.load(SHIPPED, {}))


@cache
def stories(name: str) -> tuple[Story, ...]:
    """The stories of one file, in the order they were published."""
    lines = (HERE / "stories" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return tuple(sorted(map(_story, map(json.loads, lines)), key=lambda story: story.at))


def _story(row: Mapping[str, str]) -> Story:
    at = datetime.fromisoformat(row["published"])
    url = f"https://{row['outlet'].replace(' ', '-').lower()}.example/{row['id']}"
    article = Article(
        url=url,
        canonical_url=url,
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        published_at=at,
    )
    return Story(id=row["id"], case=row["case_id"], label=row["label"], article=article, at=at)


JUDGED: dict[tuple[str, str], Verdict] = {}


def verdict_of(article: Article) -> Verdict:
    """What the shipped beat says."""
    key = (article.url, article.text)
    if key not in JUDGED:
        (JUDGED[key],) = judge(article, beats())
    return JUDGED[key]


def forced(article: Article) -> Verdict:
    """The same, but always a hit, with the facts of one: grouping without the judge's misses."""
    found = verdict_of(article)
    if found.hit:
        return found
    known = entities.find(article.title, article.text, beats().gazetteers, article.outlet)
    document = read(article.title, article.text, article.outlet, article.url)
    card = facts.extract(document, article, known)
    return replace(found, score=found.threshold, facts=card, entities=known)


def replay(told: Iterable[Story], judged: Callable[[Article], Verdict]) -> Iterator[Grouped]:
    """Group stories one by one, each when it comes out; what is no hit is left out."""
    from monitor.judge import card

    cases: dict[int, Case] = {}
    for story in told:
        found = judged(story.article)
        if not found.hit:
            continue
        recent = [c for c in cases.values() if story.at - c.last_seen_at <= group.CASE_WINDOW]
        joined = group.choose(story.article, found, recent, story.at)
        number = joined.case_id or len(cases) + 1
        case = cases.get(number) or Case(
            id=number,
            beat=found.beat,
            title=story.article.title,
            stage=found.stage,
            facts={},
            opened_at=story.at,
            last_seen_at=story.at,
        )
        tellings = (*case.tellings, group.telling(story.article, found, story.at))
        grown = card.grown(case, story.article, found)
        cases[number] = replace(grown, tellings=tellings, last_seen_at=story.at)
        yield Grouped(story=story, case_id=number, joined=joined, verdict=found)


def b_cubed(grouped: Iterable[Grouped]) -> tuple[float, float, float]:
    """B³ precision, recall and F1 (Bagga and Baldwin): each story's share of true companions."""
    pairs = [(one.story.case, one.case_id) for one in grouped]
    precision = recall = 0.0
    for case, number in pairs:
        both = sum(other == (case, number) for other in pairs)
        precision += both / sum(other[1] == number for other in pairs)
        recall += both / sum(other[0] == case for other in pairs)
    precision, recall = precision / len(pairs), recall / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def alerts_per_case(grouped: Iterable[Grouped]) -> float:
    """How many cases were opened for each that there is."""
    pairs = [(one.story.case, one.case_id) for one in grouped]
    return len({number for _, number in pairs}) / len({case for case, _ in pairs})


def mixed(grouped: Iterable[Grouped]) -> dict[int, set[str]]:
    """Cases that hold the stories of more than one."""
    held: dict[int, set[str]] = {}
    for one in grouped:
        held.setdefault(one.case_id, set()).add(one.story.case)
    return {number: names for number, names in held.items() if len(names) > 1}
