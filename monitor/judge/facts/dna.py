"""Sentence → the words that say DNA helped to clear: a trace, and whose it is not. Pure."""

import re

_DNA = r"(?:DNA|genetic (?:tests?|testing|analys[ie]s|evidence|profiles?|material|genealog\w+))"
_TRACE = (
    r"(?:semen|sperm|saliva|blood(?!\s?(?:type|group))|hairs?|swabs?|rape kits?|assault kits?"
    r"|skin cells"
    r"|sweat|fingernails?|finger-?nail (?:scrapings|clippings)|biological (?:evidence|material"
    r"|traces?"
    r"|samples?)|bodily fluids?|cigarette (?:butts?|ends?)|stains?)"
)
_OTHERS = (
    r"(?:another (?:man|person|woman|inmate|suspect)|someone else|somebody else|other (?:man|men)"
    r"|a (?:different|second|third) (?:man|person)|a (?:known |convicted |serial )?(?:stranger"
    r"|man who"
    r"|rapist|killer|offender|murderer|sex offender)|unknown (?:man|male|person)|neither)"
)
_EXCLUDES = (
    r"(?:exclud\w+|rul(?:ed|es) (?:him|her|them|[A-Z]\w+)? ?out|(?:was|were|is|are|did"
    r"|does|do)"
    r"(?: ?n['’]t| not) (?:be |come from |match )?(?:his|hers?|theirs|him|match)|not his|not hers)"
)
RESULT = re.compile(
    rf"\b{_DNA}\b[^.;]{{0,110}}?"
    r"\b(?:match\w*|exclud\w+|exonerat\w+|clear(?:ed|s)|another|someone else|other (?:man|men)"
    r"|unknown|belong\w*|point\w*|prov\w+|show(?:s|ed|ing)?|implicat\w+|identif\w+|linked|traced"
    r"|rul(?:ed|es)|did not|does not|came back|tore|is that of|of an? (?:\w+ )?(?:man|woman"
    r"|stranger"
    r"|\w+er)|results?|settled|found|two men|someone|stranger|carried|contractor|murderer|killer"
    r"|in (?:his|her|their) favou?r|in favou?r of|(?:was|were) (?:under|on|in|inside))\b"
    r"|\b(?:match\w*|exclud\w+|exonerated|cleared|freed|tied|linked|turned out|overturned|vacated"
    r"|carries|implicat\w+|new|testing of|retest\w*)\b[^.;]{0,70}?\b(?:by|through|after|on|with|of"
    r"|using|the|men['’]s|man['’]s)?\s?(?:new |fresh |modern |advanced )?DNA\b(?! (?:or|tied))"
    r"|\b(?:found|finds|held|yielded|left)\b[^.;]{0,50}?\w(?:['’]s|s['’]) DNA\b"
    r"|\bwhose DNA\b|\b(?:shown|held|found|finds)\b[^.;]{0,50}?\bDNA (?:of|from)\b"
    rf"|\b{_TRACE}\b[^.;]{{0,110}}?\b(?:(?:came|is|are|was|were) (?:from|of|that of) {_OTHERS}"
    rf"|belong\w* to {_OTHERS}|match\w* (?:to )?{_OTHERS}|{_EXCLUDES})\b"
    rf"|\b(?:tests?|tested|testing|retest\w*|examin\w+|laborator\w+"
    rf"|lab)\b[^.;]{{0,50}}?\b{_TRACE}\b"
    rf"[^.;]{{0,60}}?\b(?:{_EXCLUDES}|belong\w+|match\w*|came from)\b"
    rf"|\b{_TRACE}\b[^.;]{{0,60}}?\b(?:was|were|has been|have been) (?:matched|traced|linked) to\b",
    re.IGNORECASE,
)
NONE = re.compile(
    r"(?i)\b(?:asked?|asking|seeks?|seeking|sought|refus\w+|denied|before"
    r"|era of)\b[^.;]{0,25}\bDNA\b"
    r"|\b(?:no|not|nor|without|neither|other than|lack of|absence of"
    r"|physical evidence,)\b[^.;]{0,30}\bDNA\b|\bDNA\b[^.;]{0,25}\b(?:inconclusive"
    r"|was not|not (?:tested|available)|never)\b|\b(?:mutation|disorder|disease|cardiac)\b"
    r"|\bDNA sample\b|\b(?:not|wasn['’]t|weren['’]t) human\b"
)


def cleared(text: str) -> re.Match[str] | None:
    """Return the words that say so, unless the sentence tells of missing or other DNA."""
    match = RESULT.search(text)
    return match if match and not NONE.search(text) else None
