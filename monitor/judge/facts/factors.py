"""Story → contributing factors as the Registry codes them, and whether DNA cleared. Pure.

A code says that the story tells of such a cause; it is never tied to a named person.
"""

import re
from collections.abc import Iterator

from monitor.judge.facts.text import Line, Story, fact
from monitor.records import Fact

_LINEUP = r"(?:line-?ups?|a line\b|line of|photo (?:array|spread|pack|lineup)|identity parade|mug ?shots?|mugshot book|photographs?|pictures?|photo|album)"
CODES: dict[str, str] = {
    "P/FA": (
        r"recant(?:ed|s|ing|ation)?|(?:committed|admitted(?: to)?|suborned) perjury|perjur(?:ed|ious)|perjured testimony|false(?:ly)? (?:testi\w+|accus\w+|swor\w+|implicat\w+)|lied (?:on the stand|at (?:the )?trial|under oath|to (?:police|the (?:jury|court)))"
        r"|(?:witness\w*|accuser|informant|both|they|she|he)\b[^.;]{0,90}?\b(?:had )?(?:lied|made (?:it|up)|made the|invented|fabricated)\b|invented (?:a|the|his|her) (?:story|tale|account)"
        r"|(?:paid|bribed|promised)\b[^.;]{0,40}?\b(?:to (?:testify|lie|say)|for (?:his|her|their) testimony)|told (?:her|him|them) what to (?:say|swear)|taught (?:her|him|them) what to say"
        r"|jailhouse (?:informant|snitch)|claimed, falsely|bought testimony|(?:witness|accuser|girl|woman|boy)\w*\b[^.;]{0,50}?\bhad told the truth|no regard for the truth"
        r"|(?:took|taken) back (?:his|her|their) (?:testimony|account|story)|admitted (?:[\w'’]+ ){0,8}(?:lied|(?:was|were) paid)|word of a (?:single )?(?:\w+ )?(?:sergeant|officer|informant)|coerced (?:\w+ )?(?:testimony|witness\w*)|witnesses were (?:coerced|paid|threatened)"
    ),
    "OM": (
        r"(?:withheld|withholding|hid(?:den)?|hiding|conceal(?:ed|ing)|suppress(?:ed|ing)|buried|sat on)\b[^.;]{0,50}?\b(?:evidence|reports?|statements?|notes?|files?|records?|witness\w*|results?|memo|from (?:the )?(?:defen[cs]e|jury|jurors|trial)|information|material|video|log|tests?|documents?)\b|(?:evidence|reports?|statements?|notes?|files?|records?|results?|memo|information|material|video|log|documents?|interviews?)\b[^.;]{0,40}?\b(?:withheld|hidden|concealed|suppressed|buried|kept from)\b|kept quiet about|(?:police|detectives?|prosecutors?|officers?)\b[^.;]{0,30}?\bdestroyed|(?:never|not|failed to be|failed to)\b[^.;]{0,15}?\b(?:disclos|turned over|hand(?:ed)? over|given to the defen|give (?:his|her|their) lawyers|shared with the defen)\w*"
        r"|(?:prosecutorial|police|official) misconduct|misconduct by|Brady violation|(?:evidence|drugs?|heroin|cocaine|recoveries were|gun|pistol|weapon)\b[^.;]{0,25}?\bplanted|planted (?:\w+ ){0,4}(?:evidence|drugs?|heroin|cocaine|gun|pistol|packets)"
        r"|(?:officers?|police|detectives?|interrogators?|investigators?)\b[^.;]{0,40}?\b(?:beat|beaten|tortured|coerced|threatened|fabricated|lied|gave false|steered|coached|had been robbing|dictated)|(?:coached|coerced|pressured|steered|threatened|beaten|tortured)\b[^.;]{0,30}?\bby (?:\w+ ){0,3}?(?:police|detectives?|officers?)"
        r"|tortur(?:e|ed)\b|left out of what the defen[cs]e|stayed in a drawer|page was removed|out of (?:the )?defen[cs]e['’]?s? (?:hands|reach)|tampered"
    ),
    "ILD": (
        r"ineffective (?:assistance|counsel|legal)|inadequate (?:legal )?(?:defen[cs]e|representation|counsel)|incompetent (?:lawyer|counsel|attorney)"
        r"|(?:trial|appointed|defen[cs]e|legal-aid|first|original|court-appointed|former|then) (?:lawyer|attorney|counsel|solicitor)s?\b[^.;]{0,60}?\b(?:never|failed|slept|did not|didn['’]t|disbarred|ignored|missed|hired an expert with|asked one question|drunk)"
        r"|(?:lawyer|attorney|counsel)\b[^.;]{0,25}?\b(?:slept|was asleep|fell asleep|never (?:called|interviewed|investigated|watched|told))|whose trial attorney slept|no competent attorney"
    ),
    "MWID": (
        r"(?:mis-?identif\w+|mistaken(?:ly)? identi\w+|wrongly identified|wrongly picked|mistook|had mistaken|mistaken for|identified the wrong|wrong identification|eyewitness (?:error|misidentification))"
        rf"|picked (?:\w+(?:[ -]\w+){{0,3}} )?(?:out )?(?:of|from|out in|out at|by|out)\b[^.;]{{0,30}}?{_LINEUP}|picked out (?:of|from|at|by)\b|(?:identified|chose|selected) (?:\w+(?:[ -]\w+)? )?(?:from|in|out of)\b[^.;]{{0,30}}?{_LINEUP}"
        r"|honest and (?:she|he) was wrong|(?:victim|witness|clerk|survivor)['’]?s? (?:\w+ )?identification|(?:sole|only|surviv\w+) (?:eye)?(?:witness|survivor)\b[^.;]{0,20}?\b(?:identified|had picked)|recognitions? by photograph"
    ),
    "F/MFE": (
        r"bite[- ]?mark|shaken[- ]baby|(?:junk|discredited|debunked|outdated|faulty|flawed|bad|unreliable|bogus|false) (?:forensic\w*|science|arson science|ballistics?|lab\w*|scien\w+ (?:evidence|testimony)|expert testimony|hair)|hair (?:comparison|microscopy)|blood[- ]spatter"
        r"|(?:lab(?:oratory)?|analyst|chemist|technician|examiner|pathologist|doctor|medical examiner|radiologist|forensic \w+)\b[^.;]{0,60}?\b(?:made up|falsified|swapped|was wrong|withdrew|mistaken|erred|overstated|misled|exchanged|wrong sticker|fabricated|said the rope)"
        r"|fire (?:experts|scientists|investigators)\b[^.;]{0,70}?\b(?:no longer|now)|bullets could not be tied|medical testimony\b[^.;]{0,60}?\b(?:would not|no longer|wrong)|matched (?:incorrectly|wrongly)|incorrectly matched|said to be [\"“]identical|the tests were signed by"
    ),
    "FC": (
        r"(?:false(?:ly)?|coerced|forced|compelled|involuntary|so-called|unreliable|tortured|retracted) confess\w*|confess(?:ion|ed|ions)\b[^.;]{0,60}?\b(?:coerced|compelled|forced|false|beaten|after (?:\w+ )?(?:hours|days)|extracted|under (?:hours|torture|duress)|was (?:obtained|coerced|forced)|should never|contradict\w+|got the|untrue|lock-up|was read)"
        r"|(?:beat(?:en)?|tortured|forced|coerced|threatened|pressured|tricked|bullied|badgered)\b[^.;]{0,60}?\b(?:into confess\w*|to confess|until (?:he|she|they) confessed|to sign|a confession|he confessed)|had confessed after|signed a (?:statement|confession|paper)\b|told (?:the )?(?:detectives|police) what (?:she|he) thought"
        r"|(?:admission|confession|statement)s?\b[^.;]{0,30}?\b(?:had been )?(?:drawn out|obtained after|extracted|coerced)|falsely confessed|false admissions?|confessions should never"
    ),
}
PATTERNS = {code: re.compile(rf"\b(?:{pattern})", re.IGNORECASE) for code, pattern in CODES.items()}
DENIED = re.compile(
    r"(?i)\b(?:(?:no (?:evidence|sign|suggestion|indication|finding|allegation)|denie[sd]|without|deny"
    r"|nothing)\b[^.;,]{0,25}|(?:not|never)\b[^.;,]{0,10})$"
)
OTHERS_CONFESSED = re.compile(
    r"(?i)\b(?:another man|someone else|somebody else|the (?:real|actual|true) (?:killer|\w+)|victim['’]s \w+|others['’]?|a different man)\b[^.;]{0,50}$"
)
DNA = re.compile(
    r"(?i)\bwhose DNA\b|\bDNA\b[^.;]{0,110}?\b(?:match(?:ed|es|ing)?|exclud\w+|exonerat\w+|clear(?:ed|s)|another man|someone else|other man|unknown (?:male|man|person)|belong\w*|point\w*|proved|proves|proving|show(?:s|ed|ing)?|implicat\w+|identif\w+|linked|rul(?:ed|es) (?:him|her|them) out|did not|does not|came back|tore)"
    r"|\b(?:match\w*|exclud\w+|exonerated|cleared|freed|tied|linked|turned out|overturned|vacated|implicat\w+|new|testing of|retest\w*)\b[^.;]{0,70}?\b(?:by|through|after|on|with|of|using)?\s?(?:new |fresh |modern |advanced )?DNA\b(?! (?:or|tied))|\bgenetic (?:tests?|testing|evidence)\b[^.;]{0,60}?\b(?:match|exclud|clear|show|prov|belong)\w*"
)
NO_DNA = re.compile(
    r"(?i)\b(?:no|not|nor|without|neither|other than|lack of|absence of|physical evidence,)\b[^.;]{0,30}\bDNA\b|\bDNA\b[^.;]{0,25}\b(?:inconclusive|was not|not (?:tested|available)|never)\b"
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
