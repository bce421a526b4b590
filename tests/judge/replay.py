"""Labelled stories, in the order they came out → the cases they were put into, and how well."""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from monitor import config
from monitor.judge import card, entities, facts, group
from monitor.judge.query import read
from monitor.judge.rules import rules_of
from monitor.judge.verdict import Beats, judge
from monitor.records import Article, Case, Joined, Verdict
from tests.judge import wire

HERE = Path(__file__).parent
SHIPPED = HERE.parent.parent / "config"
MONTH = timedelta(days=30)


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


def replay(stream: Iterable[Story], judged: Callable[[Article], Verdict]) -> Iterator[Grouped]:
    """Group stories one by one, each when it comes out; what is no hit is left out."""
    cases: dict[int, Case] = {}
    for story in stream:
        found = judged(story.article)
        if not found.hit:
            continue
        recent = [c for c in cases.values() if story.at - c.last_seen_at <= group.CASE_WINDOW]
        joined = group.choose(story.article, found, recent, story.at)
        number = joined.case_id or len(cases) + 1
        case = cases.get(number) or opened(number, story, found)
        cases[number] = told(case, story, found)
        yield Grouped(story=story, case_id=number, joined=joined, verdict=found)


def opened(number: int, story: Story, found: Verdict) -> Case:
    """A case that nobody has told yet."""
    return Case(
        id=number,
        beat=found.beat,
        title=story.article.title,
        stage=found.stage,
        facts={},
        opened_at=story.at,
        last_seen_at=story.at,
    )


def told(case: Case, story: Story, found: Verdict) -> Case:
    """A case with one more telling."""
    telling = group.telling(story.article, found, story.at)
    grown = card.grown(case, story.article, found)
    return replace(grown, tellings=(*case.tellings, telling), last_seen_at=story.at)


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


@cache
def grouped_of(name: str) -> tuple[Grouped, ...]:
    """The stories of one file, each a hit, put into cases."""
    return tuple(replay(stories(name), forced))


def attached(name: str, edit: str, seed: int) -> float:
    """The share of a file's stories whose edited copy attaches silently to the story's case.

    Each copy comes five hours after its story, when what came out within a month is known.
    """
    dice = random.Random(seed)  # noqa: S311  a test repeats itself
    grouped = grouped_of(name)
    right = 0
    for one in grouped:
        now = one.story.at + timedelta(hours=5)
        known = [other for other in grouped if timedelta() <= now - other.story.at <= MONTH]
        text = wire.EDITS[edit](one.story.article.text, dice)
        url = f"{one.story.article.url}/copy"
        copy = replace(one.story.article, text=text, outlet="Harbour Post", url=url)
        joined = group.choose(copy, forced(copy), list(cases_of(known)), now)
        right += joined.copy and joined.case_id == one.case_id
    return right / len(grouped)


def cases_of(grouped: Iterable[Grouped]) -> Iterator[Case]:
    """The cases that these stories make."""
    held: dict[int, Case] = {}
    for one in grouped:
        case = held.get(one.case_id) or opened(one.case_id, one.story, one.verdict)
        held[one.case_id] = told(case, one.story, one.verdict)
    yield from held.values()
