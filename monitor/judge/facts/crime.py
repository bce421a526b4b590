"""Story → the worst crime of the undone conviction, as one of the Registry's 45 values. Pure."""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import CLEARED, Line, Story, fact
from monitor.records import Fact

CRIMES = (
    "Murder", "Attempted Murder", "Manslaughter", "Accessory to Murder", "Child Sex Abuse",
    "Sexual Assault", "Supporting Terrorism", "Kidnapping", "Child Abuse", "Dependent Adult Abuse",
    "Robbery", "Arson", "Assault", "Attempt, Violent", "Other Violent Felony", "Stalking", "Menacing",
    "Threats", "Burglary/Unlawful Entry", "Drug Possession or Sale", "Weapon Possession or Sale",
    "Sex Offender Registration", "Bribery", "Official Misconduct", "Fraud", "Tax Evasion/Fraud",
    "Forgery", "Perjury", "Filing a False Report", "Obstruction of Justice", "Theft",
    "Possession of Stolen Property", "Conspiracy", "Solicitation", "Immigration",
    "Destruction of Property", "Military Justice Offense", "Failure to Pay Child Support",
    "Traffic Offense", "Harassment", "Attempt Nonviolent", "Other Violent Misdemeanor",
    "Other Nonviolent Felony", "Other Nonviolent Misdemeanor", "Other",
)  # fmt: skip
"""The values of the National Registry of Exonerations, the worst first."""

_CHILD = (
    r"(?:child(?:ren)?|girls?|boys?|minors?|toddlers?|pupils?|students?|daughters?|stepdaughters?|(?:[1-9]|1[0-5])-year-old"
    r"|(?:four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)-year-old)"
)
WORDS = {
    "Attempted Murder": r"attempted[ -](?:second-degree |first-degree |capital )?(?:murders?|homicide|killing)|attempt to murder",
    "Accessory to Murder": r"accessory to (?:a |the )?murder",
    "Manslaughter": r"manslaughter|culpable homicide|causing death",
    "Child Sex Abuse": (
        r"child (?:sex(?:ual)? (?:abuse|assault)|molestation|rape)|molest(?:ing|ation|ed)|defil(?:ing|ement|ed)"
        r"|sexual(?:ly)? (?:abus\w+|assault\w*|batter\w+) (?:of )?(?:\w+ ){0,2}"
        + _CHILD
        + r"|lewd (?:acts|conduct)"
        r"|(?:rap(?:e|ing) of|rap(?:ed|ing)) (?:\w+ ){0,2}"
        + _CHILD
        + r"|aggravated indecent assault of a child"
    ),
    "Sexual Assault": r"rapes?|raping|raped|sexual(?:ly)? assault\w*|sexual batter\w+|sodomy|sex(?:ual)? (?:crimes?|attacks?)|indecent assault",
    "Supporting Terrorism": r"supporting terror\w*|terrorism|material support",
    "Kidnapping": r"kidnap\w*|abduct(?:ion|ing|ed)|false imprisonment",
    "Child Abuse": r"child abuse|child cruelty|abusing (?:\w+ ){0,2}(?:child|son|daughter|baby|infant)|(?:broken|fractured) (?:arm|leg|ribs?)",
    "Robbery": r"robber(?:y|ies)|robbing|stick-?up|hold-?up|carjacking|mugging|heist",
    "Arson": r"arson\w*|setting (?:a |the )?(?:\w+ )?fires?|set(?:ting)? fire|burning down",
    "Assault": r"(?:aggravated |felony )?assault(?:s|ing)?|battery|beating|wounding|maiming|grievous bodily harm|malicious wounding",
    "Stalking": r"stalking",
    "Threats": r"(?:making |terroristic |criminal )threats",
    "Burglary/Unlawful Entry": r"burglar(?:y|ies)|break-?ins?|housebreaking|breaking and entering|trespass(?:ing)?",
    "Drug Possession or Sale": r"drug (?:convictions?|possession|cases?|charges?|sales?|dealing|trafficking|crimes?|offen[cs]es?|conspiracy)|(?:possess\w+|selling|sale|trafficking|delivery|dealing)(?: of| in)? (?:\w+ )?(?:drugs?|heroin|cocaine|crack|marijuana|cannabis|methamphetamine|meth|narcotics?)|narcotics (?:convictions?|charges?|cases?)|cocaine (?:convictions?|charges?)|heroin (?:convictions?|charges?)",
    "Weapon Possession or Sale": r"(?:weapons?|gun|firearms?|handgun) (?:possession|charges?|convictions?|case)|(?:illegally |unlawful(?:ly)? )?(?:possess\w+|carrying)(?: of)?(?: an?| the)?(?: \w+)? (?:gun|handgun|firearm|weapon|pistol)",
    "Bribery": r"brib(?:ery|es?|ing)|kickbacks?",
    "Tax Evasion/Fraud": r"tax (?:evasion|fraud)",
    "Fraud": r"(?:wire[ -]|mail[ -]|bank[ -]|securities[ -]|insurance[ -]|health ?care[ -])?fraud|defraud\w*|false accounting|embezzl\w+",
    "Forgery": r"forgery|forging|counterfeit\w*",
    "Perjury": r"perjury|lying (?:under oath|to (?:a |the )?grand jury)",
    "Filing a False Report": r"(?:filing|making) (?:a )?false (?:police )?report",
    "Obstruction of Justice": r"obstruct(?:ion|ing)(?: of)?(?: justice)?|perverting the course of justice",
    "Theft": r"theft|stealing|stole|larceny|shoplifting|taking \w+ horses|horse thief",
    "Possession of Stolen Property": r"(?:possess\w+|receiving|handling) (?:of )?stolen (?:property|goods|car)",
    "Military Justice Offense": r"mutiny|courts?-martial|desertion|disobeying orders",
    "Sex Offender Registration": r"fail(?:ing|ure) to register(?: as a sex offender)?",
    "Immigration": r"illegal (?:re-?)?entry|immigration (?:fraud|offen[cs]e)|human smuggling",
    "Traffic Offense": r"drunk(?:en)? driving|DUI|dangerous driving|reckless driving",
    "Other": r"blasphem\w+|insulting the prophet|witchcraft",
    "Murder": (
        r"(?:capital |double |triple |first-degree |second-degree |felony )*murders?|murder(?:ing|ed)|murderer|homicides?|(?:fatal(?:ly)? (?:shooting|stabbing|shot|stabb\w+|beat\w+))"
        r"|killings?|killed|slayings?|slay|massacre|(?:shooting|stabbing|beating|strangulation) deaths?|gunned down|assassinat\w+|infanticide"
        r"|deaths? of|in (?:the |a |his |her )?(?:\w+['’]s )(?:\w+ )?death"
    ),
}
ANY = {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in WORDS.items()}
_ADJ = r"(?:(?:wrongful|second-degree|first-degree|capital|aggravated|armed|federal|felony|gang|double|triple|voluntary|involuntary|wire-fraud|\d{4})[ -])*"
BEFORE_CONVICTION = r"{adj}(?:{words})(?: and [\w-]+)?[ -](?:convictions?|verdicts?|judgments?|charges?|counts?|case|indictments?|findings?|sentences?|plea|prosecution)\b"
AFTER_CONVICTION = (
    r"(?:convicted|convictions?|guilty|acquitted|acquits?|absolved|cleared?|clears|exonerated|exoneration|pardoned|innocent|charged|jailed|imprisoned|sentenced|prison|bars|locked up|accused|verdicts?|years|life|served|serving|serve|condemned|trial|tried|framed|sent\b.{{0,25}}|term|hanged|executed|sentence|term|freed|incarcerated|retrial|prosecuted|wrongly blamed)"
    r"\b[^.;]{{0,45}}?\b(?:of|for|in|over|on|to|with)\s(?:[\w'’-]+,?\s){{0,6}}?{adj}(?:{words})\b"
)
TELLING = ("Drug Possession or Sale", "Weapon Possession or Sale", "Military Justice Offense")
STRONG = {
    name: re.compile(
        "|".join(
            (
                BEFORE_CONVICTION.format(adj=_ADJ, words=pattern),
                AFTER_CONVICTION.format(adj=_ADJ, words=pattern),
                *([rf"\b(?:{pattern})\b"] if name in TELLING else []),
            )
        ),
        re.IGNORECASE,
    )
    for name, pattern in WORDS.items()
}
OTHERS = re.compile(
    r"(?i)\b(?:another (?:man|person|killing|case|murder|victim)|someone else|other (?:men|people)|real (?:killer|perpetrator)|similar (?:attack|crime)"
    r"|unrelated|separate|two officers|the officer|since been convicted|later convicted|serving time for)\b"
)
PERSON_CRIMES = ("Murder", "Manslaughter", "Attempted Murder")
LEAD = 4


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `crime`: what a conviction is said to be for, else what the opening tells."""
    found = _strong(story) or _weak(story)
    if found:
        name, line, span = found
        yield "crime", fact(story, line, span, name, "stated" if name in STATED else "inferred")


STATED = frozenset(CRIMES) - {"Other"}

Found = tuple[str, Line, tuple[int, int]]


def _strong(story: Story) -> Found | None:
    found: dict[str, Found] = {}
    for line in story.lines:
        if OTHERS.search(line.text) and not (line.zone == "title" or line.paragraph <= 1):
            continue
        for name, pattern in STRONG.items():
            match = pattern.search(line.text)
            if match and not _part_of_worse(name, match, line, pattern):
                inner = ANY[name].search(line.text, match.start())
                found.setdefault(name, (name, line, inner.span() if inner else match.span()))
    return _worst(found)


def _part_of_worse(name: str, match: re.Match[str], line: Line, pattern: re.Pattern[str]) -> bool:
    """`attempted murder` is no murder, `sexual assault` no assault, `tax fraud` no other fraud."""
    inner = ANY[name].search(line.text, match.start())
    if inner is None:
        return False
    for other in CONTAINING.get(name, ()):
        for cover in ANY[other].finditer(line.text):
            if cover.start() <= inner.start() < cover.end():
                rest = pattern.search(line.text, cover.end())
                return rest is None
    return False


CONTAINING = {
    "Murder": ("Attempted Murder", "Accessory to Murder", "Manslaughter"),
    "Assault": ("Sexual Assault", "Child Sex Abuse"),
    "Sexual Assault": ("Child Sex Abuse",),
    "Fraud": ("Tax Evasion/Fraud", "Immigration"),
    "Theft": ("Possession of Stolen Property",),
}


def _weak(story: Story) -> Found | None:
    """Read the title, the opening and the sentences that tell the clearing."""
    found: dict[str, Found] = {}
    for line in story.lines:
        if line.paragraph > LEAD and not CLEARED.search(line.text):
            continue
        if OTHERS.search(line.text):
            continue
        for name in (
            "Murder",
            "Manslaughter",
            "Attempted Murder",
            "Child Sex Abuse",
            "Sexual Assault",
            "Arson",
            "Robbery",
        ):
            match = ANY[name].search(line.text)
            if match and not _part_of_worse(name, match, line, ANY[name]):
                found.setdefault(name, (name, line, match.span()))
    return _worst(found)


def _worst(found: dict[str, Found]) -> Found | None:
    """Return the worst crime; a killing called manslaughter or an attempt is just that."""
    if "Murder" in found and _only_killing(found["Murder"]):
        for milder in ("Manslaughter", "Attempted Murder"):
            if milder in found:
                return found[milder]
    for name in CRIMES:
        if name in found:
            return found[name]
    return None


def _only_killing(found: Found) -> bool:
    _, line, span = found
    return "murder" not in line.text[span[0] : span[1]].lower()
