"""Story → how the conviction was undone, with the sentence that says so. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

_GAP = r"(?:[\w'’,-]+ )"
_SET_ASIDE = (
    r"vacat(?:ed|es|ing)|overturn(?:ed|s|ing)?|quash(?:ed|es|ing)?|annul(?:led|s|ling)?"
    rf"|revers(?:ed|es|ing)|set(?:s|ting)? {_GAP}{{0,8}}?aside|scrap(?:s|ped)|bin(?:s|ned)"
    rf"|toss(?:ed|es|ing)(?: out)?|thr(?:ew|ows|own|owing) {_GAP}{{0,6}}?out|void(?:ed|s)"
    r"|str(?:uck|ikes) (?:down|out)|wip(?:ed|es) (?:out|from)|eras(?:ed|es)|undid|undone|undoes"
    r"|cancel(?:led|ed|s|ling)|nullif(?:ied|ies)|rip(?:s|ped) up|tear(?:s|ing) up|tore up"
    r"|declared [^.;]{0,30}?miscarriage of justice|dissolv(?:ed|es)|invalidat(?:ed|es)"
    rf"|(?:lift|remov|withdr\w+|rescind|repeal|revok|extinguish)(?:ed|s|es)? {_GAP}{{0,3}}?"
    r"(?:convictions?|verdicts?|sentences?|judge?ments?)|without (?:value|effect)|do(?:es|ing) away"
    r" with|did away with|names? (?:was |were )?cleared|ordered a new trial|granted? "
    rf"{_GAP}{{0,4}}?(?:new trial|relief)|clear(?:ed|s) (?:his|her|their) (?:names?|convictions?)"
)
_CHARGE = (
    r"(?:charges?|indictments?|counts?|cases?|prosecution|complaints?|informations?|cause|matter"
    r"|accusations?|petition against)"
)
_NOLLE = r"(?:nolle prosequi|nolle pros\w*|nol[- ]?pros\w*|a nolle)"
_PARDONED = (
    r"(?:grant(?:ed|s|ing)?|sign(?:ed|s|ing)?|issu(?:ed|es|ing)|receiv(?:ed|es?)|gave|gives|given"
    r"|announc(?:ed|es)|won|conferr\w+|bestow\w+) (?:[\w'’,—-]+ ){0,8}?pardons?\b(?! board)"
    r"|\bpardons? (?:for|to|goes to|went to|clears?) \w|(?<!never )(?<!not )\bpardoned\b"
    r"|\bpardons (?:all|two|three|four|five|six|seven|eight|nine|ten|\d+|(?-i:[A-Z]))"
    r"|\bfull and free pardon"
)
_INNOCENT = r"(?:(?:actually|factually|legally|wholly|completely|entirely) )?innocent\b"
_DECLARED_INNOCENT = (
    rf"(?:declar|found|find|rul|pronounc|deem)\w* (?:[\w'’,.-]+ ){{0,9}}?{_INNOCENT}"
    r"|\b(?:f[oi]u?nds?) [^.;]{0,50}?evidence of (?:\w+ )?innocence|\b(?:man|woman|men"
    r"|women) innocent of\b"
    r"|(?:factually|actually) not guilty|innocence of [^.;]{1,30} (?:is|has been|was) recogni[sz]ed"
    rf"|declared that [^.;]{{1,120}}? (?:is|are|was|were) {_INNOCENT}"
    rf"|declar\w+ (?:that )?no (?:homicide|crime|offen[cs]e)|(?:factually"
    r"|actually) innocent\b|evidence[\"”]? of (?:\w+['’]s )?actual innocence(?=[.,\"”])"
    r"|(?:certificates?|writs?|finding|declaration|petition(?: for)?|grounds?|reason) of (?:actual "
    r"|factual )?innocence"
)
_ACQUITTED = (
    r"\b(?:call|offer)(?:s|ed|ing)? no evidence\b|\bacquit(?:s|ted|ting|tals? (?:was|were|be"
    r"|has been|have been) \w+)\b|(?:verdicts?"
    r"|judge?ments?"
    r"|entry|substitut\w+|enter\w+|record\w+|ends? in|order\w+|pronounc\w+|directed?|with)"
    r" (?:[\w'’]+ ){0,4}?(?:of )?acquittals?\b"
    r"|\bnot[ -]guilty\b(?! plea)|\babsolv(?:ed|es|ing)\b|\bclean chit\b|\bnot responsible\b"
    r"|\bclears? (?:a |the )?(?:\w+ )?(?:man|woman|him|her) at second trial"
    r"|discharged and acquitted"
)
_CLEARED_OF = (
    r"(?:court|jury|jurors|cassation|tribunal|bench)[^.;]{0,50}? (?:has |have )?"
    r"clear(?:s|ed|ing) [^.;]{1,50}? of\b"
)
_NOT_AGAIN = (
    r"(?:retry|be retried|re-try|try (?:him|her|them|the case|again)|be tried (?:again|anew"
    r"|a \w+ time)"
    r"|prosecute (?:him|her|them|again)|refile|be refiled|go a third round|seek (?:a "
    r"|another )?(?:new )?"
    r"(?:trial|retrial)|pursue|proceed|bring (?:the case|it) (?:again|back))"
)
_DISMISSED = (
    rf"(?:dismiss(?:ed|es|ing)?|drop(?:s|ped|ping)?|withdr\w+|abandon(?:ed|s|ing)|refused(?! to)"
    rf"|quash(?:ed|es)"
    rf"|discharged) {_GAP}{{0,7}}?{_CHARGE}\b(?! of the)"
    rf"|(?:thr(?:ew|ows|own|owing) out|toss(?:ed|es)(?: out)?) {_GAP}{{0,3}}?(?:charges?"
    rf"|indictments?"
    rf"|counts?|complaints?)\b|dismissal with prejudice|(?:would|will) not reprosecute"
    rf"|{_CHARGE}\b(?: against [^.;]{{1,60}}?)?(?: was| were| is| are| be| had been"
    rf"| have been| has been|,)? (?:\w+ )?(?:dismiss(?:ed|al)|dropped|{_NOLLE}|gone|withdrawn"
    rf"|no more)\b"
    rf"|dismissal of {_GAP}{{0,4}}{_CHARGE}|dismiss(?:ed|es) each\b|notice of dismissal"
    rf"|dismissed with prejudice|(?:the )?(?:state|prosecutors?|district attorney|commonwealth"
    rf"|people)"
    rf" (?:has |have )?(?:then |formally )?dismiss(?:es|ed)\b(?! a\b| the idea| claims?)"
    rf"|{_NOLLE}|allowed a motion to dismiss|(?:mov(?:ed|ing|es)|voted|opted|chose|agree[ds]?) to "
    rf"(?:dismiss|drop)|(?:filed|grant(?:s|ed|ing)|allowed"
    rf"|approved) {_GAP}{{0,6}}?(?:to dismiss|dismissal)"
    rf"|(?:would|will) not (?:\w+ )?{_NOT_AGAIN}|wo(?:n['’]t|uldn['’]t) {_NOT_AGAIN}"
    rf"|no (?:charges )?(?:would|will) be (?:refiled|another trial)|(?:would|will) (?:not|never) be"
    rf" (?:another|a new|a second|a third) (?:trial|prosecution)|no retrial|directions to dismiss"
    rf"|no charges would be refiled|throw(?:s)? in the towel|threw in the towel"
    rf"|declin(?:es|ed) to (?:re-?prosecute|prosecute|retry|try)|(?:case|prosecution) (?:is"
    rf"|was) over\b"
    rf"|(?:terminat|discontinu|stopp|clos)(?:ed|es|ing) {_GAP}{{0,3}}?(?:proceedings|prosecution"
    rf"|investigation|case)\b|(?:proceedings|prosecution|investigation) {_GAP}{{0,5}}?(?:was|were"
    rf"|been)"
    rf" (?:terminated|discontinued|stopped|closed|dropped)"
)
MODES = (
    ("pardoned", _PARDONED),
    ("declared_innocent", _DECLARED_INNOCENT),
    ("acquitted", _ACQUITTED),
    ("dismissed", _DISMISSED),
    ("acquitted", _CLEARED_OF),
    ("vacated", _SET_ASIDE),
)
PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)) for name, pattern in MODES
)
UNREAL = re.compile(
    r"(?i)\b(?:may|might|could|would|whether|if|asks?|asking|seeks?|seeking|sought|urged?"
    r"|hopes?|must|should|refus\w+|\w+n['’]t|oppos\w+"
    r"|expected|set to|due to|plans?|wants?"
    r"|(?<!granting the )(?<!granted the )(?<!granted a )petition\w*|appl(?:y|ied) for|eligible"
    r"|never|not"
    r"|no|partial|deadline|decid\w+ (?:to|whether)|choose between|option|commut\w+"
    r"|(?:has|have|had|needs?) (?:until|\w+ (?:days|weeks|months))|expects?|must decide"
    r"|for (?:a|an) (?:\w+ )?$|pleaded|plead)\b[^;,:]{0,50}$"
)
AFTER_UNREAL = re.compile(
    r"(?i)^[^.;]{0,25}\b(?:that never came|was (?:denied|refused|rejected)|application"
    r"|hearing is)\b"
)
ASKED = re.compile(r"(?i)\basked (?:that|for|a judge|the court)\b[^.;]{0,80}$")
GRANTED = re.compile(r"(?i)\b(?:granted|agreed|approved|signed|allowed|immediately)\b")
WITHIN = re.compile(r"(?i)\b(?:could|would|may|might|should|to) be\b|\bwill be\b")
JURY = re.compile(r"(?i)\b(?:earlier|previous|first) acquittal\b")


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `mode`: the most complete way of clearing that some sentence states as done.

    A pardon told after another way is an earlier one.
    """
    ways = list(_ways(story))
    if not ways:
        return
    line, found = ways[0]
    if found.value == PARDONED:
        before = [way for way in ways[1:] if way[0].paragraph < line.paragraph]
        found = next((fact for _, fact in before if fact.value != VACATED), found)
    yield "mode", found


def _ways(story: Story) -> Iterator[tuple[Line, Fact]]:
    """Yield each way of clearing that is stated as done, the most complete first."""
    acquitted = any(ACQUITTED.search(line.text) for line in story.body)
    quashed = any(QUASHED.search(line.text) for line in story.lines)
    for name, pattern in PATTERNS:
        if quashed and name == DISMISSED:
            continue
        granted = _motion_granted(story) if name == DECLARED else None
        if granted:
            yield story.lines[0], granted
            continue
        for line in story.body if name == DECLARED and acquitted else story.lines:
            match = _real(name, pattern, line)
            if match:
                yield line, fact(story, line, match.span(), name)
                break


def _real(name: str, pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    for match in pattern.finditer(line.text):
        before, after = line.text[: match.start()], line.text[match.end() :]
        if UNREAL.search(before[-70:]) or AFTER_UNREAL.match(after) or JURY.search(match[0]):
            continue
        if WITHIN.search(match[0]):
            continue
        if ASKED.search(before) and not GRANTED.search(line.text):
            continue
        if name == "pardoned" and "partial" in match[0]:
            continue
        return match
    return None


ASKED_INNOCENT = re.compile(
    r"(?i)\basked (?:a|the) (?:judge|court) to (?:find|declare) [^.;]{1,60}?innocent"
)
MOTION = re.compile(
    r"(?i)\b(?:motion|request|petition) (?:was|were) granted|granted the (?:motion"
    r"|request|petition)"
)


def _motion_granted(story: Story) -> Fact | None:
    """A finding of innocence asked for, and granted a sentence or two later, was made."""
    asked: Line | None = None
    for line in story.body:
        if ASKED_INNOCENT.search(line.text):
            asked = line
        granted = MOTION.search(line.text)
        if asked and granted and 0 < line.number - asked.number <= SOON:
            both = story.zones[line.zone][asked.start : line.end]
            found = fact(story, line, granted.span(), DECLARED)
            return replace(found, sentence=both)
    return None


ACQUITTED = re.compile(r"(?i)\bacquitt(?:ed|al)\b")
QUASHED = re.compile(r"(?i)\bquash\w*\b(?! (?:the |an? |his |her )?(?:indictment|charge|warrant))")
"""A quashing ends the matter in its courts: that it is not tried again adds nothing to it."""
DECLARED, DISMISSED = "declared_innocent", "dismissed"
PARDONED, VACATED = "pardoned", "vacated"
SOON = 2
