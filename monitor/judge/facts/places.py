"""Story with its places → state, county and country, each with its sentence. Pure.

A county's state must be settled by the text (its own name, a state, a city, the outlet);
Jefferson County alone is nowhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from monitor.judge.facts.place_weights import (
    CITIES_ABROAD,
    COURT_WORDS,
    ELSEWHERE,
    LEAD,
    WEIGHTS,
    part_of_longer,
    weigh,
)
from monitor.judge.facts.text import Line, Story, fact, matches
from monitor.records import Basis, Entity, Fact

USA = "United States"
COUNTRY_WORDS = re.compile(
    r"\b(?:U\.S\.|United States|US (?:state|district|attorney|supreme))(?!\w)"
)
JAILED = -5.0
JAIL = re.compile(r"(?i)\s(?:jail|detention|lockup|correction)")
AMERICAN = re.compile(
    r"\b(?:County|Parish|[Dd]istrict [Aa]ttorney|[Ss]tate['’]s [Aa]ttorney|D\.?A\.?|U\.S\.|FBI"
    r"|Gov\."
    r"|Circuit|Superior Court|Common Pleas|[Gg]rand jury|[Gg]overnor|[Ss]tate (?:[Pp]olice|prison)"
    r"|[Aa]ttorney [Gg]eneral|prosecutors?|felony|misdemeanor|degree|Innocence Project)\b"
)
AMERICAN_OFFICE = re.compile(
    r"\b(?:(?:[Dd]istrict|[Ss]tate['’]s|[Cc]ommonwealth['’]s|[Cc]ounty|[Cc]ircuit) [Aa]ttorney"
    r"|Common Pleas"
    r"|FBI|Gov\.(?= [A-Z])|grand jury)"
)
"""Offices that only the United States have."""
CROWN = re.compile(
    r"\b(?:the Crown\b|Crown (?:counsel|[Cc]ourt|prosecutor)|Lord Justice|Mr\.? Justice)"
)
BOROUGHS = {
    "Brooklyn": ("Kings County", "New York"),
    "Queens": ("Queens County", "New York"),
    "Manhattan": ("New York County", "New York"),
    "The Bronx": ("Bronx County", "New York"),
    "Staten Island": ("Richmond County", "New York"),
    "Philadelphia": ("Philadelphia County", "Pennsylvania"),
}
LEAST = 1.0

Vote = tuple[float, Entity, Line]


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `state`, `county` and `country` as far as the text settles them."""
    votes = _votes(story)
    abroad = _best(_abroad(story), LEAST)
    state = _best(votes, LEAST)
    if state and not _plainly_american(story, votes[state]):
        state = ""
    if state and (not abroad or _sum(votes[state]) >= _sum(_abroad(story)[abroad])):
        yield from _american(story, state, votes[state])
    elif abroad:
        best = max(_abroad(story)[abroad], key=lambda vote: (vote[1].name == abroad, vote[0]))
        yield "country", _placed(story, best, abroad, stated=best[1].name == abroad)
    elif federal := next(matches(story.lines, COUNTRY_WORDS), None):
        line, match = federal
        yield "country", fact(story, line, match.span(), USA)
    elif legal := next(matches(story.lines, AMERICAN_OFFICE), None):
        line, match = legal
        yield "country", fact(story, line, match.span(), USA, "inferred")


def _american(story: Story, state: str, votes: list[Vote]) -> Iterator[tuple[str, Fact]]:
    best = max(votes, key=lambda vote: (vote[1].type == "state", vote[0]))
    stated = best[1].type == "state"
    yield "state", _placed(story, best, state, stated=stated)
    yield "country", _placed(story, best, USA, stated=False)
    county = _county(story, state)
    if county:
        yield "county", county


def _plainly_american(story: Story, votes: list[Vote]) -> bool:
    """Tell whether more than the name of a small town, which others share, speaks for a state."""
    if any(entity.type != "city" or weight >= WEIGHTS["county"] for weight, entity, _ in votes):
        return True
    if any(CROWN.search(line.text) for line in story.lines):
        return False
    return any(AMERICAN.search(line.text) for line in story.lines)


def _placed(story: Story, vote: Vote, value: str, *, stated: bool) -> Fact:
    _, entity, line = vote
    span = (entity.start - line.start, entity.end - line.start)
    basis: Basis = "stated" if stated else "inferred"
    return fact(story, line, span, value, basis)


def _sum(votes: list[Vote]) -> float:
    return sum(weight for weight, _, _ in votes)


def _best(votes: dict[str, list[Vote]], least: float = 0.0) -> str:
    """Return the place with the most weight, unless another has as much."""
    ranked = sorted(votes, key=lambda place: -_sum(votes[place]))
    if (
        not ranked
        or _sum(votes[ranked[0]]) < least
        or (len(ranked) > 1 and _sum(votes[ranked[0]]) <= _sum(votes[ranked[1]]))
    ):
        return ""
    return ranked[0]


def _states(entity: Entity) -> list[str]:
    if entity.type == "state":
        return [entity.canonical]
    return entity.canonical.rpartition(", ")[2].split("|")


def _votes(story: Story) -> dict[str, list[Vote]]:
    """Weigh each mention for its state; doubtful names only back up what is there already."""
    votes: dict[str, list[Vote]] = defaultdict(list)
    doubtful: list[tuple[list[str], Vote]] = []
    abroad = {
        (entity.zone, entity.start)
        for entity in story.entities
        if entity.type == "country" and entity.source != CITIES_ABROAD
    }
    for entity in story.entities:
        if entity.type not in {"state", "county", "city"}:
            continue
        line = story.line_of(entity)
        if line is None:
            continue
        if entity.type == "city" and (entity.zone, entity.start) in abroad:
            continue
        if part_of_longer(entity, line):
            continue
        weight = weigh(entity, line)
        states = _states(entity)
        if len(states) == 1:
            votes[states[0]].append((weight, entity, line))
        else:
            doubtful.append((states, (weight, entity, line)))
    outlet = _outlet(story)
    for states, vote in doubtful:
        backed = [s for s in states if s in votes] or [s for s in states if s in outlet]
        if len(backed) == 1:
            votes[backed[0]].append(vote)
    return votes


def _outlet(story: Story) -> set[str]:
    return {
        s
        for e in story.entities
        if e.zone == "outlet"
        for s in _states(e)
        if e.type in {"state", "city"}
    }


def _abroad(story: Story) -> dict[str, list[Vote]]:
    votes: dict[str, list[Vote]] = defaultdict(list)
    for entity in story.entities:
        line = story.line_of(entity)
        if line is None or entity.type != "country":
            continue
        votes[entity.canonical].append((weigh(entity, line), entity, line))
    for country in {e.canonical for e in story.entities if e.zone == "outlet"} & votes.keys():
        votes[country].append((WEIGHTS["body"], *votes[country][0][1:]))
    return votes


def _county(story: Story, state: str) -> Fact | None:
    found: list[tuple[float, int, Entity, Line]] = []
    for entity in story.entities:
        line = story.line_of(entity)
        if line is None or entity.type != "county" or state not in _states(entity):
            continue
        if part_of_longer(entity, line):
            continue
        start, end = entity.start - line.start, entity.end - line.start
        weight = 3.0 if COURT_WORDS.match(line.text[end:]) else 1.0
        weight += 1.0 if line.zone == "title" or line.paragraph <= LEAD else 0.0
        weight -= 9.0 if JAIL.match(line.text[end:]) else 0.0
        weight -= 2.0 if ELSEWHERE.search(line.text[:start][-20:]) else 0.0
        found.append((weight, -line.number, entity, line))
    found = [row for row in found if row[0] > JAILED]
    if not found:
        return _borough(story, state)
    weight, _, entity, line = max(found, key=lambda row: row[:2])
    name = entity.canonical.rpartition(", ")[0]
    return _placed(story, (weight, entity, line), name, stated=True)


def _borough(story: Story, state: str) -> Fact | None:
    """Name the county of a city that is one: a borough of New York, Philadelphia."""
    found: dict[str, tuple[Entity, Line]] = {}
    for entity in story.entities:
        line = story.line_of(entity)
        city = entity.canonical.rpartition(", ")[0]
        county, its_state = BOROUGHS.get(city, ("", ""))
        if entity.type == "city" and line is not None and county and its_state == state:
            court = COURT_WORDS.match(line.text[entity.end - line.start :])
            elsewhere = ELSEWHERE.search(line.text[: entity.start - line.start][-40:])
            if court or (not elsewhere and entity.name != "New York"):
                found.setdefault(county, (entity, line))
    if len(found) != 1:
        return None
    county, (entity, line) = next(iter(found.items()))
    return _placed(story, (1.0, entity, line), county, stated=False)
