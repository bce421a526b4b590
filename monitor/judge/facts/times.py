"""Story → year convicted, years lost (stated and computed apart) and day of exoneration. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.convicted import convicted
from monitor.judge.facts.days import exonerated_on
from monitor.judge.facts.lost import lost
from monitor.judge.facts.text import Story
from monitor.records import Fact

YEAR = r"(?:1[89]\d\d|20\d\d)"
RELEASED_IN = re.compile(
    rf"(?i)\b(?:paroled|released|freed|bailed|got out"
    rf"|let out)\b[^.;]{{0,25}}?\bin (?P<year>{YEAR})\b"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `year_convicted`, `years_lost_stated`, `exonerated_on`, `years_lost_computed`."""
    year = convicted(story)
    if year:
        yield "year_convicted", year
    figure = lost(story)
    if figure:
        yield "years_lost_stated", figure
    day = exonerated_on(story)
    if day:
        yield "exonerated_on", day
    computed = _computed(story, year, day)
    if computed:
        yield "years_lost_computed", computed


def _computed(story: Story, year: Fact | None, day: Fact | None) -> Fact | None:
    """Count from the conviction to the release, or to the exoneration if no release is told."""
    if year is None or not isinstance(year.value, int):
        return None
    ends = [
        int(match["year"])
        for line in story.body
        for match in RELEASED_IN.finditer(line.text)
        if int(match["year"]) > year.value
    ]
    if day and isinstance(day.value, str):
        ends.append(int(day.value[:4]))
    years = min(ends, default=0) - year.value
    if years <= 0:
        return None
    return Fact(
        value=years,
        basis="inferred",
        sentence=year.sentence,
        zone=year.zone,
        start=year.start,
        end=year.end,
        url=year.url,
    )
