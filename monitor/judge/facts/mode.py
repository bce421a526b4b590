"""Story → how the conviction was undone, with the sentence that says so. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

_SET_ASIDE = (
    r"vacat(?:ed|es|ing)|overturn(?:ed|s|ing)?|quash(?:ed|es|ing)?|annul(?:led|s|ling)?"
    r"|revers(?:ed|es|ing)|set(?:s|ting)? (?:[\w'’-]+ ){0,8}?aside"
    r"|toss(?:ed|es|ing)(?: out)?|thr(?:ew|ows|own|owing) (?:[\w'’-]+ ){0,6}?out|void(?:ed|s)"
    r"|struck down|strikes down|wip(?:ed|es) out|eras(?:ed|es)|undid|undone|undoes|cancelled"
    r"|declared [^.;]{0,30}?miscarriage of justice|dissolv(?:ed|es)|nullif(?:ied|ies)|rip(?:s"
    r"|ped) up|tear(?:s|ing) up|tore up"
    r"|invalidat(?:ed|es)|cleared (?:his|her|their) (?:names?|convictions?)"
)
_CHARGE = r"(?:charges?|indictments?|counts?|cases?|prosecution|complaint)"
_PARDONED = (
    r"(?:grant(?:ed|s)?|sign(?:ed|s)?|issu(?:ed|es)|receiv(?:ed|es?)|gave|gives|given"
    r"|announc(?:ed|es)|signed an order granting"
    r"|won) (?:[\w'’,—-]+ ){0,8}?pardons?\b(?! board)"
    r"|\bpardons? (?:for|to) (?:two|three|[A-Z])|\bpardoned\b"
)
_DECLARED_INNOCENT = (
    r"(?:declar|found|find|rul|pronounc|deem)\w* (?:[\w'’-]+ ){0,6}?(?:(?:actually"
    r"|factually|legally) )?innocent\b"
    r"|(?:factually|actually) not guilty|innocence of [^.;]{1,30} (?:is|has been|was) recogni[sz]ed"
    r"|declared that [^.;]{1,120}? (?:is|are|was|were) innocent\b"
    r"|evidence[\"”]? of (?:\w+['’]s )?actual innocence(?=[.,\"”])"
    r"|\b(?:factually|actually) innocent\b|(?:certificates?|writs?|finding|declaration"
    r"|petition for) of (?:actual |factual )?innocence"
    r"|exonerated by reason of actual innocence|\bby reason of actual innocence"
)
_ACQUITTED = (
    r"\bacquit(?:s|ted|tals? (?:was|were|be) entered)\b|(?:verdicts?|judge?ments?|entry"
    r"|substitut\w+|enter\w+|ends? in|order\w+) (?:[\w'’-]+ ){0,4}?(?:of )?acquittals?\b"
    r"|\bnot[ -]guilty\b(?! plea)|\babsolv(?:ed|es)\b|\bclean chit\b|\bnot responsible\b"
    r"|\bclears? (?:a |the )?(?:\w+ )?(?:man|woman|him|her) at second trial"
    r"|substitut\w+ an acquittal"
)
_DISMISSED = (
    rf"(?:dismiss(?:ed|es|ing)|drop(?:s|ped|ping)|(?:agree[ds]?|move[ds]?|opted|chose|decided"
    r"|voted) to (?:drop|dismiss)) (?:"
    rf"[\w'’,-]+ ){{0,6}}?{_CHARGE}\b"
    rf"|{_CHARGE}\b(?: against [^.;]{{1,60}}?)?(?: was| were| is| are| be| had been"
    rf"| have been|,)? (?:\w+ )?(?:dismiss(?:ed|al)|dropped|nolle prossed|gone"
    rf"|withdrawn)\b"
    rf"|dismissal of (?:[\w'’-]+ ){{0,4}}{_CHARGE}|dismiss(?:ed|es) each\b"
    rf"|(?:the )?state dismisses|nolle pros\w*|{_CHARGE} against [^.;]{{1,60}}? (?:was"
    rf"|were) (?:\w+ )?(?:dismissed|dropped)"
    r"|allowed a motion to dismiss|(?:would|will) not (?:retry|be retried|re-try"
    r"|try (?:him|her|them) again|go a third round|prosecute (?:him|her|them) again"
    r"|seek a new trial)"
    r"|throw(?:s)? in the towel|threw in the towel|declin(?:es|ed) to (?:prosecute again"
    r"|retry)|(?:case|prosecution) (?:is|was) over\b"
)
MODES = (
    ("pardoned", _PARDONED),
    ("declared_innocent", _DECLARED_INNOCENT),
    ("acquitted", _ACQUITTED),
    ("dismissed", _DISMISSED),
    ("vacated", _SET_ASIDE),
)
PATTERNS = tuple(
    (name, re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)) for name, pattern in MODES
)
UNREAL = re.compile(
    r"(?i)\b(?:may|might|could|would|whether|if|asks?|asking|seeks?|seeking|sought|urged?"
    r"|hopes?|must|should|refus\w+|\w+n['’]t|oppos\w+"
    r"|expected|set to|due to|plans?|wants?|petition\w*|appl(?:y|ied) for|eligible|never|not"
    r"|no|partial|deadline|decid\w+ (?:to|whether)|choose between|option|commut\w+"
    r"|for (?:a|an) (?:\w+ )?$|pleaded|plead)\b[^;,]{0,50}$"
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
    for name, pattern in PATTERNS:
        granted = _motion_granted(story) if name == DECLARED else None
        if granted:
            yield story.lines[0], granted
            continue
        for line in story.lines:
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


DECLARED = "declared_innocent"
PARDONED, VACATED = "pardoned", "vacated"
SOON = 2
