"""Story → the sentence that was imposed, in the reporter's words: each amount is read by its cues.

"Sentenced to", "given", "a term of" before an amount, or "sentence" after it, say that it was
imposed; minimums, offers, other people's terms and time served do not count.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import NUMBER, Line, Story, fact
from monitor.judge.facts.whose import Whose
from monitor.records import Fact

_N = rf"(?!(?:19|20)\d\d\b){NUMBER}(?:\s?1/2|½|\.5|[- ]and[- ]a[- ]half)?"
_TO = r"(?:[- ](?:to|and)[- ]|\s?[–-]\s?)"
_WITHOUT = (
    r"(?:,? (?:with(?:out| no) (?:the |any )?(?:possibility of |chance (?:of|for) |hope of "
    r"|eligibility for )?"
    r"parole(?: for \w+ years)?))"
)
YEARS = (
    rf"(?:{_N}(?:[- ]years?)?{_TO}(?:life\b|{_N}[- ]years?)|{_N}[- ]years?{_TO}life\b"
    rf"|{_N}[- ]years?"
    rf"(?:(?:,| and)\s{_N}[- ]months?)?|{_N}[- ]months?)"
)
LIFE = (
    rf"(?:(?:two|three|four|five|double|multiple) (?:(?:consecutive|concurrent) )?life (?:terms"
    rf"|sentences)"
    rf"|(?:the )?(?:rest|remainder) of (?:his|her|their) (?:natural )?li(?:fe|ves)"
    rf"|(?:natural )?life)(?: imprisonment"
    rf"| in (?:prison|jail)| behind bars)?{_WITHOUT}?(?:,? plus {_N} years)?"
)
DEATH = (
    r"(?:death(?: by (?:hanging|electrocution|lethal injection))?|hang|be (?:hanged|executed)|die"
    r"|the gallows)"
)
AMOUNT = re.compile(
    rf"(?<![\w$£€,.-])(?P<amount>{YEARS}|{LIFE}|{DEATH}|probation|suspended sentence"
    rf"|time served)(?![\w-]*[- ]old)(?!\w)",
    re.IGNORECASE,
)
_FILLER = (
    r"(?:(?:an?|the|his|her|him|them|each|both|of|about|nearly|a total of|combined|consecutive"
    r"|concurrent"
    r"|mandatory|at least|between|to|for|term|terms|more than|effective|in \d{4}|,? in \d{4}, to"
    r"|rigorous imprisonment for|imprisonment for)\s)*"
)
IMPOSED = re.compile(
    r"(?i)\b(?:(?:re)?(?<!re)sentenc(?:ed|ing)\b[^.;:]{0,45}?\bto|(?<!re)sentenced"
    r"|condemned\b[^.;:]{0,30}?\bto"
    r"|condemned|given|received|receiving|handed(?: down)?|got|gets|gave(?: (?:him|her|them|each"
    r"|[A-Z]\w+"
    r"|the \w+))?|drew|drawn|imposed(?: on (?:him|her|them))?|inflicted|obtained|meted out"
    r"|(?<!after )serving(?: out)?"
    r"|fulfilling|(?:sentences?|penalt(?:y|ies)|terms?|punishment|judgment) of|(?:jailed|caged"
    r"|banged up)(?: (?:him|her"
    r"|them))?"
    r"(?: for| to)|(?:sent|send|sending)\b[^.;:]{0,20}?\b(?:away|down|prison"
    r"|jail)(?:\sin\s\d{4})? for|ordered "
    r"to (?:serve|spend)|jury\b[^.;]{0,60}?\brecommended|(?:served|did|done"
    r"|spent) (?:[\w½-]+ )(?:years |months )?(?:of|into)|(?:years?"
    r"|months?) (?:of|into)"
    r"|sentenced,|sentence was|sentence,|down)\s" + _FILLER + r"$"
)
NAMED = re.compile(
    r"(?i)^[- ](?:(?:prison|jail|custodial|federal|state|mandatory|minimum|suspended|fixed"
    r"|hard)\s)*"
    r"(?:sentences?|terms?)\b"
)
PLAINLY = re.compile(r"(?i)^life (?:in prison|behind bars|imprisonment)|^life without|to life$")
EACH_FOR = re.compile(r"(?i)^\s(?:each\s)?for\b")
NOT_LIFE = re.compile(
    r"(?i)\b(?:his|her|their|my|our|your|the|of|for|private|new|normal|real|a better|whole)\s$"
)
HIS_LIFE = re.compile(
    r"(?i)^\s(?:back|sav\w+|stor(?:y|ies)|together|changed|outside|after|again|expectancy|on)\b"
)
ON_DEATH_ROW = re.compile(
    r"(?i)\b(?:sent (?:\w+ ){0,4}?to death row|(?:on|off|from|to) death row|death row for"
    r"|death[- ]row|(?<!life or )death sentences?|(?:under a |under )?sentence of death"
    r"|to the gallows|executed"
    r"|electrocuted|sentenced (?:\w+ )?to (?:die|hang)|condemned inmates|condemned to (?:death|die"
    r"|hang)"
    r"|(?:was|were) hanged|hanged (?:in|at|for)|meant death)\b"
)
NOT_IMPOSED = re.compile(
    r"(?i)\b(?:wrong\w* (?:served|spent)|minimum(?: of| term of)?|commuting|typically|forbids?"
    r"|faces?|facing"
    r"|could|up to the|maximum|eligible for|offered|offer(?:ed)?|commut\w+|resentenced|re-sentenced"
    r"|reduced"
    r"|another man|someone else|co-?defendant|the (?:real )?killer|instead of|would have"
    r"|if convicted"
    r"|accuser|plea|deal|sought|seeking|asked for|life or|(?<!and )recommended)\b[^.;]{0,50}$"
)
MINIMUM = re.compile(
    r"(?i)^[- ](?:\w+ )?minimum|^['’]? (?:of )?(?:probation|parole)|^ before (?:parole|he (?:can"
    r"|could)|being eligible)"
)
ANOTHERS = re.compile(
    r"(?i)\bcommut(?:e|ed|ing)\b|\baccuser\b|\b(?:another|other) man\b(?!['’]s)|\breal killer\b"
    r"|\bofficer\b.*\bsentenced"
)
KIN = re.compile(
    r"\s(?:sentence |term )?of (?:[A-Z]\w+|his|her|their)(?:['’]s)? (?:cousin|brother|co-)"
)
WITHOUT_PAROLE = re.compile(r"(?i)li(?:fe|ves)\b.*(?:without|with no)(?!.* for )")
"""No parole for 25 years is a life sentence with a minimum."""
STRONG, PLAIN, ENOUGH = 3, 2, 2


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `sentence`: the first one stated as imposed; death row means death."""
    death: tuple[Line, re.Match[str]] | None = None
    best: tuple[int, int, Line, re.Match[str]] | None = None
    whose = Whose(story)
    for line in story.lines:
        if death is None and (row := ON_DEATH_ROW.search(line.text)):
            death = line, row
        for match in AMOUNT.finditer(line.text):
            weight = _weight(line, match) if whose.theirs(line, match.start()) else 0
            plainer = best is not None and best[0] == weight and _plain(best[3]["amount"]) == "life"
            fuller = plainer and WITHOUT_PAROLE.search(match["amount"])
            if weight >= ENOUGH and (best is None or weight > best[0] or fuller):
                best = weight, -line.number, line, match
    if best:
        _, _, line, match = best
        yield "sentence", fact(story, line, match.span("amount"), _plain(match["amount"]))
    elif death:
        line, row = death
        yield "sentence", fact(story, line, row.span(), "death", "inferred")


def _weight(line: Line, match: re.Match[str]) -> int:
    before, after = line.text[: match.start()], line.text[match.end() :]
    amount = match["amount"].lower()
    if NOT_IMPOSED.search(before[-70:]) or ANOTHERS.search(line.text) or KIN.match(after):
        return 0
    if MINIMUM.match(after) or after.startswith(" or "):
        return 0
    imposed = bool(IMPOSED.search(before[-90:]))
    named = bool(NAMED.match(after)) or amount.endswith(("terms", "sentences"))
    if amount == "life" and (
        HIS_LIFE.match(after) or (NOT_LIFE.search(before) and not (named or imposed))
    ):
        return 0
    if amount in {"die", "hang", "probation", "time served", "suspended sentence"} and not imposed:
        return PLAIN if amount == "probation" and re.search(r"years['’]? $", before) else 0
    if imposed or named:
        return STRONG
    return PLAIN if PLAINLY.search(amount) or _each_for(before, after) else 0


def _each_for(before: str, after: str) -> bool:
    """`a tribunal had imposed on the sociologist one hundred months for rebellion`."""
    return bool(EACH_FOR.match(after)) and bool(
        re.search(r"(?i)\b(?:given|imposed|gave)\b[^.;]{0,40}$", before)
    )


def _plain(amount: str) -> str:
    """Say `life`, `life without parole`, `death` in one way; leave years as written."""
    low = " ".join(amount.lower().split())
    if WITHOUT_PAROLE.search(low):
        return "life without parole"
    if re.search(r"\blife (?:terms|sentences)", low):
        return low
    if re.search(r"\bli(?:fe|ves)\b", low) and not re.search(r"to[- ]life", low):
        return "life"
    if re.fullmatch(DEATH, low):
        return "death"
    plain = re.sub(r"(?<=\w)-(?=year|month|to\b|life)|(?<=to)-", " ", amount)
    return re.sub(r"(?<!\bone )(?<!^1 )\b(year|month)$", r"\1s", plain)
