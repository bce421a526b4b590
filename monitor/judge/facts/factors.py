"""Story → contributing factors as the Registry codes them, and whether DNA cleared. Pure.

A code says that the story tells of such a cause; it is never tied to a named person.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

_LINEUP = (
    r"(?:line-?ups?|a line\b|line of|photo (?:array|spread|pack|lineup)|identity parade"
    r"|mug ?shots?|mugshot book|photographs?|pictures?|photo|album)"
)
CODES: dict[str, str] = {
    "P/FA": (
        r"recant(?:ed|s|ing|ation)?|(?:committed|admitted(?: to)?|suborned) perjury"
        r"|perjur(?:ed|ious)|perjured testimony|false(?:ly)? (?:testi\w+|accus\w+|swor\w+"
        r"|implicat\w+)|lied (?:on the stand|at (?:the )?trial|under oath|to (?:police"
        r"|the (?:jury|court)))"
        r"|(?:\w*witness\w*|accuser|informant|boyfriend|neighbou?r)\b[^.;]{0,90}?\b(?:had )?"
        r"(?:lied|made (?:it|up)|made the|invented|fabricated)\b"
        r"|(?:both|they|she|he)\b[^.;]{0,25}?\b(?:had )?(?:lied|made it up)\b|invented (?:a"
        r"|the|his|her) (?:story"
        r"|tale|account)"
        r"|(?:paid|bribed|promised)\b[^.;]{0,40}?\b(?:to (?:testify|lie|say)|for (?:his|her"
        r"|their) testimony)|told (?:her|him|them) what to (?:say|swear)|taught (?:her|him"
        r"|them) what to say"
        r"|jailhouse (?:informant|snitch)|claimed, falsely|bought testimony|(?:witness"
        r"|accuser|girl|woman|boy)\w*\b[^.;]{0,50}?\bhad told the truth"
        r"|no regard for the truth"
        r"|(?:took|taken) back (?:his|her|their) (?:testimony|account|story)"
        r"|admitted (?:[\w'’]+ ){0,8}(?:lied|(?:was|were) paid)"
        r"|word of a (?:single )?(?:\w+ )?(?:sergeant|officer|informant)"
        r"|coerced (?:\w+ )?(?:testimony|witness\w*)|witnesses were (?:coerced|paid"
        r"|threatened)"
        r"|false (?:rape |murder |abuse )?(?:cases?|charges?|accusations?|complaints?"
        r"|allegations?)\b"
        r"|(?:detective|officer|sergeant|agent|cop)(?:['’]s)?\b[^.;]{0,60}\bperjury"
        r"|admitted (?:that )?(?:he|she|they) (?:never saw|did not see|had not seen|invented)"
        r"|admitted (?:inventing|making up|lying)|made (?:it|that) all up"
        r"|make up the (?:story|allegation)"
        r"|informant\b[^.;]{0,40}\b(?:forged|invented)|testi\w+ falsely"
        r"|witness(?:es)? took (?:it )?back"
        r"|(?:pressured|coached|told) (?:her|him|them) (?:in)?to (?:lie|lying|accuse)"
    ),
    "OM": (
        r"(?:withheld|withholding|hid(?:den)?|hiding|conceal(?:ed|ing)|suppress(?:ed|ing)"
        r"|buried|sat on)\b[^.;]{0,50}?\b(?:evidence|reports?|statements?|notes?|files?"
        r"|records?|witness\w*|results?|memo|from (?:the )?(?:defen[cs]e|jury|jurors|trial)"
        r"|information|material|video|log|tests?|documents?)\b|(?:evidence|reports?"
        r"|statements?|notes?|files?|records?|results?|memo|information|material|video|log"
        r"|documents?|interviews?)\b[^.;]{0,40}?\b(?:withheld|hidden|concealed|suppressed"
        r"|buried|kept from)\b|kept quiet about|(?:police|detectives?|prosecutors?"
        r"|officers?)\b[^.;]{0,30}?\bdestroyed|(?:never|not|failed to be"
        r"|failed to)\b[^.;]{0,15}?\b(?:disclos|turned over|hand(?:ed)? over"
        r"|given to the defen|give (?:his|her|their) lawyers|shared with the defen)\w*"
        r"|(?:prosecutorial|police|official) misconduct|misconduct by|Brady violation"
        r"|(?:evidence|drugs?|heroin|cocaine|recoveries were|gun|pistol"
        r"|weapon)\b[^.;]{0,25}?\bplanted|planted (?:\w+ ){0,4}(?:evidence|drugs?|heroin"
        r"|cocaine|gun|pistol|packets)"
        r"|(?:officers?|police|detectives?|interrogators?"
        r"|investigators?)\b[^.;]{0,40}?\b(?:beat|beaten|tortured|coerced|threatened"
        r"|fabricated|lied|gave false|steered|coached|had been robbing|dictated)|(?:coached"
        r"|coerced|pressured|steered|threatened|beaten"
        r"|tortured)\b[^.;]{0,30}?\bby (?:\w+ ){0,3}?(?:police|detectives?|officers?)"
        r"|tortur(?:e|ed)\b|left out of what the defen[cs]e|stayed in a drawer"
        r"|page was removed|out of (?:the )?defen[cs]e['’]?s? (?:hands|reach)|tampered"
        r"|plant(?:ed|ing) (?:\w+ ){0,3}(?:evidence|drugs)|(?:detectives?|police"
        r"|officers?) fed (?:him|her|them)"
        r"|(?:beaten|tortured) by (?:\w+ ){0,2}(?:garda\w*|investigators|interrogators|guards)"
        r"|notes (?:had been |were )?(?:rewritten|altered|fabricated)|under torture"
        r"|fabricated (?:\w+ ){0,4}evidence|(?:hid|hidden|buried) (?:\w+ ){0,4}(?:recording"
        r"|tape|footage)"
        r"|(?:officers?|detectives?|police)\b[^.;]{0,20}\btestified falsely|RCMP destroyed"
        r"|(?:prosecutors?|police|detectives?|the state) never (?:told|disclosed|revealed"
        r"|gave|shared|turned)"
    ),
    "ILD": (
        r"ineffective (?:assistance|counsel|legal)|inadequate (?:legal )?(?:defen[cs]e"
        r"|representation|counsel)|incompetent (?:lawyer|counsel|attorney)"
        r"|(?:trial|appointed|defen[cs]e|legal-aid|first|original|court-appointed|former"
        r"|then) (?:lawyer|attorney|counsel|solicitor)s?\b[^.;]{0,60}?\b(?:never|failed|slept"
        r"|did not|didn['’]t|disbarred|ignored|missed|hired an expert with|asked one question"
        r"|drunk)"
        r"|(?:lawyer|attorney|counsel)\b[^.;]{0,25}?\b(?:slept|was asleep|fell asleep"
        r"|never (?:called|interviewed|investigated|watched|told))|whose trial attorney slept"
        r"|no competent attorney"
        r"|(?:lawyer|attorney|counsel)['’]s (?:failure|failures|incompetence)"
        r"|(?:trial|defen[cs]e) (?:lawyer|attorney|counsel)\b[^.;]{0,30}\bdid not (?:consult"
        r"|call|hire|test|present)"
    ),
    "MWID": (
        r"(?:mis-?identif\w+|mistaken(?:ly)? identi\w+|wrongly identified|wrongly picked"
        r"|mistook|had mistaken|mistaken for|identified the wrong|wrong identification"
        r"|eyewitness (?:error|misidentification))"
        rf"|picked (?:\w+(?:[ -]\w+){{0,3}} )?(?:out )?(?:of|from|out in|out at|by"
        rf"|out)\b[^.;]{{0,30}}?{_LINEUP}|picked out (?:of|from|at|by)\b|(?:identified|chose"
        rf"|selected) (?:\w+(?:[ -]\w+)? )?(?:from|in|out of)\b[^.;]{{0,30}}?{_LINEUP}"
        r"|honest and (?:she|he) was wrong|(?:victim|witness|clerk"
        r"|survivor)['’]?s? (?:\w+ )?identification|(?:sole|only"
        r"|surviv\w+) (?:eye)?(?:witness|survivor)\b[^.;]{0,20}?\b(?:identified|had picked)"
        r"|recognitions? by photograph"
        r"|could not have (?:recogni[sz]ed|identified)"
        r"|(?:owner|clerk|teller|cashier|driver|survivor)['’]s (?:\w+ )?identification\b"
    ),
    "F/MFE": (
        r"bite[- ]?mark|shaken[- ]baby|(?:junk|discredited|debunked|outdated|faulty|flawed"
        r"|bad|unreliable|bogus|false) (?:forensic\w*|science|arson science|ballistics?"
        r"|lab\w*|scien\w+ (?:evidence|testimony)|expert testimony|hair)|hair (?:comparison"
        r"|microscopy)|blood[- ]spatter"
        r"|(?:lab(?:oratory)?|analyst|chemist|technician|examiner|pathologist|doctor"
        r"|medical examiner|radiologist|forensic \w+)\b[^.;]{0,60}?\b(?:made up|falsified"
        r"|swapped|was wrong|withdrew|mistaken|erred|overstated|misled|exchanged"
        r"|wrong sticker|fabricated|said the rope)"
        r"|fire (?:experts|scientists|investigators)\b[^.;]{0,70}?\b(?:no longer|now)"
        r"|bullets could not be tied|medical testimony\b[^.;]{0,60}?\b(?:would not|no longer"
        r"|wrong)|matched (?:incorrectly|wrongly)|incorrectly matched"
        r"|said to be [\"“]identical|the tests were signed by"
        r"|(?:discredited|flawed|faulty|debunked|unreliable"
        r"|erroneous) (?:\w+ ){0,2}(?:evidence|testimony|analysis)"
        r"|(?:ballistics?|firearms?|bullets?)\b[^.;]{0,40}\b(?:could not|cannot|did not"
        r"|do not) (?:be )?(?:match|tie|link)"
        r"|testimony from Dr\b[^;]{0,40}\bwas wrong|scien(?:ce|tific \w+) (?:has "
        r"|had )?(?:since )?(?:changed|evolved|advanced)"
        r"|(?:pathologists|experts|specialists|doctors)\b[^.;]{0,30}\b(?:now )?(?:said|say"
        r"|concluded|agreed)\b[^.;]{0,30}\b(?:died of|natural causes|not shaken)"
        r"|exceeded the limits of science|hair (?:analysis|evidence)\b[^.;]{0,40}\b(?:wrong"
        r"|flawed|junk|discredited)"
        r"|(?:today['’]s|modern|current|updated) (?:fire|arson|forensic|medical) science"
    ),
    "FC": (
        r"(?:false(?:ly)?|coerced|forced|compelled|involuntary|so-called|unreliable|tortured"
        r"|retracted) confess\w*|confess(?:ion|ed|ions)\b[^.;]{0,60}?\b(?:coerced|compelled"
        r"|forced|false|beaten|after (?:\w+ )?(?:hours|days)|extracted|under (?:hours|torture"
        r"|duress)|was (?:obtained|coerced|forced)|should never|contradict\w+|got the|untrue"
        r"|lock-up|was read)"
        r"|(?:beat(?:en)?|tortured|forced|coerced|threatened|pressured|tricked|bullied"
        r"|badgered)\b[^.;]{0,60}?\b(?:into confess\w*|to confess|until (?:he|she"
        r"|they) confessed|to sign|a confession|he confessed)|had confessed after"
        r"|signed a (?:statement|confession|paper)\b|told (?:the )?(?:detectives"
        r"|police) what (?:she|he) thought"
        r"|(?:admission|confession|statement)s?\b[^.;]{0,30}?\b(?:had been )?(?:drawn out"
        r"|obtained after|extracted|coerced)|falsely confessed|false admissions?"
        r"|confessions should never"
        r"|confession(?:al)?(?: statement)?s?\b[^.;]{0,30}?\bobtained (?:under|by|through)"
        r"|signed a confession"
        r"|persuaded (?:him|her) to say"
        r"|confessed under (?:threat|duress|pressure|torture)"
    ),
}
PATTERNS = {code: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for code, pattern in CODES.items()}
DENIED = re.compile(
    r"(?i)\b(?:(?:no (?:evidence|sign|suggestion|indication|finding|allegation)|denie[sd]"
    r"|without|deny"
    r"|nothing)\b[^.;,]{0,25}|(?:not|never)\b[^.;,]{0,10})$"
)
OTHERS_CONFESSED = re.compile(
    r"(?i)\b(?:another man|someone else|somebody else|the (?:real|actual|true) (?:killer"
    r"|\w+)|victim['’]s \w+|others['’]?|a different man)\b[^.;]{0,50}$"
)
DNA = re.compile(
    r"(?i)\bwhose DNA\b|\bDNA\b[^.;]{0,110}?\b(?:match(?:ed|es|ing)?|exclud\w+|exonerat\w+"
    r"|clear(?:ed|s)|another man|someone else|other man|unknown (?:male|man|person)|belong\w*"
    r"|point\w*|proved|proves|proving|show(?:s|ed|ing)?|implicat\w+|identif\w+|linked"
    r"|rul(?:ed|es) (?:him|her|them) out|did not|does not|came back|tore)"
    r"|\b(?:match\w*|exclud\w+|exonerated|cleared|freed|tied|linked|turned out|overturned"
    r"|vacated|implicat\w+|new|testing of|retest\w*)\b[^.;]{0,70}?\b(?:by|through|after|on"
    r"|with|of|using)?\s?(?:new |fresh |modern |advanced )?DNA\b(?! (?:or|tied))"
    r"|\bgenetic (?:tests?|testing|evidence)\b[^.;]{0,60}?\b(?:match|exclud|clear|show|prov"
    r"|belong)\w*"
)
NO_DNA = re.compile(
    r"(?i)\b(?:no|not|nor|without|neither|other than|lack of|absence of"
    r"|physical evidence,)\b[^.;]{0,30}\bDNA\b|\bDNA\b[^.;]{0,25}\b(?:inconclusive"
    r"|was not|not (?:tested|available)|never)\b"
)


def extract(story: Story) -> Iterator[tuple[str, Fact]]:
    """Yield `factors`, with the sentence of the first, and `dna` where DNA helped to clear."""
    found: dict[str, tuple[Line, tuple[int, int]]] = {}
    for code, pattern in PATTERNS.items():
        for line in story.lines:
            match = _told(code, pattern, line)
            if match:
                found[code] = line, match.span()
                break
    if found:
        line, span = min(found.values(), key=lambda place: place[0].number)
        yield "factors", fact(story, line, span, tuple(found))
    for code, (line, span) in found.items():
        yield f"factor_{code}", fact(story, line, span, code)
    for line in story.lines:
        match = DNA.search(line.text)
        if match and not NO_DNA.search(line.text):
            yield "dna", fact(story, line, match.span(), "yes")
            return


def _told(code: str, pattern: re.Pattern[str], line: Line) -> re.Match[str] | None:
    for match in pattern.finditer(line.text):
        before = line.text[: match.start()]
        if DENIED.search(before[-40:]) and not match[0].lower().startswith(
            ("never", "not", "failed")
        ):
            continue
        if code == "FC" and OTHERS_CONFESSED.search(before[-60:]):
            continue
        return match
    return None
