"""Story → who was cleared: names with their sentence, and how many people. Pure.

A person counts by what is said around the name ("was convicted", "conviction of ...", "served");
judges, lawyers, officials, relatives, victims and other suspects are known the same way.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.names import HONORIFICS, OFFICES, SOLDIERS, Mention, Person, people
from monitor.judge.facts.text import CLEARED, NUMBER, Line, Story, fact, number
from monitor.records import Fact

_BE = r"(?:was|were|is|are|be|been|being|has been|have been|had been|gets?|got|stands?)"
_ADVERB = r"(?:\s(?:also|finally|now|once|later|then|wrongly|wrongfully|falsely|first|never|both|all|just|each|unjustly|formally|fully|officially|posthumously|the first|\w+ly))*"
_DONE = (
    r"(?:exonerated|acquitted|cleared|absolved|vindicated|pardoned|freed|set free|released|convicted"
    r"|sentenced|imprisoned|jailed|incarcerated|locked up|found (?:not )?guilty|condemned|hanged|executed"
    r"|electrocuted|declared (?:\w+ )?(?:innocent|not guilty)|sent to (?:prison|death row|jail)|tried"
    r"|arrested|charged|accused|serving|behind bars|in prison|on death row|given \w+ years|(?:just )?not responsible"
    r"|granted|retried|picked out|blamed|framed|tortured|coerced|targeted|wrongly|wrongfully|factually|actually|innocent|a free (?:man|woman)|put on death row|let loose|beaten|hugged|discharged)"
)
_DID = (
    r"(?:(?:has |have |had )?(?:(?:already |now |also |each |both )?(?:spent|served|lost|did (?:\w+ ){0,2}?(?:years|time|\d+|decades)|maintained"
    r"|insisted|always (?:said|maintained|insisted)|steadfastly|languished|went to prison|walked (?:out|free|off|from)|left (?:prison|the prison|jail|court)"
    r"|signed|won (?:his|her|their) (?:freedom|release|appeal)|has a job)))"
)
_ASIDE = r"(?:\s*,[^,;.]{1,70},(?:[^,;.]{1,40},)?|\s\([^)]{1,50}\))?"
AFTER = re.compile(
    rf"^{_ASIDE},?(?:\s(?:who|which|and (?:his|her) brother|himself|herself))?\s(?:{_BE}{_ADVERB}\s{_DONE}|{_DID}|{_DONE}\s(?:of|in|for|at|by|when|and)\b)",
    re.IGNORECASE,
)
OWN = re.compile(
    r"^(?:['’]s?)\s(?:[\w\-]+[\s-]){0,5}?(?:convictions?|verdicts?|case|sentences?|innocence|release|name"
    r"|lawyers?|attorneys?|exoneration|trials?|retrial|appeals?|confession|picture|favou?r|counsel|freedom"
    r"|photo\w*|(?:legal|defen[cs]e) team|solicitors?|indictment|acquittal|alibi|life|guilt|imprisonment)\b"
)
_FAR = r"(?:[^.;:\"“”]{0,60}?[\s(])?"
BEFORE = re.compile(
    r"(?:\b(?:convictions?|verdicts?|judge?ments?|charges?|counts?|case|indictments?|pardons?|prosecution|sentences?"
    r"|finding|certificate of innocence|writ of actual innocence)\b(?:\s(?!by\b|and\b)[\w,'’-]+){0,8}?\s(?:of|against|for|to)"
    r"|\b(?:exonerat|acquit|absolv|vindicat|pardon|clear|convict|free)(?:e?s|ed|ted|ing|ting)?\b"
    r"|\b(?:declar|releas)(?:es|ed|ing)\b|\b(?:try|retry|prosecute|re-try|retrying|trying|jailed|imprisoned|found|keep|kept|opened for|framed|set)\b"
    r"|(?<!testified )\bagainst|\binnocence (?:to|of)|\bnames? of|\bruled that|\bpardon\w* (?:for|to)|\bjury found)"
    r"\s(?:[\w'’]+day,? )?(?:(?:the late|former|ex-?|an?|the|his|her|two|three|brothers|\d+-year-old|murder suspect|and discharged)\s)*"
    r"(?:(?:[a-z][\w'’-]*,?\s){0,6})$",
    re.IGNORECASE,
)
ROLES = (
    r"(?:lawyers?|attorneys?|prosecutors?|judges?|justices?|detectives?|directors?|spokes\w+|professors?"
    r"|counsel|solicitors?|barristers?|founders?|investigators?|officers?|sheriffs?|experts?|pathologists?"
    r"|analysts?|examiners?|senators?|lawmakers?|activists?|advocates?|mayor|governor|minister|fellow"
    r"|co-founders?|executives?|chiefs?|reporters?|authors?|jurors?|foreman|scientists?|partner|commissioners?)"
)
KIN = (
    r"(?:mothers?|mom|mum|fathers?|dad|sisters?|wife|husband|sons?|daughters?|niece|nephew|grand\w+|cousins?"
    r"|aunt|uncle|fianc\wee?|girlfriend|boyfriend|friends?|widow\w*|neighbou?rs?|partner|parents?|stepfather)"
)
HARM = (
    r"(?:kill|murder|slay|shoot|stabb|rap|strangl|robb|assault|molest|beat|kidnapp|abduct|attack"
    r"|tortur|insult|bludgeon|defil|drown)(?:ing|ed|s)|shot|slain|slew|shooting death"
)
NOT_AFTER = re.compile(
    rf"^(?:['’]s)?\s*,\s(?!and\b|but\b|as\b|when\b|after\b|because\b|while\b|saying\b)(?:(?!former|whose|who\b)[^,;.]){{0,70}}?\b{ROLES}\b(?!['’])|^\s*,\s(?:his|her|their|whose|(?:the )?\w+['’]s?)\s(?:\w+\s){{0,2}}{KIN}\b"
    rf"|^,?\swho\s(?:has\s|had\s)?(?:represent|prosecut|presid|head|argu|testif|investigat|oversaw|led\b|tried)"
    r"|^\s(?:wrote|ruled|presided|argued|testified|prosecuted|represented|agreed|signed (?:it|the|an order)|said in (?:his|her) (?:ruling|order))\b"
    r"|^\s\([^)]*\)\s(?:wrote|ruled)|^,?\s(?:was|were) (?:killed|murdered|slain|shot|found dead|stabbed|raped|strangled)\b"
    r"|^['’]s?\s(?:killing|murder(?! conv| case| trial| char| verd| indict)|death(?! sentence| row| penalty)|body|slaying|killer|rape|shooting|widow|family told|remains)\b"
)
NOT_BEFORE = re.compile(
    rf"(?:\b{ROLES},?\s|\b(?:his|her|their|the|[\w-]+['’]s?)\s(?:[\w-]+\s){{0,3}}{KIN},?\s"
    rf"|\b(?:{HARM})\s(?:of\s)?(?:(?!convict|charge|case\b|against|by\b|verdict|trial|freed|clear|acquit)(?:\d+-year-old|[a-z'’-]+),?\s){{0,6}}"
    rf"|\b(?:deaths?|body|bodies|killings?|murders?|disappearance|slayings?|fatal shooting|shooting|robbery|assault|rapes?|stabbing|kidnapping|beating)\sof\s(?:(?!convict|charge|case\b|against|by\b|verdict|trial|freed|clear|acquit)(?:\d+-year-old|[a-z'’-]+),?\s){{0,6}}"
    r"|\b(?:another man|someone else|(?:real|actual|true|likely|serial) (?:killer|perpetrator|rapist|shooter|culprit|gunman)|other man|other suspect|victim|victims|testimony (?:of|from|by)|represented by|according to|written by|led by|named by|ruling by|alternate suspect),?\s)$",
    re.IGNORECASE,
)
OTHER_SUSPECT = re.compile(
    r"(?i)\b(?:real|actual|true) (?:killer|perpetrator|rapist|culprit)|another man|someone else|different man"
)
STRONG = re.compile(
    r"^(?:['’]s?)\s(?:[\w\-]+[\s-]){0,5}?(?:convictions?|verdicts?|innocence|release|exoneration|acquittal|alibi"
    r"|wrongful \w+|imprisonment)\b"
)
CLEARING = re.compile(
    r"(?i)convict|verdict|exonerat|acquit|absolv|vindicat|pardon|clear|free|innocen|not guilty|releas|retry|indictment|murder charge"
    r"|judge?ment|charges?\b|case\b|again|jailed|imprisoned|found\b"
)
KIN_OF = re.compile(rf"^['’]s?\s(?:[\w-]+\s){{0,3}}?{KIN}\b")
CONVICTED = re.compile(
    r"(?i)\b(?:convictions? of|convicted|exonerated|cleared|freed|acquitted)\s[\w\s-]{0,20}$"
)
LEAST = 2.5
NEAR = 130


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `exonerees` and `people_count`, each with its sentence."""
    persons = people(story)
    scored = [(person, *_weigh(person)) for person in persons]
    chosen = _chosen(scored, story)
    count = _count(story, len(chosen))
    if chosen and not (count and len(chosen) == 1 and not any(row[2] for row in scored)):
        line, span = _best_place(chosen)
        yield "exonerees", fact(story, line, span, tuple(person.name for person in chosen))
    if count:
        yield "people_count", count
    elif chosen:
        line, span = _best_place(chosen)
        yield "people_count", fact(story, line, span, len(chosen), "inferred")


def _weigh(person: Person) -> tuple[float, int, int]:
    """Return the person's score, and how many places speak for and against."""
    good = sum(_speaks_for(mention) for mention in person.mentions)
    if not any(_speaks_for(mention, STRONG) for mention in person.mentions):
        good = min(good, 1) if len(person.mentions) > 1 else 0
    bad = sum(_speaks_against(mention) for mention in person.mentions)
    score = 2.0 * min(good, 4) + 0.5 * min(len(person.mentions), 8) - 3.0 * bad
    return score, good, bad


def _speaks_for(mention: Mention, own: re.Pattern[str] = OWN) -> bool:
    text = mention.line.text
    after, before = text[mention.end : mention.end + NEAR], text[: mention.start][-NEAR:]
    if NOT_BEFORE.search(before) and not BEFORE.search(before) and not KIN_OF.match(after):
        return False
    if AFTER.match(after) or own.match(after):
        return True
    found = BEFORE.search(before)
    return bool(found and (own is OWN or CLEARING.search(found[0])))


def _speaks_against(mention: Mention) -> bool:
    titles = set(mention.title.split()) - HONORIFICS - SOLDIERS - {"former", "ex", "father"}
    if titles & OFFICES:
        return True
    text = mention.line.text
    after, before = text[mention.end : mention.end + NEAR], text[: mention.start][-NEAR:]
    if NOT_AFTER.match(after):
        return True
    return bool(NOT_BEFORE.search(before)) and not (CONVICTED.search(before) or KIN_OF.match(after))


def _chosen(scored: list[tuple[Person, float, int, int]], story: Story) -> list[Person]:
    """Choose the best supported person, and those who share the list or the support."""
    able = [row for row in scored if row[1] >= LEAST and row[2] > 0 and row[2] > row[3]]
    if not able:
        able = _only_one(scored, story)
    if not able:
        return []
    best = max(able, key=lambda row: row[1])
    chosen = [best[0]]
    for person, score, good, bad in scored:
        if person in chosen:
            continue
        listed = bad == 0 and any(_listed(person, other) or _kin(person, other) for other in chosen)
        if listed or (good > 1 and bad == 0 and score >= best[1] - 3.0):
            chosen.append(person)
    order = {id(row[0]): number for number, row in enumerate(scored)}
    return sorted(chosen, key=lambda person: order[id(person)])


def _only_one(
    scored: list[tuple[Person, float, int, int]], story: Story
) -> list[tuple[Person, float, int, int]]:
    """Take the one person of a story whom nothing speaks against, if named again and again."""
    free = [row for row in scored if row[3] == 0 and not _doubtful(row[0])]
    if len(free) == 1 and any(PRONOUN.search(line.text) for line in story.body):
        return [row for row in free if len(row[0].mentions) > 1 or _is_person(row[0])]
    able = [row for row in free if len(row[0].mentions) > 1]
    often = [row for row in able if len(row[0].mentions) > 2] or able
    return often if len(often) == 1 else []


def _kin(person: Person, other: Person) -> bool:
    """Tell whether they are "the Prather brothers" of some sentence."""
    if not person.parts or person.parts[-1] != other.parts[-1:][0]:
        return False
    group = re.compile(rf"{re.escape(person.parts[-1])} (?:brothers|sisters|twins|siblings|couple)")
    return any(group.search(mention.line.text) for mention in (*person.mentions, *other.mentions))


def _listed(person: Person, other: Person) -> bool:
    """Tell whether the two stand in one enumeration: `A, B and C`."""
    for one in person.mentions:
        for two in other.mentions:
            if one.line is not two.line:
                continue
            first, second = sorted((one, two), key=lambda mention: mention.start)
            between = one.line.text[first.end : second.start]
            bare = re.sub(
                rf"{re.escape('(')}[^)]*\)|\b(?:the late|Mr|Ms|Mrs)\b\.?|\d+", "", between
            )
            if re.fullmatch(r"[\s,]*(?:and|&)?[\s,]*", bare) and bare.strip():
                return True
            names = re.sub(r"[A-Z][\w.'’-]*", "", bare)
            if re.fullmatch(r"[\s,]*(?:(?:and|&)?[\s,]*)*", names) and "," in names:
                return True
    return False


def _best_place(chosen: list[Person]) -> tuple[Line, tuple[int, int]]:
    """Return the line that names most of them and speaks for them, and where it does."""
    best: tuple[int, int, int] | None = None
    place: tuple[Line, tuple[int, int]] | None = None
    for person in chosen:
        for mention in person.mentions:
            line = mention.line
            here = sum(any(m.line is line for m in other.mentions) for other in chosen)
            whole = line.text[mention.start : mention.end] == person.name
            rank = (here, int(whole) + int(_speaks_for(mention)), -line.number)
            if best is None or rank > best:
                best, place = rank, (line, (mention.start, mention.end))
    assert place is not None
    return place


def _is_person(person: Person) -> bool:
    """Tell whether a name met once is a person's: an age, a title, or what people do."""
    return any(m.title.strip() or LIVES.match(m.line.text[m.end :]) for m in person.mentions)


LIVES = re.compile(
    r"^(?:,\s(?:now |then )?\d\d\b|\s(?:said|says|was|is|had|has|told|spent|asked|wept)\b)"
)


def _doubtful(person: Person) -> bool:
    """Tell whether some sentence ties the person to the deed itself."""
    return any(
        OTHER_SUSPECT.search(m.line.text) or DEED.match(m.line.text[m.end :])
        for m in person.mentions
    )


DEED = re.compile(
    r"(?i)^,?\s(?:who )?(?:had |has |later |then |also |since )*(?:confess\w* to|admit|rap(?:ed|es)|kill|murder|shot|match|died|pleaded|is serving|was linked)"
)
PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey)\s(?:had |has |have )?(?:already )?(?:served|spent|been (?:jailed|imprisoned|convicted|sentenced)"
    r"|was (?:convicted|sentenced|released|jailed|freed|paroled)|were (?:convicted|sentenced|released|freed)|lost)\b"
    r"|\b(?:convicted|freed|acquitted|exonerated|cleared|released|sentenced|jailed)\s(?:him|her|them)\b"
)
TITLE_GROUP = re.compile(
    rf"^(?P<number>{NUMBER})\s(?:[\w-]+\s){{0,2}}?(?:cleared|acquitted|exonerated|freed|convictions)\b",
    re.IGNORECASE,
)
GROUP = re.compile(
    rf"\b(?P<number>{NUMBER})\s(?:(?!years?|months?|days?|of|hours?|decades?)[\w-]+\s){{0,3}}?"
    r"(?:men|women|people|sailors|brothers|sisters|friends|defendants|convictions|teenagers|officers|inmates|prisoners"
    r"|post\s?masters|sub-?postmasters|soldiers|exonerees|persons|cases|youths|convicts|boys)\b(?! and)",
    re.IGNORECASE,
)


def _count(story: Story, named: int) -> Fact | None:
    """Return the size of a group whose clearing is told in the same sentence."""
    for line in story.lines:
        if line.number > EARLY or not CLEARED.search(line.text):
            continue
        match = (TITLE_GROUP if line.zone == "title" else GROUP).search(line.text) or GROUP.search(
            line.text
        )
        if match and (size := number(match["number"])) and size > 1 and named in (0, size):
            return fact(story, line, match.span(), size)
    return None


EARLY = 8
