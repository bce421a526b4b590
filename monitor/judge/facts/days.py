"""Story → the day of the exoneration, from the sentence that tells it. Pure."""

import re
from datetime import date, timedelta

from monitor.judge.facts.text import CLEARED, Line, Story, fact
from monitor.records import Fact

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
YEAR = r"(?:1[89]\d\d|20\d\d)"
WEEKDAY = re.compile(
    rf"(?i)\b(?:(?P<last>last) )?(?P<day>{'|'.join(DAYS)})\b(?! night['’]s| in question"
    rf"|\s(?-i:[A-Z])[\w-]+,)(?P<week> (?:of )?last week)?"
)
TODAY = re.compile(r"(?i)\b(?:today|this (?:morning|afternoon|evening))\b")
DATE = re.compile(
    rf"(?i)\b(?P<month>{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    rf"|dec)\.? (?P<day>\d{{1,2}})\b(?!\d)(?:,? (?P<year>{YEAR}))?"
)
DATE_UK = re.compile(
    rf"(?i)\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})\b(?:,? (?P<year>{YEAR}))?"
)
LATER = re.compile(r"(?i)\b(?:will|next|until|scheduled|due|expected|set to)\b[^.;]{0,40}$")
WEEK = 7


def exonerated_on(story: Story) -> Fact | None:
    """Return the day that a sentence names which tells the clearing, or what a court did then."""
    told = [
        line
        for line in story.body
        if CLEARED.search(line.text) or (line.paragraph <= OPENING and RULED.search(line.text))
    ]
    for line in told:
        if found := _dated(story, line):
            return found
    if not any(CLEARED.search(line.text) for line in story.lines):
        return None
    opening = [line for line in story.body if line.paragraph <= OPENING]
    for line in opening:
        if "sentenced" in line.text:
            continue
        if ACTED.search(line.text) and (found := _dated(story, line)):
            return found
    return None


OPENING = 3
RULED = re.compile(r"\b(?:judge|court|justices?|Judge|Justice)\b[^.;]{0,40}\bruled\b")
ACTED = re.compile(
    r"(?i)\b(?:ruled|ruling|judges?|courts?|justices?|granted|signed|district attorney|prosecut\w+"
    r"|magistrates?|freed|released|acquitt\w+|dismiss\w+|overturn\w+|quash\w+|annul\w+|vacat\w+"
    r"|pardon\w*|cleared|walked|home|hearing|free|voided|set aside|threw out|dropped|absolved)\b"
)


def _dated(story: Story, line: Line) -> Fact | None:
    for pattern in (DATE, DATE_UK, WEEKDAY, TODAY):
        for match in pattern.finditer(line.text):
            if LATER.search(line.text[: match.start()]):
                continue
            day = _resolve(match, story)
            if day and (story.published is None or day <= story.published.date()):
                return fact(
                    story,
                    line,
                    match.span(),
                    day.isoformat(),
                    "stated" if match.groupdict().get("year") else "inferred",
                )
    return None


def _resolve(match: re.Match[str], story: Story) -> date | None:
    groups = match.groupdict()
    published = story.published.date() if story.published else None
    if "month" in groups:
        return _calendar(groups, published)
    if published is None:
        return None
    if "day" not in groups:
        return published
    ahead = published.weekday() - DAYS.index(match["day"].lower())
    if groups["week"]:
        return published - timedelta(days=ahead + WEEK)
    back = ahead % WEEK
    return published - timedelta(days=back or (WEEK if groups["last"] else 0))


def _calendar(groups: dict[str, str], published: date | None) -> date | None:
    month = next(
        n for n, name in enumerate(MONTHS, 1) if name.startswith(groups["month"].lower()[:3])
    )
    year = int(groups["year"]) if groups["year"] else (published.year if published else 0)
    try:
        day = date(year, month, int(groups["day"]))
    except ValueError:
        return None
    if not groups["year"] and published and day > published:
        return day.replace(year=year - 1)
    return day
