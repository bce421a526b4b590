"""Story → the years lost as the reporter gives them: each length of time is weighed by its company.

"Spent 19 years in prison" speaks for it, "sentenced to 19 years" and "19 years ago" against; a
figure that also fits the calendar (from a year the story names to its clearing) needs less said.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.spans import Span, spans
from monitor.judge.facts.text import NUMBER, Line, Story, fact, number
from monitor.judge.facts.whose import Whose
from monitor.records import Fact

YEAR = re.compile(r"\b(?:19\d\d|20\d\d)\b")
NO_MEASURE = re.compile(
    r"(?i)^(?:[- ](?:old|mandatory)|\s(?:ago|later|earlier|prior|from now|hence|old|of age|younger"
    r"|older|shorter|since|apart|to (?:life|\d|[a-z]+ years)|before (?!(?:he|she|they) (?:was"
    r"|were|got|walked|won) |the (?:convictions?|courts?) "
    r"|being (?:freed|released)|(?:his|her|their) (?:release|conviction)|release|winning|walking"
    r"|[Pp]arole|an? (?:judge|court|appeal)|her name|his name)|after (?:the|his|her|their|a|he"
    r"|she|they|it)\b|in (?:office|power|advance)"
    r"|on (?:the (?:force|bench|job)|probation|parole|supervised|remand)|"
    r"of (?:supervised|probation|parole|marriage|litigation|appeals|work|fighting|service|practice"
    r"|experience|denials|waiting for)|without parole"
    r"|(?:or|and) a fine)\b|[- ](?:to|sentence|term|minimum|maximum|jail term|prison term"
    r"|(?:prison|jail|custodial) (?:sentence|term)|career|veteran|battle|fight|campaign|quest"
    r"|statute|limit|investigation|case|legal|effort|struggle|marriage|review|inquiry|probe)\b)"
)
IMPOSED = re.compile(
    r"(?i)\b(?:sentenced?|sentences|sentencing|condemned|terms?|given|gave|got|gets|drew|receiv\w+"
    r"|handed|fac(?:e|es|ed|ing)|maximum|minimum|serving|imposed|meted|offered|parole|probation"
    r"|inflicted"
    r"|ordered to serve|(?:jailed|caged|banged up) for|(?:sent|send"
    r"|sending) (?:\w+ ){0,3}(?:away|down|to (?:prison"
    r"|jail))(?: in \d{4})? for"
    r"|up to|worth)\b[^.;:,]{0,24}$"
)
OTHER_LIFE = re.compile(
    r"(?i)\b(?:(?:worked?|working|married|marriage|practi[cs]ed|living|former|paroled|remarried"
    r"|retired|inquiry|investigat\w+|review\w*|litigat\w+|waiting)\s(?:\w+\s)?(?:for\s)?"
    r"|(?:until|within|next|every|turned|aged?|picked for himself in|another)\s)$"
)
_GAP = (
    r"(?:\s(?:him|her|them|me|us|from|away|for|of|out|there|in|on|a|an|the|each|what|would|be|jail"
    r"|prison|custody|death|row|behind|bars|inside|at|[A-Z][\w'’.-]+|total|combined|all|so|his|her"
    r"|their|my|up|to|together)){0,5}\s$"
)
LOSING = re.compile(
    r"(?i)\b(?:serv(?:ed|es)|serve (?:out )?|lost|lose|losing|languish\w+|sat|did|done|doing"
    r"|endured?|survived|robbed|stole|stolen|emptied|gone|away|sentences of)\b" + _GAP
)
SPENDING = re.compile(
    r"(?i)\b(?:spen[dt]|spending|wast\w+|cost|erased|took|taken|take|suffered|bring back|back)\b"
    + _GAP
)
ERRAND = re.compile(
    r"(?i)^\s(?:on|re-?\w+ing|(?!(?:tell|fight|try|insist|prov|say|protest|plead"
    r"|writ|deny)\w*ing)\w+ing)\b"
)
HELD = re.compile(
    r"(?i)\b(?:held|kept|jailed|imprisoned|incarcerated|detained|locked|caged|confined|behind bars"
    r"|prison|jail|gaol|custody(?! of)|detention|inside|death row|remand|cell|bars|penitentiary"
    r"|waited"
    r"|been away|there|inmate)\b[^.;:]{0,40}?(?:\b(?:for|over|in|after|about|some|those|these)\s"
    r"|(?<=bars)\s|(?<=inside)\s|(?<=prison)\s|(?<=custody)\s|(?<=row)\s)$"
    r"|\b(?:was|been) in for\s$"
)
WRONGLY_HELD = re.compile(r"(?i)\b(?:wrong\w*|unjust\w*|false\w*)\s(?:jailed|imprisoned)\b")
HELD_DIRECTLY = re.compile(
    r"(?i)\b(?:held|kept (?:him|her|them)|jailed|imprisoned|incarcerated|detained|locked up)\s$"
)
IN_CUSTODY = re.compile(
    r"(?i)^[^.;:,]{0,12}?\s(?:(?:wrong\w*|unjust\w*) )?(?:in (?:a |an |the |his |her |their )?"
    r"(?:[\w'’.-]+ ){0,4}?(?:prisons?|jails?|gaols?|custody|cells?|lockup|penitentiary|confinement"
    r"|detention|captivity|dungeon)|behind bars|(?:on|under) (?:\w+ )?(?:death row"
    r"|sentence of death"
    r"|a death sentence)|inside\b|incarcerated|imprisoned|jailed|locked (?:up|away)|detained"
    r"|imprisonment|incarceration|of (?:\w+ ){0,2}(?:imprisonment|incarceration|detention"
    r"|custody|jail"
    r"|captivity|confinement)|of (?:his|her|their|my|our|\w+['’]s) (?:\w+ )?(?:li(?:fe|ves)|youth)"
    r"|(?:for|over) (?:a |an |the )?(?:\w+ ){0,2}(?:\w+ )(?:he|she|they) (?:did|didn|had|never)"
    r"|(?:were |was |have been |had been )?(?:taken|stolen|lost)\b|(?:at|in) [A-Z]|away\b|at\b"
    r"|into (?:a|an|his|her|their|that)\b[^.;,]{0,25}\b(?:term|sentence)|of (?:a|an|that|his|her"
    r"|their)\s(?:[\w-]+\s){0,4}?(?:sentences?|terms?|imprisonment|life)"
    r"|of (?:[\w-]+ )?years['’])"
)
ORDEAL = re.compile(
    r"(?i)^[- ](?:ordeal|nightmare|imprisonment|incarceration|stay|stint|wait|odyssey)"
)
RELEASE = re.compile(
    r"(?i)\b(?:free[ds]?|freedom|released?|walk(?:s|ed)|goes home|comes? home|left|leaves|out"
    r"|undone"
    r"|home|gone|paroled|bailed|dropped|collapses?|set aside|overturn\w*|tossed|quashed"
    r"|vacated)\b[^.;]{0,75}?\b(?:after|following)\s(?:\w+ing\s)?$"
)
CUSTODY = re.compile(
    r"(?i)\b(?:prisons?|jails?|gaol|bars|death row|custody|cells?|inmate|incarcerat\w+|penitentiary"
    r"|imprison\w+|parole|stranger['’]s crime|crime (?:he|she|they))\b"
)
TOGETHER = re.compile(
    r"(?i)\b(?:together|combined|between them|collective\w*|in all)\b|\bone of\b[^.;]{0,60}$"
)
ANOTHER_MAN = re.compile(
    r"(?i)\b(?:another man|someone else|the (?:real|actual) \w+|detective|sergeant|officer"
    r"|accuser|victim|chemist|co-?defendant)\b[^.;]{0,60}$"
)
SERVED = re.compile(
    rf"(?i)\b(?:served|did|done)\s(?P<more>(?:(?:more than|nearly|almost|about|over)\s)?)"
    rf"(?P<figure>{NUMBER})(?=\s(?:of (?:them|those|it|that|a|{NUMBER})|before|when)\b|[.,;])"
)
OUT_OF = re.compile(rf"(?i)\b{NUMBER}\sof\s(?:(?:a|his|her|their|the)\s)?$")
STARTS = re.compile(
    r"(?:^|[.!?]\s|[\"“‘'—:]\s?|\)\s)(?P<preposition>For |After )?(?:It (?:had|has) been "
    r"|That is )?$"
)
FIRST_TIME = re.compile(r"(?i)\bfirst (?:time|night|day|christmas) in\s$")
ROUGH = 0.3
"""What a figure in decades is worth less than one in years."""
ENOUGH = 1.5
CALENDAR = 1


def lost(story: Story) -> Fact | None:
    """Return the best supported figure; of those with as much support the first."""
    whose = Whose(story)
    weighed = list(_weighed(story))
    told = [row for row in weighed if whose.anybodys(row[1], row[2].start)]
    of_all = [row for row in weighed if whose.theirs(row[1], row[2].start)]
    if not of_all and len({span.years for _, _, span in told}) > 1:
        return None
    found = [(weight, -line.number, line, span) for weight, line, span in of_all or told]
    if not found:
        return None
    _, _, line, span = max(found, key=lambda row: row[:2])
    return fact(story, line, (span.start, span.end), span.years)


def _weighed(story: Story) -> Iterator[tuple[float, Line, Span]]:
    ends = _calendar(story)
    for line in story.lines:
        for span in (*spans(line.text), *_bare(line.text)):
            weight = _weight(line, span, fits=span.years in ends)
            if weight >= ENOUGH:
                rough = "ecade" in line.text[span.start : span.end]
                weight = min(weight, ENOUGH + 1.5) - ROUGH * rough
                yield weight + (0.0 if line.zone == "title" else 0.2), line, span


def _bare(text: str) -> Iterator[Span]:
    """Yield `served eight of them`: a number of years whose unit was said before."""
    for match in SERVED.finditer(text):
        years = number(match["figure"])
        if years and not YEAR.fullmatch(match["figure"]):
            yield Span(years, match.start("more"), match.end(), match.start("figure"), False)


def _calendar(story: Story) -> set[int]:
    """Return the spans from each year that the story names to the year of its publication."""
    if story.published is None:
        return set()
    years = {int(match[0]) for line in story.lines for match in YEAR.finditer(line.text)}
    now = story.published.year
    return {now - year + more for year in years for more in (-CALENDAR, 0) if year < now}


def _weight(line: Line, span: Span, *, fits: bool) -> float:
    before, after = line.text[: span.start], line.text[span.end :]
    if line.text[span.start - 5 : span.start].lower() == " the ":
        before = before[:-4]
    served = bool(SERVED.match(line.text, max(0, span.start - 7)))
    losing = bool(LOSING.search(before) or HELD_DIRECTLY.search(before) or served)
    spending = bool(SPENDING.search(before)) and not ERRAND.match(after)
    up_to = "up to" in line.text[span.start : span.figure].lower()
    if OUT_OF.search(before) or (up_to and not losing):
        return 0.0
    if (
        NO_MEASURE.match(after)
        or TOGETHER.search(line.text[: span.end])
        or ANOTHER_MAN.search(before[-90:])
    ):
        return 0.0
    if span.adjective and not ORDEAL.match(after):
        return 0.0
    inside = bool(IN_CUSTODY.match(after))
    imposed = bool(IMPOSED.search(before)) and not WRONGLY_HELD.search(before)
    if (imposed or OTHER_LIFE.search(before)) and not (losing or spending):
        return 0.0
    weight = 0.8 * fits + 2.0 * losing + 1.5 * spending + 2.0 * inside
    weight += 2.0 * bool(HELD.search(before)) + 2.0 * bool(ORDEAL.match(after))
    opening = STARTS.search(before)
    weight += 1.5 * bool(RELEASE.search(before)) + 0.8 * bool(opening)
    weight += 0.5 * bool(opening and opening["preposition"])
    weight += 0.5 * bool(opening and after.startswith(","))
    weight += 0.8 * bool(FIRST_TIME.search(before))
    return weight + 0.3 * bool(CUSTODY.search(line.text))
