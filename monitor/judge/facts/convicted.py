"""Story → the year of the conviction, read by the nearest word that says what happened.

"Convicted of murder in 1998" is nearest to a conviction (a bare charge is no event), "convicted
of killing a clerk in 1995" to a killing, "his 1998 murder conviction" to the noun it describes.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import Line, Story, fact
from monitor.judge.facts.whose import Whose
from monitor.records import Fact

YEAR = re.compile(
    r"(?<![\d$£€,.-])(?<!No\. )(?P<year>1[89]\d\d|20[0-4]\d)(?![\d,.]\d|-\d|s\b|[-–]year)"
)
_CHARGE = (
    r"(?:(?:capital|aggravated|first|second|third|degree|felony|armed|attempted|wrongful|drug|sex"
    r"|sexual|child|federal|double|triple|gang|hit|and|arson|rape|murders?|robber(?:y|ies)"
    r"|manslaughter|burglary|assault|kidnapping|homicide|theft|fraud|killings?|shooting|stabbing"
    r"|slaying|death|criminal|contempt|perjury|state|jury|guilty|joint|original|first|false"
    r"|(?!(?:have|has|had|was|were|is|are|and|that|who|when|he|she|they|his|her|of|in|to|after|a"
    r"|the)\b)"
    r"[\w-]+)"
    r"[- ]){0,4}?"
)
ADJECTIVE = re.compile(
    rf"(?i)^\s{_CHARGE}(?P<noun>convictions?|verdicts?|trials?|judge?ments?|sentenc(?:es?|ing)"
    rf"|pleas?"
    rf"|findings?|jury|jurors|condemnation|court[- ]martial)\b"
)
EVENTS = {
    "convicted": (
        r"(?<!later )convict(?:ed|s|ing|ion|ions)(?! of another| Integrity| Review)|found (?:him "
        r"|her |them )?guilty|guilty verdicts?|sentenc(?:ed"
        r"|ing)|condemned|verdicts?|judge?ments?|pleaded (?:guilty|no contest)|pled guilty"
        r"|guilty plea"
        r"|jury|jurors|trials?|tried|jailed|imprisoned|caged|serving (?:life|[\w-]+ years)"
        r"|court-martial"
        r"|court martial|sent to (?:prison|jail|death row)|(?:gave|given|got) (?:(?:him|her"
        r"|them) )?"
        r"(?:a |an )?(?:[\w-]+[ -]){0,3}?(?:years?['’]?|months?|life|death|sentences?"
        r"|terms?)(?: in prison|"
        r" probation)?|sentences?(?: (?:handed down|passed(?: on \w+)?))?"
        r"|inflicted"
    ),
    "other": (
        r"(?:prison|jail|custody|bars|death row|inside|imprisoned|jailed|held) since|let out|"
        r"(?:completed|finished|served) (?:[\w-]+ ){1,4}?sentence|kill(?:ed|ing|ings|s)|murdered"
        r"|murdering|murders? of|slaying|slain|shot|shooting|stabb\w+"
        r"|strangl\w+|beat(?:en|ing)|robbed|robbing|raped|raping|rape of|robbery (?:of|on|at)"
        r"|attack(?:ed)?|died"
        r"|death of|deaths of|body|fire|burning|crash|disappear\w+|arrest(?:ed|s)?|charged|indicted"
        r"|accused|born|crime|vacat\w+|overturn\w*|quash\w*|thr(?:ew|own) out|set aside|revers\w+"
        r"|tossed"
        r"|undone|dismiss\w*|exonerat\w+|acquitt\w+|cleared|freed|released?|paroled|pardon\w*"
        r"|retrial"
        r"|new trial|second trial|retried|appeals?|appealed|hearing|petition\w*|filed|began|took up"
        r"|found|tests?|testing|recant\w*|told|wrote|review\w*|report\w*|learned|discovered"
        r"|admitted"
        r"|confess\w*|ordered|completed|finished|until|executed|hanged|came|bail|law|moved|married"
        r"|elected|appointed|joined"
        r"|reopened|referred|inquiry|commission|another man|co-?defendant|detective|officer"
        r"|sergeant"
        r"|chemist|resentenced|commuted|settle\w*|lawsuit|sued|study|registry|enacted|passed"
        r"|abolished"
        r"|molest\w+|set(?:ting)? (?:a |the )?fire|happened|took place|occurred|holdup|heist"
        r"|(?!(?:attempt|aggravat|arm|unarm|relat|unit|hundr|repeat|enhanc|intend|alleg|suspend"
        r"|unanimous"
        r"|mix|extend|combin|kindr|hand|render|impos|return|lock|deliver|enter|nam)ed\b)\w{3,}ed"
    ),
}
EVENT = re.compile(
    "|".join(rf"\b(?P<{name}>(?:{words}))\b" for name, words in EVENTS.items()), re.IGNORECASE
)
CRIME = re.compile(
    r"(?i)^\s(?:(?!that|who|the|and|in|when|he|she|they|of|for|after|by|to|on|with|at|over|because"
    r"|as|from|is|was|were)[\w'’-]+\s){0,3}?"
    r"(?:murders?|killings?|slayings?|deaths?|shootings?|stabbings?|rapes?|robber\w+|attacks?"
    r"|assaults?"
    r"|fires?|arson|burglar\w+|crimes?|homicides?|cases?|hold-?ups?|heists?|beatings?|abductions?"
    r"|kidnappings?|disappearance|bombings?)\b"
)
CHARGED = re.compile(r"\s(?:of|for)\s")
PAIR = re.compile(r"^\s(?:and|or|to)\s(?:1[89]|20)\d\d\b")
NOUN = re.compile(
    r"^\s(?!(?:and|or|to|on|for|of|in|at|by|after|when|while|with|but|that|which|who|whom|the|a"
    r"|an|over"
    r"|following|before|because|despite|where|as|from|under|without|was|were|had|has|is|he|she"
    r"|they|it"
    r"|alongside|along|together|then|if|until|since|only|even|though|although|so|based|largely"
    r"|solely"
    r"|partly|mainly|amid|upon|through|against|about|during|into|his|her|their|just|killing|setting"
    r"|left|sent|put|sat|found|gave|got|held|took|came|began|saw|told|swore|[a-z]+ed)\b)[a-z]"
)
"""`convicted in the 2010 ambush`: the year belongs to the noun that follows."""
UNDONE = re.compile(
    r"(?i)\b(?:threw out|thr(?:ow|ew|own)\w*|vacat\w+|overturn\w+|quash\w+|set aside|revers\w+"
    r"|toss\w+"
    r"|annul\w+|eras\w+|void\w+|lift\w+|struck)\s(?:out |down )?(?:[\w'’-]+ ){0,4}$"
)
SECOND = re.compile(r"\b(?:1[89]|20)\d\d\s(?:and|or|to)\s$")
OTHERS = re.compile(
    r"(?i)\b(?:another man|someone else|officer|detective|sergeant|chemist|pathologist|lawyer"
    r"|other (?:man|men|cases)|accuser|informant|codefendant|mayor)\b"
)
OPENING = re.compile(r"^(?:In|On|By)\s(?:[A-Z][a-z]+ (?:\d+, )?)?$")
REACH, BACKWARDS, LATE, CLAUSE = 90, 2.2, 20, 25


def convicted(story: Story) -> Fact | None:
    """Return the first year that a sentence ties to a conviction, described ones first."""
    whose = Whose(story)
    for rank in (_described, _told):
        for line in (*story.body, *(line for line in story.lines if line.zone == "title")):
            for match in YEAR.finditer(line.text):
                year = int(match["year"])
                late = story.published is not None and year >= story.published.year
                if not late and rank(line, match) and whose.theirs(line, match.start()):
                    return fact(story, line, match.span("year"), year)
    return None


def _described(line: Line, match: re.Match[str]) -> bool:
    """`his 1998 murder conviction`; not `the 1998 killing for which his conviction`."""
    noun = ADJECTIVE.match(line.text[match.end() :])
    if noun is None or OTHERS.search(line.text[: match.start()][-40:]):
        return False
    between = noun[0]
    first = re.search(
        r"(?i)\b(?:murder|killing|rape|robbery|shooting|fire|death|\w+ing)s?\b", between
    )
    return not (first and re.search(r"\b(?:of|that|the|who|and he|in|his|her|to)\b", between)) and (
        "new " not in between
        and "second " not in line.text[max(0, match.start() - 9) : match.end()]
    )


def _told(line: Line, match: re.Match[str]) -> bool:
    """Tell whether the nearest event to a year is a conviction."""
    after = line.text[match.end() :]
    if ADJECTIVE.match(after) or CRIME.match(after) or PAIR.match(after):
        return False
    before = line.text[: match.start()]
    if SECOND.search(before) or NOUN.match(after):
        return False
    if not re.search(r"(?i)\b(?:in|since|of|early|late|[A-Z][a-z]+\.?|\d\d?,)\s\(?$|\($", before):
        return False
    near = sorted(_near(line, match))
    return bool(near) and near[0][1] == "convicted" and not OTHERS.search(before[-REACH:])


def _near(line: Line, match: re.Match[str]) -> Iterator[tuple[float, str]]:
    """Yield how far each event is from the year; what follows counts as farther."""
    text = line.text
    for event in EVENT.finditer(text):
        kind = "other" if UNDONE.search(text[: event.start()]) else str(event.lastgroup)
        if event.end() <= match.start():
            between = text[event.end() : match.start()]
            weight, late = 1.0, 0
        elif event.start() >= match.end() and not CHARGED.match(text, match.end()):
            between = text[match.end() : event.start()]
            weight, late = (1.0, 0) if OPENING.match(text[: match.start()]) else (BACKWARDS, LATE)
        else:
            continue
        if len(between) > REACH:
            continue
        stops = len(re.findall(r"[;:.—]\s|,\s(?:and|but|when|after|before|who|which)\b", between))
        yield weight * (len(between) + CLAUSE * stops) + late, kind
