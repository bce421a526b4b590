"""Stories in; pages edited after they were published out: in a fact, or only in their looks."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.records import Article

STORIES = Path(__file__).parents[1] / "stories"
Story = Mapping[str, Any]
Editor = Callable[[Story], tuple[str, str] | None]
TO_TWENTY = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty"""
WORDS = TO_TWENTY.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A story, and what its page said after the edit."""

    kind: str
    story: Story
    title: str
    text: str

    @property
    def before(self) -> Article:
        return article(self.story, self.story["title"], self.story["text"])

    @property
    def after(self) -> Article:
        return article(self.story, self.title, self.text)


def article(story: Story, title: str, text: str) -> Article:
    """A story as the service keeps it."""
    when = datetime.fromisoformat(f"{story['date']}T12:00:00").replace(tzinfo=UTC)
    url = f"https://paper.test/{story['id']}"
    return Article(url=url, canonical_url=url, title=title, text=text, published_at=when)


def stories(*names: str) -> list[Story]:
    """The clearings of these files."""
    rows = (
        json.loads(line)
        for name in names
        for line in (STORIES / name).read_text("utf-8").splitlines()
    )
    return [row for row in rows if row["label"] == "exoneration"]


def edited(told: Sequence[Story], editors: Mapping[str, Editor], *, each: int) -> Iterator[Edited]:
    """At most `each` pages of every kind of edit, from as many different stories as can be."""
    for number, (kind, edit) in enumerate(editors.items()):
        made = 0
        turn = number * 7 % len(told)
        for story in (*told[turn:], *told[:turn]):
            done = edit(story) if made < each else None
            if done is not None and done != (story["title"], story["text"]):
                made += 1
                yield Edited(kind=kind, story=story, title=done[0], text=done[1])


def _everywhere(story: Story, old: str, new: str) -> tuple[str, str] | None:
    pattern = re.compile(rf"\b{re.escape(old)}\b")
    if not pattern.search(story["text"]):
        return None
    return pattern.sub(new, story["title"]), pattern.sub(new, story["text"])


def _person(story: Story) -> list[str]:
    names = (story.get("facts") or {}).get("exonerees") or []
    return str(names[0]).split() if len(names) == 1 else []


def last_name(story: Story) -> tuple[str, str] | None:
    """Another surname."""
    name = _person(story)
    return _everywhere(story, name[-1], "Castellane") if len(name) > 1 else None


def spelling(story: Story) -> tuple[str, str] | None:
    """The surname spelled otherwise, wherever it stands."""
    name = _person(story)
    if len(name) < 2 or len(name[-1]) < 5:
        return None
    return _everywhere(story, name[-1], name[-1][:-2] + "o" + name[-1][-1])


def first_name(story: Story) -> tuple[str, str] | None:
    """Another first name."""
    name = _person(story)
    return _everywhere(story, name[0], "Leopold") if len(name) > 1 else None


def years_inside(story: Story) -> tuple[str, str] | None:
    """Another number of years, in figures or in words."""
    years = (story.get("facts") or {}).get("years_lost_stated")
    if not isinstance(years, int):
        return None
    found = _everywhere(story, f"{years} years", f"{years + 3} years")
    if found is None and 1 < years <= 17:
        word, other = WORDS[years - 1], WORDS[years + 2]
        found = _everywhere(story, f"{word} years", f"{other} years")
    return found


def year_convicted(story: Story) -> tuple[str, str] | None:
    """Another year of conviction."""
    year = (story.get("facts") or {}).get("year_convicted")
    return _everywhere(story, str(year), str(year - 2)) if isinstance(year, int) else None


def county(story: Story) -> tuple[str, str] | None:
    """Another county."""
    name = (story.get("facts") or {}).get("county")
    if not name or not str(name).endswith(" County"):
        return None
    return _everywhere(story, str(name), "Marquette County")


def weekday(story: Story) -> tuple[str, str] | None:
    """Another day of the ruling."""
    days = re.findall(r"\b(?:Mon|Tues|Wednes|Thurs|Fri)day\b", story["text"])
    other = "Tuesday" if days and days[0] != "Tuesday" else "Thursday"
    return _everywhere(story, days[0], other) if days else None


def age(story: Story) -> tuple[str, str] | None:
    """Another age."""
    found = re.search(r"(?<=[a-z], )(\d\d)(?=,)", story["text"])
    if found is None:
        return None
    text = story["text"]
    new = str(int(found.group()) + 2)
    return story["title"], text[: found.start()] + new + text[found.end() :]


def term(story: Story) -> tuple[str, str] | None:
    """Another sentence."""
    said = (story.get("facts") or {}).get("sentence") or ""
    years = re.match(r"(\d+) years", said)
    if years is None:
        return None
    return _everywhere(story, years.group(), f"{int(years.group(1)) + 10} years")


def crime(story: Story) -> tuple[str, str] | None:
    """Another crime."""
    for old, new in (("murder", "manslaughter"), ("robbery", "burglary"), ("rape", "robbery")):
        if (found := _everywhere(story, old, new)) is not None:
            return found
    return None


def undone_not(story: Story) -> tuple[str, str] | None:
    """The court did the opposite."""
    for old, new in (
        ("threw out", "upheld"),
        ("vacated", "affirmed"),
        ("overturned", "upheld"),
        ("quashed", "upheld"),
        ("tossed", "let stand and upheld"),
    ):
        if (found := _everywhere(story, old, new)) is not None:
            return found
    return None


def retrial(story: Story) -> tuple[str, str] | None:
    """Not dropped: to be tried again."""
    for old, new in (
        ("dismissed the charges", "announced a retrial on the charges"),
        ("dropped the charges", "announced a retrial on the charges"),
        ("would not", "would"),
        ("will not", "will"),
        ("dismissed", "postponed"),
    ):
        if (found := _everywhere(story, old, new)) is not None:
            return found
    return None


NOTES = (
    "Correction: An earlier version of this story gave the wrong year of the trial.",
    "Editor's note: This article has been updated to correct the spelling of a name.",
    "This story has been corrected to say that the order was signed by another judge.",
    "CORRECTION (March 4): The man was held for 19 years, not 21.",
    "An earlier version of this article misstated the name of the prosecutor.",
    "Clarification — The charges were dismissed by the state, not by the judge.",
)


def note(story: Story) -> tuple[str, str] | None:
    """A note is added at the head or at the foot."""
    number = sum(map(ord, story["id"]))
    said = NOTES[number % len(NOTES)]
    parts = [said, story["text"]] if number % 2 else [story["text"], said]
    return story["title"], "\n\n".join(parts)


FACTS: Mapping[str, Editor] = {
    "last name": last_name,
    "spelling": spelling,
    "first name": first_name,
    "years inside": years_inside,
    "year convicted": year_convicted,
    "county": county,
    "weekday": weekday,
    "age": age,
    "term": term,
    "crime": crime,
    "undone not": undone_not,
    "retrial": retrial,
    "note": note,
}
