"""Kinds of people and deeds → sentence frames for each contributing factor of the Registry.

`factor_words` has fixed phrases; a frame says who did what, in whatever words.
"""

_POLICE = (
    r"(?:police(?:m[ae]n|woman)?|detectives?|officers?|investigators?|interrogators?|sergeants?|sgt"
    r"|sheriffs?|sheriff['’]s (?:investigator|deputy|psychologist)|deput(?:y|ies)|agents?|gardaí?"
    r"|constables?|inspectors?|cops?|troopers?|commander|drug squad|vice squad|squad|special cell"
    r"|guards?|warders?|prosecutors?|prosecution|the state|the crown|RCMP)"
)
_WITNESS = (
    r"(?:(?:eye-?)?witness(?:es)?|accusers?|complainants?|informants?|informers?|cell-?mates?"
    r"|snitch(?:es)?|co-?(?:accused|defendants?)|the victim|(?:the )?(?:girls?|boys?|child(?:ren)?)"
    r"|nephew|niece|boyfriend|girlfriend|wife|neighbou?rs?|brother-in-law|daughter|stepdaughter"
    r"|pupils?|ex-wife)"
)
_LAWYER = (
    r"(?:(?:trial|appointed|defen[cs]e|legal[- ]aid|first|original|court-appointed|former|then|lead"
    r"|duty|his|her|their|assigned|whose) )*(?:lawyers?|attorneys?|counsel|solicitors?|barristers?"
    r"|public defenders?|advocate|predecessor)(?: at trial| assigned to (?:him|her|them))?"
)
_PAPER = (
    r"(?:evidence|reports?|statements?|notes?|notebook|note|files?|records?|witness\w*|results?"
    r"|memo|information|material|video|footage|tapes?|recording|logs?|tests?|documents?|receipt"
    r"|diary|interviews?|letters?|photographs?|messages|supplement|sheets?|page|prints?"
    r"|identification|ticket|emails?)"
)
_EXPERT = (
    r"(?:experts?|pathologists?|medical examiners?|chemists?|serologists?|criminalists?|analysts?"
    r"|technicians?|dentists?|odontologists?|doctors?|physicians?|specialists?|fire (?:marshal"
    r"|engineers?|scientists?|investigators?)|scientists?|toxicologists?|statisticians?|engineers?"
    r"|coroner|radiologists?|endocrinologists?|linguist|lab(?:oratory)?|crime lab|examiner)"
)
_FORENSIC = (
    r"(?:forensic\w*|ballistics?|bullets?|blood|hairs?|fib(?:re|er)s?|bite[- ]?marks?|shoe ?prints?"
    r"|boot ?prints?|footprints?|fingerprints?|tyre (?:marks|prints)|gunshot residue|autopsy"
    r"|arson science|fire science|toxicology|dog[- ](?:scent|sniff)\w*|field (?:kit|test)"
    r"|handwriting"
    r"|cell-?site|rope|voice analysis|testimony|science|scientific|shaking|shaken|head trauma"
    r"|pour patterns|kerosene|accelerants?|gasoline|insulin|statistics?)"
)
_SUSPECT = (
    r"(?:him|her|them|the (?:men|man|boys?|women|woman|accused|appellants?|defendants?|suspects?"
    r"|teens?|teenagers?|youths?)|[A-Z][\w'’-]+)"
)
FRAMES: dict[str, tuple[str, ...]] = {
    "P/FA": (
        rf"{_WITNESS}\b[^;]{{0,120}}?\b(?:recant\w*|retract\w*|took (?:it|that|everything) back"
        r"|t(?:ook|aken) back (?:his|her|their|the)|withdr(?:ew|awn) (?:his|her|their|the)"
        r"|made (?:it|that|the (?:story|whole thing)|him) up|made up (?:his|her|their|the)|lied"
        r"|lying|invented|had not told the truth)\b",
        rf"{_WITNESS}\b[^;]{{0,80}}?\b(?:was|were|had been|been) (?:paid|bribed|coached|promised"
        r"|rewarded|told (?:what|whom|who) to)\b",
        r"\b(?:paid|bribed|coached|coaching|promised) (?:the |a |an |two |his |her "
        rf"|their )?(?:\w+ )?{_WITNESS}",
        rf"{_WITNESS}\b[^;]{{0,80}}?\b(?:told|admitted|admits|swore|sworn|testified|said"
        r"|says)\b[^;]{0,60}?\b(?:coached|it (?:had )?never happened|told (?:\w+ )?(?:what"
        r"|whom|who) to|sugar|no such|nothing (?:had )?happened|there had been no rape"
        r"|was not there)\b",
        r"\b(?:told|taught|made|forced) (?:her|him|them|us) (?:what to (?:say|swear)|whom to name"
        r"|to (?:lie|learn (?:the|her|his))|learn the story)",
        r"\b(?:lied|testified|testimony|evidence|informed) (?:\w+ )?in (?:exchange|return) for\b",
        rf"\b(?:lied|testified) [^;]{{0,20}}\b(?:deal|leniency)\b|{_WITNESS}[^;]{{0,60}}\bdeal\b",
        r"\b(?:fake|false|same|similar|invented|fabricated|bogus|made-up) (?:rape |sex "
        r"|abuse )?(?:claims?|complaints?|allegations?|accusations?)\b",
        r"\baccus(?:ed|ing) (?:him|her|them) (?:out of|from) (?:jealousy|spite|revenge|a grudge)"
        r"|\bout of (?:jealousy|spite)|\ban? (?:improper motive|grudge)\b",
        r"\b(?:cell-?mate|jail(?:house)? (?:informant|inmate)|prison informant|fellow (?:inmate"
        r"|prisoner))s?\b[^;]{0,60}\b(?:swore|said|claimed|testified|confess\w*|paid)",
        r"\b(?:purchased|bought|procured by|resting on|built on|based on) (?:\w+ )?(?:perjury"
        r"|lies|sentence)\b|\bprocured by perjury",
        r"\b(?:uncle|aunt|father|mother|stepfather|stepmother|boyfriend|parent"
        r"|relative)s?\b[^;]{0,40}\b(?:had )?(?:coached|told|made|taught|gave) (?:her|him|them"
        r"|the girl|the boy)\b[^;]{0,30}\b(?:say|story|sugar|lie|learn|name)",
    ),
    "OM": (
        r"\b(?:withh(?:eld|olding|old)|h[ia]dd?(?:en)?|hiding|conceal\w*|suppress\w*|buried"
        r"|sat (?:up)?on|kept (?:back|quiet about|from|out of)|with-held|put away|deleted?"
        rf"|destroyed|undisclosed|nondisclosure of|non-disclosure of)\b[^;]{{0,70}}?\b{_PAPER}\b",
        rf"\b{_PAPER}\b[^;]{{0,110}}?\b(?:withheld|hidden|concealed|suppressed|buried|kept back"
        r"|kept (?:out of|from)|undisclosed|never (?:been )?(?:turned over|disclosed|logged"
        r"|shown|given|handed|shared|mentioned)|not (?:been )?(?:turned over|disclosed|shown"
        r"|handed|shared|given to|provided)|left out of (?:the|her|his)|removed from"
        r"|unavailable to the|disclosed (?:to the defen[cs]e )?only in|(?:had |was |were "
        r"|been )+(?:typed up later|rewritten|altered|falsified|fabricated|manufactured"
        r"|doctored)|in a (?:retired )?detective['’]s|sat in (?:a|the|his|her)\b)",
        r"\b(?:never|nor|neither|not|n['’]t|failed to|neglected to)\b[^;]{0,30}\b(?:disclos\w+"
        r"|turn(?:ed)? (?:\w+ ){0,3}over|hand(?:ed)? (?:\w+ ){0,3}over|shar(?:e|ed) with the"
        r"|told the (?:jury|defen[cs]e)|told about|allowed to see|mentioned to the jury|let on)\b",
        r"\b(?:should(?:['’]ve| have)|ought to have) been (?:shown|given|handed|disclosed"
        r"|produced)",
        r"\bkept (?:from|out of) (?:his|her|their|the) (?:counsel|lawyers?|defen[cs]e|solicitor"
        r"|file|prosecution)|\bdisclosure (?:obligations|to the defen[cs]e)|\bunused material\b",
        rf"{_POLICE}\b[^;]{{0,60}}?\b(?:knew|had known|KNEW)\b[^;]{{0,60}}\b(?:kept|nobody|but"
        r"|quiet|schtum)",
        rf"{_POLICE}['’]?s?\b[^;]{{0,70}}?\b(?:planted|fabricated|invented|manufactured|doctored"
        r"|forged|falsified|framed|tortured|suffocated|perjured (?:himself|herself|themselves)"
        r"|lied|made up|coached|coerced|fed|steered|dictated|tampered|shabby)\b",
        r"\b(?:planted|fabricated|invented|manufactured|doctored|forged|falsified|framed"
        r"|tortured|beaten|beat|coached|coerced|suffocated"
        rf"|dictated)\b[^;]{{0,50}}?\bby (?:\w+ ){{0,3}}?{_POLICE}\b",
        rf"{_POLICE}\b[^;]{{0,40}}?\b(?:had )?(?:beaten?|beat) (?:him|her|them)\b",
        r"\b(?:evidence|case|drugs?|gun|weapon)\b[^;]{0,40}\b(?:was|were|been) planted"
        r"|\bplanting (?:\w+ ){0,4}(?:evidence|drugs?|heroin|cocaine|crack|guns?)",
        r"\b(?:corrupt|disgraced|crooked|rogue|fired|convicted|discredited"
        r"|jailed) (?:\w+ ){0,3}(?:detective|sergeant|officers?|sgt|cop|policem[ae]n"
        r"|police officer|inspector|agent|narcotics sergeant|commander)s?\b",
        r"\b(?:word|testimony|statements|say-so) of (?:an? |one |the |two |former |roving |same "
        r"|single |\w+ )*(?:narcotics|undercover|detective|sergeant|sgt|officers?|agent"
        r"|homicide investigator)",
        r"\b(?:detective|officer|sergeant|agent|policeman|squad|team|commander"
        r"|crime-scene chief)s?\b[^;]{0,90}\b(?:has|was|were|himself|later"
        r"|since)\b[^;]{0,25}\b(?:jailed|convicted|imprisoned|gone to prison|sentenced"
        r"|awaiting trial|charged with)",
        r"\b(?:detective|officer|policeman|investigator"
        r"|cop)s?\b[^;]{0,50}\b(?:had )?(?:shown (?:him|her)|said which|told (?:her|him"
        r"|them) (?:this|which)|gave (?:her|him|them) the name)",
        r"\b(?:framed|fitted up|stitched up)\b|\b(?:prosecutorial|police|official"
        r"|state) misconduct|\bBrady (?:violation|material|claim)",
        r"\blied about (?:the |a )?(?:gunshot|evidence|notes|identification)",
    ),
    "ILD": (
        rf"\b{_LAWYER}\b[^;]{{0,60}}?\b(?:never|failed|slept|asleep|did not|didn['’]t|does not"
        r"|neglected|disbarred|ignored|missed|drunk|called no|called none|asked (?:no|one)"
        r"|made no|hired (?:an?|the)|mixed up|believed there was|forgot|overlooked|conceded"
        r"|speciali[sz]ed in|without ever|had (?:\w+ )?minutes)\b",
        r"\b(?:the )?lawyer called (?:none|no)\b|\bcalled no witnesses\b|\bno competent (?:lawyer"
        r"|attorney|counsel)|\bconstitutionally ineffective|\bcalled that ineffective"
        r"|\bineffective (?:assistance|counsel|legal|representation)",
        r"\b(?:because|since) (?:a|her|his) lawyer (?:said|told)|\bon (?:his"
        r"|her) lawyer['’]s advice",
        r"\b(?:attorney|lawyer|counsel)\b[^;]{0,40}\bsince disbarred",
    ),
    "MWID": (
        rf"\b(?:picked|pick|picks|picking) (?:out |{_SUSPECT} (?:out|from|in|at|off)|the wrong)\b",
        r"\bpicked (?:him|her|them)\b(?! up)|\bpicked [A-Z][\w'’-]+ out\b",
        r"\b(?:pointed|pointing) (?:at|to) (?:him|her|them)\b|\bpointed (?:him|her|them) out\b",
        r"\b(?:identity|identification|id) parade|\bphoto (?:array|line-?up|spread|pack)"
        r"|\bshown (?:six|a single|several|eight|five|\d+)? ?(?:photographs?|photos|mug ?shots)",
        r"\b(?:test )?identification parade|\bshown his (?:yearbook|photograph|picture)",
        r"\b(?:eye-?witness|victim|survivor|customer|clerk|teller|cashier|shopkeeper"
        rf"|witness(?:es)?|driver)s?\b[^;]{{0,40}}\bidentified {_SUSPECT}(?! as the (?:driver"
        r"|owner))",
        r"\b(?:lone|sole|only|single) (?:eye-?)?witness\b[^;]{0,60}\b(?:identif\w+|took back)",
        r"\b(?:mistaken|wrong|wrongful|mis-?|honest but mistaken) ?(?:identi\w+|glance"
        r"|recognition)|\bmistaken for\b|\bmistook\b|\bmixed (?:them|the two) up|\bresembl(?:e|ed"
        r"|es)\b|\blook-?alike|\blooked like him\b",
        r"\bshared? the same (?:names?|surnames?)|\bsame (?:name|surname)s?\b",
        r"\bidentified (?:him|her|them|[A-Z][\w'’-]+) from a (?:photograph|picture|photo)",
        r"\b(?:took|taken|takes) back (?:his|her|their) identification",
        r"\b(?:robber|attacker|gunman|assailant|rapist|killer|suspect)s? (?:had|as|was|were"
        r"|with)\b[^;]{0,50}\b(?:gold teeth|taller|shorter|white|black|scar|accent|beard"
        r"|clean-shaven)",
        r"\b(?:victims|witnesses) say (?:that )?it (?:wasn['’]t|was not) (?:him|her)",
    ),
    "F/MFE": (
        rf"{_EXPERT}\b[^;]{{0,90}}?\b(?:was wrong|were wrong|mistaken|erred|misread|had it wrong"
        r"|confused|falsified|made up|invented|disgraced|discredited|abandoned|retracted"
        r"|withdr[ae]wn?|taken it back|took (?:it|that) back|conceded|admitted (?:that )?(?:he"
        r"|she|it|his|her)|hid|did not look|under investigation|changed (?:his|her) mind"
        r"|he['’]d change|no longer|mixed up|had certified|was consuming|swapped|mislabel\w+)\b",
        rf"{_EXPERT}\b[^;]{{0,60}}?\b(?:concluded|testified|agreed|found|said|say|says|reported"
        r"|accepted|established|describe|wrote)\b[^;]{0,60}?\b(?:natural(?:ly)?|disease"
        r"|disorder|heart defect|clot\w*|not shaken|accident\w*|pneumonia|flashover|wiring"
        r"|electrical|never been shaken|could (?:not|only)|couldn['’]t|no such)\b",
        r"\b(?:disgraced|discredited|convicted|former state) (?:\w+ )?(?:chemist|serologist"
        r"|analyst|pathologist|forensic scientist|medical examiner|dentist)",
        rf"\b{_FORENSIC}\b[^;]{{0,90}}?\b(?:flawed|discredited|debunked|unreliable|baseless|wrong"
        r"|without (?:\w+ )?(?:scientific )?basis|no (?:scientific )?basis"
        r"|could have been left by|collapsed|outdated|junk|has changed|changed|had been negative"
        r"|been negative|cannot|can['’]t|couldn['’]t|could not|n(?:o|['’])t match|overstated)\b",
        r"\b(?:flawed|discredited|debunked|unreliable|baseless|junk|bad|outdated|wrong|bogus"
        rf"|counting fault|invented) (?:\w+ ){{0,2}}?{_FORENSIC}\b",
        r"\bwithout scientific basis|\bpour patterns|\babusive head trauma|\bshaken[- ]baby",
        r"\bbit(?:e|ing)[- ]marks?\b|\bmarks? (?:of|from) (?:his|her) teeth",
    ),
    "FC": (
        r"\bconfess(?:ion|ional|ions)\b[^;]{0,120}?\b(?:retract\w*|coerced|compelled|forced|false"
        r"|fabricated|untrue|contradict\w*|extracted|identical|reject\w*|unreliable|suppress\w*"
        r"|manufactured|obtained|changes|wrong|tortur\w*|beat(?:en)?|never|agrees with"
        r"|in a language|in English|hand that|duress|was written|did not speak|not (?:match"
        r"|fit))\b",
        r"\b(?:false|coerced|forced|retracted|wrongful|extracted|unreliable|induced|read (?:his"
        r"|her) own|tear-stained|disputed|incompatible|made up his|decade-old|so-called|alleged"
        r"|videotaped|coached through a|signed(?: a)?|supposed) (?:\w+ ){0,2}?(?:confess\w*"
        r"|admissions?|statement)",
        r"\b(?:beat\w*|torture\w*|suffocat\w*|hung|drugged|starved|threaten\w*|questioned"
        r"|interrogat\w*|held|kept|hours|lengths?)\b[^;]{0,110}?\b(?:until|till|before|so that"
        r"|and) (?:he|she|they) (?:had )?(?:signed|confessed|agreed|thumbed|put|broke|admitted)",
        r"\bsigned (?:an? )?(?:statement|admission|paper|what was put|confession)s?\b"
        r"|\bsigned with an x\b|\bput (?:his|her|their) thumbprints?\b|\bthumbed a statement",
        r"\b(?:had |they['’]d |he['’]d |she['’]d |they )(?:all )?(?:signed confessions"
        r"|confessed,? one after|confessed to (?:a cell|detectives|police|it in|a murder that))",
        r"\b(?:who|five|four|three|two|six|boys|teens|men) (?:had )?(?:as boys )?confessed\b",
        r"\b(?:gave|give|giving) (?:\w+ ){0,4}(?:statements? in which|confessions?)\b"
        r"|\bowned up in therapy|\btake away the confession|\bno confession, no conviction",
    ),
}
