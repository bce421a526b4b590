"""Story → who was cleared: names with their sentence, and how many people. Pure.

A person counts by what is said around the name ("was convicted", "conviction of ...", "served");
judges, lawyers, officials, relatives, victims and other suspects are known the same way.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.frames import (
    DEED,
    LIVES,
    OTHER_SUSPECT,
    OTHERS_ARE,
    PRONOUN,
    PRONOUN_FIRST,
    SAID_TO,
    STRONG,
    holds_office,
    speaks_against,
    speaks_for,
)
from monitor.judge.facts.group_size import group_size
from monitor.judge.facts.name_words import LEARNED, OFFICES
from monitor.judge.facts.names import Mention, Person, people
from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

OFTEN, BACK = 2, 3
LEAST = 2.5


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `exonerees` and `people_count`, each with its sentence."""
    chosen, weak = cleared(story)
    count = group_size(story, len(chosen))
    if chosen and not (count and len(chosen) == 1 and weak):
        line, span = _best_place(chosen)
        yield "exonerees", fact(story, line, span, tuple(person.name for person in chosen))
    if count:
        yield "people_count", count
    elif chosen:
        line, span = _best_place(chosen)
        yield "people_count", fact(story, line, span, len(chosen), "inferred")


def cleared(story: Story) -> tuple[list[Person], bool]:
    """Return who was cleared, and whether nothing but being the only one named says so."""
    return choose(story, people(story))


def choose(story: Story, persons: list[Person]) -> tuple[list[Person], bool]:
    """Tell who of these people was cleared: see `cleared`."""
    meant = [person for line in story.body if (person := _he(line, persons))]
    officials = [person for person in persons if any(holds_office(m) for m in person.mentions)]
    scored = [
        (person, *_weigh(person, meant.count(person)))
        for person in persons
        if person in officials
        or not any(_listed(other, person, in_order=True) for other in officials)
    ]
    chosen = _chosen(scored, story)
    return chosen, not any(row[2] for row in scored if row[0] in chosen)


def _he(line: Line, persons: list[Person]) -> Person | None:
    """Return whom the sentences before are about, if this one says that "he" was convicted."""
    if not PRONOUN_FIRST.match(line.text):
        return None
    named = [
        (mention, person)
        for person in persons
        for mention in person.mentions
        if 0 < line.number - mention.line.number <= BACK
    ]
    nearest = max((mention.line.number for mention, _ in named), default=0)
    there = [row for row in named if row[0].line.number == nearest]
    return min(there, key=lambda row: row[0].start)[1] if there else None


def _weigh(person: Person, meant: int) -> tuple[float, int, int]:
    """Return the person's score, and how many places speak for and against."""
    good = sum(speaks_for(mention) for mention in person.mentions)
    if not any(speaks_for(mention, STRONG) for mention in person.mentions):
        good = min(good, 1) if len(person.mentions) > 1 or meant else 0
    good += meant
    bad = sum(speaks_against(mention) for mention in person.mentions)
    score = 2.0 * min(good, 4) + 0.5 * min(len(person.mentions), 8) - 3.0 * bad
    return score, good, bad


def _chosen(scored: list[tuple[Person, float, int, int]], story: Story) -> list[Person]:
    """Choose the best supported person, and those who share the list or the support."""
    able = [row for row in scored if row[1] >= LEAST and row[2] > 0 and row[2] > row[3]]
    if not able:
        able = _only_one(scored, story)
    if not able:
        return []
    best = max(able, key=lambda row: row[1])
    chosen = [best[0]]
    for person, score, good, bad in scored:
        if person in chosen:
            continue
        listed = bad == 0 and any(_listed(person, other) or _kin(person, other) for other in chosen)
        if (
            listed
            or _together(person, good, bad, chosen)
            or (good > 1 and bad == 0 and score >= best[1] - 3.0)
            or (good > bad == 0 and _among_others(person))
        ):
            chosen.append(person)
    order = {id(row[0]): number for number, row in enumerate(scored)}
    return sorted(chosen, key=lambda person: order[id(person)])


def _only_one(
    scored: list[tuple[Person, float, int, int]], story: Story
) -> list[tuple[Person, float, int, int]]:
    """Take the one person whom nothing speaks against.

    The opening must name nobody else such, or the story come back to that person again and again.
    """
    free = [row for row in scored if row[3] == 0 and not _doubtful(row[0])]
    free = [row for row in free if not any(set(m.title.split()) & LEARNED for m in row[0].mentions)]
    early = [row for row in free if _opens(row[0])]
    if len(early) == 1 and (len(free) == 1 or _is_person(early[0][0])):
        return early
    if early == free and all(_listed(free[0][0], row[0]) for row in free[1:]):
        return early
    size = group_size(story, 0)
    if size and size.value == len(free) and all(_listed(free[0][0], row[0]) for row in free[1:]):
        return free
    if len(free) == 1 and any(PRONOUN.search(line.text) for line in story.body):
        return [row for row in free if len(row[0].mentions) > 1 or _is_person(row[0])]
    able = [row for row in free if len(row[0].mentions) > 1]
    often = [row for row in able if len(row[0].mentions) > OFTEN] or able
    return often if len(often) == 1 else []


def _opens(person: Person) -> bool:
    """Tell whether a person is named before the story goes into details."""
    return person.mentions[0].line.paragraph <= OPENING


def _together(person: Person, good: int, bad: int, chosen: list[Person]) -> bool:
    """Tell whether a namesake of the chosen is said to be cleared as well."""
    family = any(person.parts[-1:] == other.parts[-1:] for other in chosen)
    return good > bad == 0 and family


def _kin(person: Person, other: Person) -> bool:
    """Tell whether they are "the Prather brothers" of some sentence."""
    if not person.parts or person.parts[-1] != other.parts[-1:][0]:
        return False
    group = re.compile(rf"{re.escape(person.parts[-1])} (?:brothers|sisters|twins|siblings|couple)")
    return any(group.search(mention.line.text) for mention in (*person.mentions, *other.mentions))


def _listed(person: Person, other: Person, *, in_order: bool = False) -> bool:
    """Tell whether the two stand in one enumeration: `A, B and C`, perhaps in this order."""
    for one in person.mentions:
        for two in other.mentions:
            if one.line is not two.line or (in_order and one.start > two.start):
                continue
            first, second = sorted((one, two), key=lambda mention: mention.start)
            between = one.line.text[first.end : second.start]
            bare = re.sub(
                rf"{re.escape('(')}[^)]*\)|\b(?:the late|Mr|Ms|Mrs)\b\.?|\d+", "", between
            )
            if re.fullmatch(r"[\s,]*(?:and|&)?[\s,]*(?:(?:\w+ly, )?for )?", bare) and bare.strip():
                return True
            names = re.sub(r"[A-Z][\w.'’-]*", _unless_office, bare)
            if re.fullmatch(r"[\s,]*(?:(?:and|&)?[\s,]*)*", names) and "," in names:
                return True
    return False


def _among_others(person: Person) -> bool:
    return any(OTHERS_ARE.search(m.line.text[: m.start]) for m in person.mentions)


def _unless_office(word: re.Match[str]) -> str:
    return word[0] if word[0].rstrip(".").lower() in OFFICES else ""


def _doubtful(person: Person) -> bool:
    """Tell whether some sentence ties the person to the deed itself."""
    return any(
        OTHER_SUSPECT.search(m.line.text)
        or (DEED.match(m.line.text[m.end :]) and not SAID_TO.search(m.line.text[: m.start]))
        for m in person.mentions
    )


def _is_person(person: Person) -> bool:
    """Tell whether a name met once is a person's: an age, a title, or what people do."""
    return any(m.title.strip() or LIVES.match(m.line.text[m.end :]) for m in person.mentions)


def _best_place(chosen: list[Person]) -> tuple[Line, tuple[int, int]]:
    """Return the line that names most of them and speaks for them, and where it does."""

    def rank(named: tuple[Person, Mention]) -> tuple[int, int, int]:
        person, mention = named
        line = mention.line
        here = sum(any(m.line is line for m in other.mentions) for other in chosen)
        whole = line.text[mention.start : mention.end] == person.name
        return here, int(whole) + int(speaks_for(mention)), -line.number

    everywhere = [(person, mention) for person in chosen for mention in person.mentions]
    _, best = max(everywhere, key=rank)
    return best.line, (best.start, best.end)


OPENING = 2
