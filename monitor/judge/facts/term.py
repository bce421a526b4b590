"""Story → the sentence that was imposed, in the reporter's words. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import NUMBER, Line, Story, fact
from monitor.records import Fact

_FRACTION = r"(?:\s?1/2|½|\.5|[- ]and[- ]a[- ]half)?"
_N = rf"{NUMBER}{_FRACTION}"
YEARS = (
    rf"{_N}(?:\s(?:years?)?\s?(?:to|and)\s{_N})?[- ]years?(?:[- ](?:to|and)[- ](?:life"
    rf"|{_N}(?:[- ]years)?))?"
    rf"(?:(?:,| and)\s{_N}[- ]months?)?|{_N}\sto\s(?:life|{_N}\syears)"
)
LIFE = (
    r"life(?: imprisonment)?(?: in prison| behind bars)?(?:,? without (?:the )?(?:possibility "
    r"of |chance (?:of|for) )?parole(?: for \w+ years)?"
    r"|,? plus [\w-]+ years)?"
)
DEATH = (
    r"death(?: by (?:hanging|electrocution|lethal injection))?|be (?:hanged|executed)"
    r"|the gallows|die"
)
AMOUNT = (
    rf"(?P<amount>{YEARS}|(?:two |three |four |double |consecutive |multiple )*(?:{LIFE})"
    rf"|{DEATH}|{_N}\smonths?|probation|time served)(?!\w)"
)
_FILLER = (
    r"(?:a |an |the |his |her |their |of |about |up to |at least |a total of |a combined "
    r"|consecutive |mandatory |in (?:19|20)\d\d to )*"
)
WEAK = (9, 10)
FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:sentenced|condemned)(?:\s(?!years?\b)[\w'’-]+){{0,4}}?\sto\s{_FILLER}"
            rf"{AMOUNT}(?![\w-]*[- ]old)"
        ),
        (
            rf"\b(?:given|received|handed|got|gave (?:him|her|them)|had been given"
            rf"|been handed|drew|imposed)\s{_FILLER}{AMOUNT}(?![\w-]*[- ]old)(?!\s(?:to"
            rf"|of)\s(?:decide|help))"
        ),
        (
            rf"\b(?P<amount>{YEARS}|life(?: without parole)?|death)[- ](?:prison |jail "
            rf"|custodial )?(?:sentences?|terms?)\b"
        ),
        (
            rf"\b(?:serving|years of|months of|years into)\s(?:out )?{_FILLER}(?P<amount>"
            rf"{LIFE}|(?:{YEARS})(?=\s(?:for|in prison for|to life|sentence)))(?! sav)"
        ),
        rf"\bsentences? of\s{_FILLER}{AMOUNT}",
        rf"\b(?:a |the )?(?:term|terms) of\s{_FILLER}{AMOUNT}",
        (
            rf"\bhad (?:been )?(?:given |drawn )?(?:him |her |them )?(?:a "
            rf"|an )?{AMOUNT}\s(?:sentence|for)\b"
        ),
        rf"\bgiven\s(?:\w+ ){{1,3}}{AMOUNT} for\b",
        (
            rf"\b(?:that|which|who) (?:had )?(?:gave"
            rf"|given) [\w'’ .-]{{2,40}}? (?P<amount>{YEARS}|life) for\b"
        ),
        (
            rf"\b(?:jailed (?:for|to)|(?:send|sent)\s(?:\w+ )?to (?:prison"
            rf"|jail) for)\s{_FILLER}{AMOUNT}"
        ),
        r"\b(?P<amount>life) (?:in prison|behind bars|imprisonment)\b",
    )
)
ON_DEATH_ROW = re.compile(
    r"(?i)\b(?:sent (?:\w+ ){0,4}?to death row|(?:on|off|from|to) death row|death row for"
    r"|death sentence|under a death sentence"
    r"|to the gallows|executed|electrocuted|sentenced to die|condemned inmates"
    r"|condemned to death|was hanged|were hanged|meant death)\b"
)
NOT_IMPOSED = re.compile(
    r"(?i)\b(?:wrong\w*|minimum|commuting|between|typically|forbids?|faces?|facing|could|up to"
    r"|maximum|eligible for|offered|offer(?:ed)? (?:\w+ ){0,3}|commut\w+|resentenced"
    r"|another man"
    r"|someone else|the (?:real )?killer|instead of|would have|if convicted|reduced)\b[^.;]{0,50}$"
)
ANOTHERS = re.compile(r"(?i)\bcommut(?:e|ed|ing)\b|\baccuser\b")
KIN = re.compile(
    r"\s(?:sentence |term )?of (?:[A-Z]\w+|his|her|their)(?:['’]s)? (?:cousin|brother|co-)"
)
WITHOUT_PAROLE = re.compile(r"(?i)life.*without")


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `sentence`: the first one stated as imposed; death row means death."""
    death: tuple[Line, re.Match[str]] | None = None
    best: tuple[int, Line, tuple[int, int], str] | None = None
    for line in story.lines:
        if death is None and (match := ON_DEATH_ROW.search(line.text)):
            death = line, match
        for rank, frame in enumerate(FRAMES):
            match = _imposed(frame, line)
            if match and (best is None or (rank in WEAK) < (best[0] in WEAK)):
                best = rank, line, match.span("amount"), _plain(match["amount"])
    if best:
        _, line, span, amount = best
        yield "sentence", fact(story, line, span, amount)
    elif death:
        line, match = death
        yield "sentence", fact(story, line, match.span(), "death", "inferred")


def _imposed(frame: re.Pattern[str], line: Line) -> re.Match[str] | None:
    for match in frame.finditer(line.text):
        before, after = line.text[: match.start("amount")], line.text[match.end("amount") :]
        if not (NOT_IMPOSED.search(before[-70:]) or ANOTHERS.search(line.text) or KIN.match(after)):
            return match
    return None


def _plain(amount: str) -> str:
    """Say `life`, `life without parole`, `death` in one way; leave years as written."""
    low = " ".join(amount.lower().split())
    if WITHOUT_PAROLE.search(low):
        return "life without parole"
    if re.search(r"\blife\b", low) and not re.search(r"to life", low):
        return "life"
    if re.fullmatch(DEATH, low):
        return "death"
    plain = re.sub(r"(?<=\w)-(?=year|to\b)", " ", amount)
    return re.sub(r"(?<!\bone )(?<!^1 )\byear$", "years", plain)
