"""A place where a person is named → whether the words around it say who was cleared. Pure."""

import re

from monitor.judge.facts.name_words import HONORIFICS, LEARNED, OFFICES, SOLDIERS
from monitor.judge.facts.names import Mention

_BE = r"(?:was|were|is|are|be|been|being|has been|have been|had been|gets?|got|stands?)"
_ADVERB = (
    r"(?:\s(?:also|finally|now|once|later|then|wrongly|wrongfully|falsely|first|never|both"
    r"|all|just|each|unjustly|formally|fully|officially|posthumously|the first|\w+ly))*"
)
_DONE = (
    r"(?:exonerated|acquitted|cleared|absolved|vindicated|pardoned|freed|set free|released"
    r"|convicted"
    r"|sentenced|imprisoned|jailed|incarcerated|locked up|found (?:not )?guilty|condemned"
    r"|hanged|executed"
    r"|electrocuted|declared (?:\w+ )?(?:innocent|not guilty)|sent to (?:prison|death row"
    r"|jail)|tried"
    r"|arrested|charged|accused|serving|behind bars|in prison|on death row|given \w+ years"
    r"|(?:just )?not responsible"
    r"|granted|retried|picked out|blamed|framed|tortured|coerced|targeted|wrongly|wrongfully"
    r"|factually|actually|innocent|a free (?:man|woman)|put on death row|put to death"
    r"|ordered (?:released|freed)|let loose|let go|beaten"
    r"|hugged|discharged)"
)
_DID = (
    r"(?:(?:has |have |had )?(?:(?:already |now |also |each |both )?(?:spent|served|lost"
    r"|did (?:\w+ ){0,2}?(?:years|time|\d+|decades)|maintained"
    r"|insisted|always (?:said|maintained|insisted)|steadfastly|languished|went to prison"
    r"|walked (?:out|free|off|from)|left (?:[\w'’]+ ){0,4}?(?:prison|jail|court)"
    r"|signed|saw (?:his|her|their) convictions?|won (?:his|her|their) (?:freedom|release"
    r"|appeal)|has a job)))"
)
_ASIDE = r"(?:\s*,[^,;.]{1,70},(?:[^,;.]{1,40},)?|\s\([^)]{1,50}\))?"
AFTER = re.compile(
    (
        rf"^{_ASIDE},?(?:\s(?:who(?:['’]s)?|which|and (?:his|her) brother|himself"
        rf"|herself))?\s(?:{_BE}{_ADVERB}\s{_DONE}|{_DID}|{_DONE}\s(?:of|in|for|at|by|when"
        rf"|and)\b|was \d+(?: years old)? when (?:he|she) was {_DONE})"
    ),
    re.IGNORECASE,
)
PRONOUN_FIRST = re.compile(
    (
        rf"(?:(?:He|She|They)|The (?:brothers|sisters|twins|men|women|pair|couple|trio|two"
        rf"|three)(?:, now \d+,)?)\s(?:{_BE}{_ADVERB}\s{_DONE}|{_DID})"
    ),
    re.IGNORECASE,
)
OWN = re.compile(
    r"^(?:['’]s?)\s(?:[\w\-]+[\s-]){0,5}?(?:convictions?|verdicts?|case|sentences?|innocence"
    r"|release|name"
    r"|lawyers?|attorneys?|exoneration|trials?|retrial|appeals?|confession|picture|favou?r"
    r"|counsel|freedom"
    r"|photo\w*|(?:legal|defen[cs]e) team|solicitors?|indictment|acquittal|alibi|life|guilt"
    r"|imprisonment)\b"
)
BEFORE = re.compile(
    r"(?:\b(?:convictions?|verdicts?|judge?ments?|charges?|counts?|case|indictments?|pardons?"
    r"|prosecution|sentences?"
    r"|finding|certificate of innocence|writ of actual innocence)\b(?:\s(?!by\b"
    r"|and\b)[\w,'’-]+){0,8}?\s(?:of|against|for|to)"
    r"|\b(?:exonerat|acquit|absolv|vindicat|pardon|clear|convict|free)(?:e?s|ed|ted|ing|ting)?\b"
    r"|\b(?:declar|releas)(?:e|es|ed|ing)\b|\b(?:try|retry|prosecute|re-try|retrying|trying"
    r"|jailed|imprisoned|found|keep|kept|opened for|framed|set)\b"
    r"|(?<!testified )(?<!inquiry )(?<!action )(?<!lawsuit )(?<!evidence )\bagainst"
    r"|\binnocence (?:to|of)|\bnames? of|\bruled that|\bacquittals? for|\bposthumously,? for"
    r"|\b(?:petitions?|appeals?|applications?|writs?)\b[\w\s-]{0,30}? (?:brought|filed|lodged) by"
    r"|\b(?:appeals?|petitions?) (?:of|by)|\bin favou?r of|\bapologi[sz]ed? to"
    r"|\b(?:[Tt]he others?|[Tt]he rest|[Aa]lso (?:cleared|exonerated|acquitted"
    r"|freed))(?: \w+){0,2}?"
    r" (?:are|were|was|is)"
    r"|\bpardon\w* (?:for|to)|\bjury found)"
    r"\s(?:[\w'’]+day,? )?(?:(?:the late|former|ex-?|an?|the|his|her|two|three|brothers"
    r"|\d+-year-old|murder suspect|and discharged)\s)*"
    r"(?:(?:[a-z][\w'’-]*,?\s|[A-Z][\w'’-]*\s(?=[a-z])){0,6})$",
    re.IGNORECASE,
)
ROLES = (
    r"(?:lawyers?|attorneys?|prosecutors?|judges?|justices?|detectives?|directors?|spokes\w+"
    r"|professors?"
    r"|counsel|solicitors?|barristers?|founders?|investigators?|officers?|sheriffs?|experts?"
    r"|pathologists?"
    r"|analysts?|examiners?|senators?|lawmakers?|activists?|advocates?|mayor|governor"
    r"|minister|fellow"
    r"|co-founders?|executives?|chiefs?|reporters?|authors?|jurors?|foreman|scientists?"
    r"|partner|commissioners?)"
)
KIN = (
    r"(?:mothers?|mom|mum|fathers?|dad|sisters?|wife|husband|sons?|daughters?|niece|nephew"
    r"|grand\w+|cousins?"
    r"|great-\w+|aunt|uncle|fianc\wee?|girlfriend|boyfriend|friends?|widow\w*|neighbou?rs?|partner"
    r"|parents?|stepfather)"
)
HARM = (
    r"(?:kill|murder|slay|shoot|stabb|rap|strangl|robb|assault|molest|beat|kidnapp|abduct|attack"
    r"|tortur|insult|bludgeon|defil|drown)(?:ing|ed|s)|shot|slain|slew|shooting death"
)
NOT_AFTER = re.compile(
    rf"^(?:['’]s)?\s*,\s(?!and\b|but\b|as\b|when\b|after\b|because\b|while\b"
    rf"|saying\b|for\b|in\b|with\b|to\b|by\b|on\b|at\b|from\b|\w+ing\b)"
    rf"(?:(?!former|whose|who\b|which\b|that\b)[^,;.]){{0,70}}?(?<!of )\b{ROLES}\b(?!['’])"
    rf"|^\s*,\s(?:his"
    rf"|her|their|whose|(?:the )?\w+['’]s?)\s(?:\w+\s){{0,2}}{KIN}\b"
    rf"|^,?\swho\s(?:has\s|had\s)?(?:represent|prosecut|presid|head|argu|testif|investigat"
    rf"|oversaw|led\b|tried)"
    r"|^,?\s(?:[^,;.]{1,40},\s)?(?:testified|told|admitted"
    r"|said)\b[^.;]{0,30}?\b(?:that )?(?:he|she) (?:fired|killed|shot|had shot|did it"
    r"|was the (?:shooter|killer))"
    r"|^\s(?:wrote|ruled|presided|argued|testified|prosecuted|represented|agreed|signed (?:it"
    r"|the|an order)|said in (?:his|her) (?:ruling|order))\b"
    r"|^\s\([^)]*\)\s(?:wrote|ruled)|^,?\s(?:was|were) (?:killed|murdered|slain|shot"
    r"|found dead|stabbed|raped|strangled)\b"
    r"|^['’]s?\s(?:killing|murder(?! conv| case| trial| char| verd| indict)|death(?! sentence"
    r"| row| penalty)|body|slaying|killer|rape|shooting|widow|family told|remains)\b"
)
ORGANISATION = re.compile(
    r"\b(?:Project|Cent(?:er|re)|Clinic|Initiative|Society|University|Department|Office|Group"
    r"|Foundation|School|Commission)['’]s?\s$"
)
KIN_BEFORE = re.compile(
    rf"\b(?:his|her|their|the|[\w-]+['’]s?)\s(?:[\w-]+\s){{0,3}}{KIN},?\s(?:\d+-year-old\s)?$",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    rf"(?:(?<!of )\b{ROLES},?\s|\b(?:his|her|their|the|[\w-]+['’]s?)\s(?:[\w-]+\s){{0,3}}{KIN},?\s"
    rf"|\b(?:{HARM})\s(?:of\s)?(?:(?!convict|charge|case\b|against|by\b|verdict|trial|freed"
    rf"|clear|acquit)(?:\d+-year-old|[a-z'’-]+),?\s){{0,6}}"
    rf"|\b(?:deaths?|body|bodies|killings?|murders?|disappearance|slayings?|fatal shooting"
    rf"|shooting|robbery|assault|rapes?|stabbing|kidnapping|beating)\sof\s(?:(?!convict"
    rf"|charge|case\b|against|by\b|verdict|trial|freed|clear|acquit)(?:\d+-year-old"
    rf"|[a-z'’-]+),?\s){{0,6}}"
    r"|\b(?:another man|someone else|(?:real|actual|true|likely|serial) (?:killer|perpetrator"
    r"|rapist|shooter|culprit|gunman)|other man|other suspect|(?:the|a|an) (?:child|baby"
    r"|infant|toddler|boy|girl|deceased)|victim|victims|testimony (?:of"
    r"|from|by)|represented by|according to|written by|led by|named by|ruling by"
    r"|alternate suspect),?\s"
    r"|\b(?:(?:word|work|lies|say-so) of|tied to|linked to|framed by|set up by|arrested by"
    r"|planted by"
    r"|investigated by|worked (?:with|under|for)|run by)\s(?:[\w.'’-]+\s){0,4})$",
    re.IGNORECASE,
)
OTHER_SUSPECT = re.compile(
    r"(?i)\b(?:real|actual|true) (?:killer|perpetrator|rapist|culprit)|another man"
    r"|someone else|different man"
)
STRONG = re.compile(
    r"^(?:['’]s?)\s(?:[\w\-]+[\s-]){0,5}?(?:convictions?|verdicts?|innocence|release"
    r"|exoneration|acquittal|alibi"
    r"|wrongful \w+|imprisonment)\b"
)
CLEARING = re.compile(
    r"(?i)convict|verdict|exonerat|acquit|absolv|vindicat|pardon|clear|free|innocen"
    r"|not guilty|releas|retry|indictment|murder charge"
    r"|judge?ment|charges?\b|case\b|again|jailed|imprisoned|found\b|petition|appeal|others\b|also\b"
)
KIN_OF = re.compile(rf"^['’]s?\s(?:[\w-]+\s){{0,3}}?{KIN}\b")
CONVICTED = re.compile(
    r"(?i)\b(?:convictions? of|convicted|exonerated|cleared|freed|acquitted)\s[\w\s-]{0,20}$"
)
SAID_TO = re.compile(
    r"(?i)\b(?:swore|swear\w*|claim\w*|alleg\w+|testif\w+|whether|told [^.;]{1,30}? that|lied that"
    r"|insist\w*)\s(?:that\s)?(?:Mr|Ms|Mrs)?\.?\s?$"
)
"""What a witness or a jury said of somebody is no deed of that person's."""
DEED = re.compile(
    r"(?i)^,?\s(?:who )?(?:had |has |later |then |also |since )*(?:confess\w* to|admit"
    r"|rap(?:ed|es)|kill(?!ed no)|murder(?!ed no)|shot(?! no)|match|is serving|was linked)"
)
LIVES = re.compile(
    r"^(?:,\s(?:now |then )?\d\d\b|\s(?:said|says|was|is|had|has|told|spent|asked|wept)\b)"
)
OTHERS_ARE = re.compile(r"(?i)\b(?:others?|rest|also \w+)(?: \w+){0,2}? (?:are|were|was|is):? $")
PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\s(?:had |has |have )?(?:already )?(?:served|spent"
    r"|been (?:jailed|imprisoned|convicted|sentenced)"
    r"|was (?:convicted|sentenced|released|jailed|freed|paroled)|were (?:convicted|sentenced"
    r"|released|freed)|lost)\b"
    r"|\b(?:convicted|freed|acquitted|exonerated|cleared|released|sentenced|jailed)\s(?:him"
    r"|her|them)\b"
)
NEAR = 130


def speaks_for(mention: Mention, own: re.Pattern[str] = OWN) -> bool:
    text = mention.line.text
    after, before = text[mention.end : mention.end + NEAR], text[: mention.start][-NEAR:]
    if KIN_BEFORE.search(before):
        return bool(AFTER.match(after))
    if NOT_BEFORE.search(before) and not BEFORE.search(before) and not KIN_OF.match(after):
        return False
    if AFTER.match(after) or own.match(after):
        return True
    found = BEFORE.search(before)
    return bool(found and (own is OWN or CLEARING.search(found[0])))


def holds_office(mention: Mention) -> bool:
    """Tell whether a judge's, lawyer's or officer's title stands before this name."""
    titles = set(mention.title.split()) - HONORIFICS - SOLDIERS - LEARNED - {"former", "ex"}
    return bool(titles & OFFICES)


def speaks_against(mention: Mention) -> bool:
    if holds_office(mention):
        return True
    text = mention.line.text
    after, before = text[mention.end : mention.end + NEAR], text[: mention.start][-NEAR:]
    if NOT_AFTER.match(after) or ORGANISATION.search(before):
        return True
    if KIN_BEFORE.search(before) and AFTER.match(after):
        return False
    related = NOT_BEFORE.search(before) or KIN_BEFORE.search(before)
    return bool(related) and not (CONVICTED.search(before) or KIN_OF.match(after))
