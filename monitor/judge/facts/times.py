"""Story → year convicted, years lost (stated and computed apart) and day of exoneration. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.days import MONTHS, exonerated_on
from monitor.judge.facts.text import NUMBER, Line, Story, fact, number
from monitor.records import Fact

YEAR = r"(?:1[89]\d\d|20\d\d)"
_WORDS = (
    r"(?:\s(?!vacated|overturned|quashed|dismissed|thrown|set|cleared|reversed|tossed"
    r"|exonerated|acquitted|freed|released|when|after|before|until|while"
    r"|since)[\w'’.-]+){0,5}?"
)
_CRIME = (
    r"(?:\s(?:of|for)\s(?:(?!the (?:1|2)\d\d\d|killing|murdering|shooting|stabbing|raping"
    r"|robbing|strangling|beating|setting|molesting)[\w'’-]+,?\s?){1,7}?)?"
)
CONVICTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:convicted(?: him| her| them)?|found (?:him |her "
            rf"|them )?guilty){_CRIME}(?:\s(?:by|at|as"
            rf"|after) (?:[\w'’.-]+ ){{1,6}}?)?\s?\bin\s(?:(?:{'|'.join(MONTHS)})\s)?(?P<year>"
            rf"{YEAR})\b(?!\s(?:murder|killing|slaying|shooting|rape|robbery|death|fire"
            rf"|attack|crime|stabbing|assault|burglary|homicide|arson))"
        ),
        (
            rf"\b(?P<year>{YEAR}) (?:(?:(?:wrongful|second-degree|first-degree|capital|armed"
            rf"|rape|murder|robbery|drug|arson|theft|assault|manslaughter|burglary|homicide"
            rf"|kidnapping|attempted|sexual|sex|aggravated|and|fraud"
            rf"|federal)[ -])*)(?:convictions?|verdicts?|trial|judge?ment|guilty verdict)\b"
        ),
        (
            rf"\b(?P<year>{YEAR}) (?:(?!case|killing|led|to|of|in|that|and|the|his|her|who|after)"
            r"[a-z-]+ ){1,4}convictions?\b"
        ),
        (
            rf"\b[Ii]n (?:(?:{'|'.join(MONTHS)})\s)?(?P<year>{YEAR}),?\s(?!and\b)(?:(?:when"
            rf"|where) )?(?:(?!that|knew|who|later|officers?)[\w'’.-]+\s){{1,4}}?(?:was|were"
            rf"|had been)?\s?(?:wrongly |wrongfully |falsely )?(?:convicted|found guilty"
            rf"|found (?:him|her|them) guilty|convicted (?:him|her|them))\b"
        ),
        rf"\bconvictions?{_WORDS}\sin\s(?P<year>{YEAR})\b",
        rf"\bsentenced{_WORDS}{_WORDS}\sin\s(?P<year>{YEAR})\b",
        rf"\b(?P<year>{YEAR}) (?:guilty finding|guilty plea)\b",
    )
)
UNDONE_BEFORE = re.compile(
    r"(?i)\b(?:vacated|overturned|quashed|thrown out|set aside|reversed|tossed|undone"
    r"|dismissed|retrial|new trial|second trial|exonerated|other|another man|officer"
    r"|detective|later)\b[^.;]{0,30}$"
)
CUSTODY = (
    r"(?:in (?:a |the )?(?:\w+ )?(?:state |federal |maximum[- ]security )?(?:prisons?|jail"
    r"|custody|lockup|penitentiary|confinement|cell)|behind bars|on death row|inside"
    r"|incarcerated|imprisoned|locked up|imprisonment"
    r"|of (?:\w+ )?(?:imprisonment|incarceration|hard time|wrongful imprisonment)"
    r"|wrongly (?:held|imprisoned)|waiting|in \w+['’]s prisons|under a death sentence"
    r"|of (?:his|her|their) li(?:fe|ves)|there|away|at [A-Z]\w+)"
)
_MORE = (
    r"(?:more than|nearly|almost|about|over|at least|around|roughly|some|just over|close to"
    r"|up to|the last|the past|a total of|all|another|a combined|upwards of|an estimated"
    r"|just under|fewer than|less than|a)"
)
SPAN = (
    rf"(?P<figure>(?:{_MORE}\s)*(?:(?P<number>{NUMBER})(?:\s?1/2|½|\.5|-and-a-half"
    rf"| and a half|[- ]plus)?(?:\s(?:long|full|whole|more|and a half"
    rf"|wasted))?[ -](?P<unit>years?|decades?)\b"
    r"|(?P<words>(?:a|another|past|last) (?:full |whole )?(?:decade\b"
    r"|quarter[- ](?:of a )?century)|half a century)))"
)
LOST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:spent|spend(?:ing)?|served?|serving|lost|did|done|doing|languished"
            rf"|endured|wasted)\s(?:for )?(?:(?:a total of|the last|the past|all of|each"
            rf"|in) )?{SPAN}(?!\s(?:of age|before (?!parole|being|he\b|she\b|his|her\b|their"
            rf"|they|release|winning|a judge)|after the|in power|trying|fighting|on (?!death"
            rf"|remand)|\w+ing\b|to life|as (?:an?|the)|sentence|term\b|for the \d))(?!-)"
        ),
        (
            rf"\b(?:taken|stolen|stole|cost|robbed (?:him|her|them) of|lost|erased|emptied"
            rf"|took|take)\s(?:(?:me|him|her|them|from|away|us) )?(?:of )?{SPAN}"
        ),
        rf"\b{SPAN}\s(?:[\w]+ ){{0,2}}?(?:have been |were |had been )?(?:stolen|{CUSTODY})",
        (
            rf"\b(?:been|was|were|held|kept|imprisoned|jailed|incarcerated|detained|locked"
            rf"|bars|prison|jail|custody|inside|row)\b(?:\s(?:and|then|on|up|in|behind|bars"
            rf"|prison|jail|custody|death|row|there|inside|away|remand|the|a|an|\w+ state"
            rf"|\w+ prison|locked|wrongly|wrongfully|same|women['’]s|had|been|strip|of"
            rf"|it)){{0,9}}?,?\s(?:for|in)\s{SPAN}"
        ),
        (
            rf"\b(?:after|for)\s{SPAN}(?:\s(?:and \w+ months?"
            rf"|and \w+ days))?(?=\s(?:{CUSTODY})|\s(?:of (?:a|his|her"
            rf"|their)\s(?:[\w-]+ )?(?:sentence|term)))"
        ),
        (
            rf"\b(?:jailed|imprisoned|incarcerated|locked up|wrongly held|held|free|freed"
            rf"|goes home|walks? (?:out|free)(?: of \w+)?|released)\b(?:[^.;]{{0,15}}?\bfor"
            rf"|[^.;]{{0,60}}?\bafter)\s{SPAN}"
        ),
        rf"\b(?:jailed|imprisoned|incarcerated|locked up)\s{SPAN}",
        (
            rf"\b(?:served|did) (?P<figure>(?P<number>{NUMBER})(?P<unit>)(?P<words>))(?=[,.;]"
            rf"|\sof (?:it|them))"
        ),
        rf"\b(?:left|leaves?|leaving|out of) (?:prison|jail|custody|death row) after\s{SPAN}",
        rf"\b[Ff]or\s{SPAN},? (?:[A-Z][\w'’-]+ ){{1,3}}(?:sat|was|lived|waited|remained)\b",
        rf"\b{SPAN},? (?:\w+ ){{0,2}}said\b",
    )
)
NOT_LOST = re.compile(
    r"(?i)(?:(?<!wrongly )(?<!wrongfully )(?<!falsely )(?<!unjustly )\bjailed for|(?:send"
    r"|sent|sending) (?:him |her |them )?to (?:prison|jail) for|between"
    r"|\bface|(?:sentenced?|condemned)(?: (?:him|her|them))? (?:\w+ ){0,3}?to"
    r"|sentence of|given|received|faces?|facing|term of|terms of|serving(?: out)?(?: a)?"
    r"|gave (?:him|her|them)|parole|minimum of|"
    r"probation|up to|maximum|another man|worked|married|marriage|age of|lived"
    r"|practi[cs]ed law|on the force|career|as an? \w+|former|paroled after|free for|out for"
    r"|supervised)\s[^.;,]{0,12}$"
)
AFTER_NOT_LOST = re.compile(
    r"(?i)^(?:[- ]old|\sago|\slater|\ssentence|\sterm\b|-term|-sentence|\sto life"
    r"|\sprison (?:term|sentence)|\ssince|\sapart|\sin \w+ career|\seach side"
    r"|\sof (?:marriage|litigation|appeals|work|fighting))"
)
SERVING = re.compile(r"(?i)\bserving\s(?:out\s)?(?:an?\s)?[\w ]{0,12}$")
DECADE, QUARTER, HALF, LIFETIME = 10, 25, 50, 90
RELEASED_IN = re.compile(
    rf"(?i)\b(?:paroled|released|freed|bailed|got out"
    rf"|let out)\b[^.;]{{0,25}}?\bin (?P<year>{YEAR})\b"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `year_convicted`, `years_lost_stated`, `exonerated_on`, `years_lost_computed`."""
    convicted = _convicted(story)
    if convicted:
        yield "year_convicted", convicted
    lost = _lost(story)
    if lost:
        yield "years_lost_stated", lost
    day = exonerated_on(story)
    if day:
        yield "exonerated_on", day
    computed = _computed(story, convicted, day)
    if computed:
        yield "years_lost_computed", computed


def _convicted(story: Story) -> Fact | None:
    for frame in CONVICTED:
        for line in (*story.body, *(line for line in story.lines if line.zone == "title")):
            for match in frame.finditer(line.text):
                if frame not in CONVICTED[1:3] and UNDONE_BEFORE.search(
                    line.text[: match.start()][-60:]
                ):
                    continue
                if UNDONE_BEFORE.search(match[0][: match.start("year") - match.start()]):
                    continue
                return fact(story, line, match.span("year"), int(match["year"]))
    return None


def _lost(story: Story) -> Fact | None:
    """Return the first figure of the text; within a sentence, the one told most plainly."""
    for line in (*story.body, *(line for line in story.lines if line.zone == "title")):
        for frame in LOST:
            for match in frame.finditer(line.text):
                years = _years(match)
                if years and not _other_span(line, match):
                    return fact(story, line, match.span("figure"), years)
    return None


def _other_span(line: Line, match: re.Match[str]) -> bool:
    before, after = line.text[: match.start("figure")], line.text[match.end("figure") :]
    if AFTER_NOT_LOST.match(after):
        return True
    return bool(NOT_LOST.search(before[-60:]) and not SERVED.search(before[-60:]))


SERVED = re.compile(r"(?i)\b(?:spent|served|lost|did|after (?:serving|spending))\s[\w ]{0,20}$")


def _years(match: re.Match[str]) -> int:
    if match["words"]:
        words = match["words"].lower()
        return QUARTER if "quarter" in words else HALF if "half" in words else DECADE
    amount = number(match["number"]) or 0
    years = amount * 10 if match["unit"].startswith("decade") else amount
    return years if years < LIFETIME else 0


def _computed(story: Story, convicted: Fact | None, day: Fact | None) -> Fact | None:
    """Count from the conviction to the release, or to the exoneration if no release is told."""
    if convicted is None or not isinstance(convicted.value, int):
        return None
    ends = [
        int(match["year"])
        for line in story.body
        for match in RELEASED_IN.finditer(line.text)
        if int(match["year"]) > convicted.value
    ]
    if day and isinstance(day.value, str):
        ends.append(int(day.value[:4]))
    years = min(ends, default=0) - convicted.value
    if years <= 0:
        return None
    return Fact(
        value=years,
        basis="inferred",
        sentence=convicted.sentence,
        zone=convicted.zone,
        start=convicted.start,
        end=convicted.end,
        url=convicted.url,
    )
