"""Story → the day of the exoneration, from the sentence that tells it. Pure."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from monitor.judge.facts.text import CLEARED, Line, Story, fact
from monitor.records import Basis, Fact

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
TODAY = re.compile(r"(?i)\b(?:today(?!['’]s)|this (?:morning|afternoon|evening))\b")
DATE = re.compile(
    rf"(?i)\b(?P<month>{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    rf"|dec)\.? (?P<day>\d{{1,2}})\b(?!\d)(?:,? (?P<year>{YEAR}))?"
)
DATE_UK = re.compile(
    rf"(?i)\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})\b(?:,? (?P<year>{YEAR}))?"
)
LATER = re.compile(
    r"(?i)\b(?:will|next|until|scheduled|due|expected|set to|requested|asked for|sought"
    r"|hearing of)\b"
    r"[^.;]{0,40}$"
)
TOLD = re.compile(r"(?i)\b(?:announced|said|told \w+|says|tells|statement|press release)(?: on)? $")
"""The day of the announcement is not always that of the deed."""
AFTER = re.compile(r"(?i),? (?:an?|\w+|\d+) (?:hours?|days?|weeks?|months?) (?:after|since)\b")
QUOTED = re.compile(r"^[^\"“”]*(?:[\"“][^\"“”]*[\"”][^\"“”]*)*[\"“][^\"“”]*$")
WEEK = 7


def exonerated_on(story: Story) -> Fact | None:
    """Return the day that a sentence names which tells the clearing, or what a court did then.

    Where no such sentence has a day, the only day that the story names is meant.
    """
    told = [
        line
        for line in story.body
        if ENDED.search(line.text) or (line.paragraph <= OPENING and RULED.search(line.text))
    ]
    for announced in (False, True):
        for line in told:
            if found := _dated(story, line, announced=announced):
                return found
    if not any(CLEARED.search(line.text) for line in story.lines):
        return None
    released = [line for line in story.body if CLEARED.search(line.text)]
    opening = [line for line in story.body if line.paragraph <= OPENING]
    acted = [line for line in opening if ACTED.search(line.text)]
    for line in (*released, *acted):
        if "sentenced" not in line.text and (found := _dated(story, line)):
            return found
    return _only_day(story)


def _only_day(story: Story) -> Fact | None:
    found = [(line, day) for line in story.body for day in _days(story, line)]
    line, day = found[0] if found else (None, None)
    if line is None or len({day.value for _, day in found}) > 1 or line.paragraph > OPENING:
        return None
    return None if SENTENCED.search(line.text) or TODAY.search(line.text) else day


SENTENCED = re.compile(r"\bsentenced\b|[\"“”]")


OPENING = 3
ENDED = re.compile(
    r"(?i)\b(?:exonerat(?:ed|es|ing)|acquit(?:s|ted|ting)|absolv\w+|vindicated|clear(?:s|ed"
    r"|ing)(?! and)"
    r"|pardon(?:s|ed)?|quash\w*|annul\w*|overturn\w*|vacat(?:es|ed|ing)|revers(?:es|ed|ing)"
    r"|void(?:s|ed)"
    r"|toss(?:es|ed)|thr(?:ew|ows|own) (?:\w+ ){0,6}?out|set(?:s|ting)? (?:[\w'’-]+ ){0,8}?aside"
    r"|str(?:uck|ikes) down"
    r"|wip(?:ed|es) (?:out|from)|erased|undid|undoes|undone|dismiss(?:es|ed|ing|al)|drop(?:s|ped"
    r"|ping)|nol\w* pros\w*"
    r"|nolle|not guilty|innocent|nullif\w+|cancell?(?:ed|s)|lifted the|removed the|terminated"
    r"|closed the|does away"
    r"|did away|struck|withdrew|will not (?:retry|be retried|try)|would not (?:retry|try|be)"
    r"|no longer guilty)\b"
)
RULED = re.compile(r"\b(?:judge|court|justices?|Judge|Justice)\b[^.;]{0,40}\bruled\b")
ACTED = re.compile(
    r"(?i)\b(?:ruled|ruling|judges?|courts?|justices?|granted|signed|district attorney|prosecut\w+"
    r"|magistrates?|freed|released|acquitt\w+|dismiss\w+|overturn\w+|quash\w+|annul\w+|vacat\w+"
    r"|pardon\w*|cleared|walked|home|hearing|free|voided|set aside|threw out|dropped|absolved)\b"
)


def _dated(story: Story, line: Line, *, announced: bool = True) -> Fact | None:
    """Return the day of this line, unless it is one after the clearing, or of its announcement."""
    later = AFTER.search(line.text)
    if later and not ENDED.search(line.text[: later.start()]):
        return None
    days = (day for day in _days(story, line) if announced or not _of_telling(line, day))
    return next(days, None)


def _of_telling(line: Line, day: Fact) -> bool:
    return bool(TOLD.search(line.text[: day.start - line.start]))


def _days(story: Story, line: Line) -> Iterator[Fact]:
    """Yield the past days of a sentence: written out ones first."""
    for pattern in (DATE, DATE_UK, WEEKDAY, TODAY):
        for match in pattern.finditer(line.text):
            before = line.text[: match.start()]
            if LATER.search(before) or (pattern is TODAY and QUOTED.match(before)):
                continue
            day = _resolve(match, story)
            if day and (story.published is None or day <= story.published.date()):
                basis: Basis = "stated" if match.groupdict().get("year") else "inferred"
                yield fact(story, line, match.span(), day.isoformat(), basis)


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
