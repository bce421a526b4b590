"""The Registry's 45 crimes, and the words that stories have for them."""

CRIMES = (
    "Murder", "Attempted Murder", "Manslaughter", "Accessory to Murder", "Child Sex Abuse",
    "Sexual Assault", "Supporting Terrorism", "Kidnapping", "Child Abuse",
    "Dependent Adult Abuse", "Robbery", "Arson", "Assault", "Attempt, Violent",
    "Other Violent Felony", "Stalking", "Menacing", "Threats", "Burglary/Unlawful Entry",
    "Drug Possession or Sale", "Weapon Possession or Sale", "Sex Offender Registration",
    "Bribery", "Official Misconduct", "Fraud", "Tax Evasion/Fraud", "Forgery", "Perjury",
    "Filing a False Report", "Obstruction of Justice", "Theft", "Possession of Stolen Property",
    "Conspiracy", "Solicitation", "Immigration", "Destruction of Property",
    "Military Justice Offense", "Failure to Pay Child Support", "Traffic Offense", "Harassment",
    "Attempt Nonviolent", "Other Violent Misdemeanor", "Other Nonviolent Felony",
    "Other Nonviolent Misdemeanor", "Other",
)  # fmt: skip
"""The values of the National Registry of Exonerations, the worst first."""

_CHILD = (
    r"(?:child(?:ren)?|girls?|boys?|minors?|toddlers?|pupils?|students?|daughters?"
    r"|stepdaughters?|(?:[1-9]|1[0-5])-year-old"
    r"|(?:four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen)-year-old)"
)
WORDS = {
    "Attempted Murder": (
        r"attempted[ -](?:second-degree |first-degree |capital )?(?:murders?|homicide"
        r"|killing)|attempt to murder"
    ),
    "Accessory to Murder": r"accessory to (?:a |the )?murder",
    "Manslaughter": r"manslaughter|culpable homicide|causing death",
    "Child Sex Abuse": (
        r"sexual offen(?:[cs]es?|ding) (?:against|involving) (?:\w+ ){0,2}"
        + _CHILD
        + r"|child (?:sex(?:ual)? (?:abuse|assault)|molestation|rape)|molest(?:ing|ation|ed)"
        r"|defil(?:ing|ement|ed)"
        r"|sexual(?:ly)? (?:abus\w+|assault\w*|batter\w+) (?:of )?(?:\w+ ){0,2}"
        + _CHILD
        + r"|lewd (?:acts|conduct)"
        r"|(?:rap(?:e|ing) of|rap(?:ed|ing)) (?:\w+ ){0,2}"
        + _CHILD
        + r"|aggravated indecent assault of a child"
    ),
    "Sexual Assault": (
        r"rapes?|raping|raped|sexual(?:ly)? assault\w*|sexual batter\w+|sodomy"
        r"|sex(?:ual)? (?:crimes?|attacks?)|indecent assault"
    ),
    "Supporting Terrorism": r"supporting terror\w*|terrorism|material support",
    "Kidnapping": r"kidnap\w*|abduct(?:ion|ing|ed)|false imprisonment",
    "Child Abuse": (
        r"child[- ]abuse|child cruelty|abusing (?:\w+ ){0,2}(?:child|son|daughter|baby"
        r"|infant)"
        r"|(?:broken|fractured) (?:arm|leg|ribs?)"
    ),
    "Robbery": r"robber(?:y|ies)|robbing|stick-?up|hold-?up|carjacking|mugging|heist|(?:armed"
    r"|post office|bank|shop|wages|office) raids?",
    "Arson": r"arson\w*|setting (?:a |the )?(?:\w+ )?fires?|set(?:ting)? fire|burning down"
    r"|torch(?:ing|ed)",
    "Assault": (
        r"(?:aggravated |felony )?assault(?:s|ing)?|battery|beating|wounding|maiming"
        r"|grievous bodily harm|malicious wounding"
    ),
    "Stalking": r"stalking",
    "Threats": r"(?:making |terroristic |criminal )threats",
    "Burglary/Unlawful Entry": (
        r"burglar(?:y|ies)|break-?ins?|housebreaking|breaking and entering|trespass(?:ing)?"
    ),
    "Drug Possession or Sale": (
        r"(?:trafficking|smuggling|carrying|dealing|couriers?|consignment|sachets?|delivery"
        r"|possession)"
        r"(?: in| of)? (?:[\w.'’]+ ){0,4}?(?:drugs?|heroin|cocaine|crack|marijuana|cannabis|shabu"
        r"|ecstasy"
        r"|methamphetamine|meth|narcotics?|opium|tablets)|narcotics offen[cs]es?|sold (?:crack"
        r"|drugs|heroin"
        r"|cocaine)|drug (?:convictions?|possession|cases?|charges?|sales?|dealing|trafficking"
        r"|crimes?"
        r"|offen[cs]es?|conspiracy)|(?:possess\w+|selling|sale|trafficking|delivery"
        r"|dealing)(?: of| in)? (?:\w+ )?(?:drugs?|heroin|cocaine|crack|marijuana|cannabis"
        r"|methamphetamine|meth|narcotics?)|narcotics (?:convictions?|charges?|cases?)"
        r"|cocaine (?:convictions?|charges?)|heroin (?:convictions?|charges?)"
    ),
    "Weapon Possession or Sale": (
        r"(?:weapons?|gun|firearms?|handgun) (?:possession|charges?|convictions?|case)"
        r"|(?:illegally |unlawful(?:ly)? )?(?:possess\w+|carrying)(?: of)?(?: an?"
        r"| the)?(?: \w+)? (?:guns?|handguns?|firearms?|weapons?|pistols?|explosives|ammunition"
        r"|grenades?)"
        r"|(?:illegal|unlicensed|loaded) (?:guns?|firearms?|weapons?)"
    ),
    "Bribery": r"brib(?:ery|es?|ing)|kickbacks?",
    "Tax Evasion/Fraud": r"tax (?:evasion|fraud)",
    "Fraud": (
        r"(?:wire[ -]|mail[ -]|bank[ -]|securities[ -]|insurance[ -]|health ?care[ -])?fraud"
        r"|defraud\w*|false accounting|embezzl\w+"
        r"|falsif\w+ (?:\w+ ){0,2}(?:records?|accounts?|declarations?|documents?|returns|claims)"
    ),
    "Forgery": r"forgery|forging|counterfeit\w*",
    "Perjury": r"perjury|lying (?:under oath|to (?:a |the )?grand jury)",
    "Filing a False Report": r"(?:filing|making) (?:a )?false (?:police )?report",
    "Obstruction of Justice": (
        r"obstruct(?:ion|ing)(?: of)?(?: justice)?|perverting the course of justice"
    ),
    "Theft": r"theft|thefts|thief|embezzling|pilfer\w+|stealing|stole|larceny|shoplifting"
    r"|criminal breach of trust|misappropriat\w+|taking "
    r"\w+ horses|horse thief",
    "Possession of Stolen Property": (
        r"(?:possess\w+|receiving|handling) (?:of )?stolen (?:property|goods|car)"
    ),
    "Military Justice Offense": r"mutiny|courts?-martial|desertion|disobeying orders",
    "Sex Offender Registration": r"fail(?:ing|ure) to register(?: as a sex offender)?",
    "Immigration": r"illegal (?:re-?)?entry|immigration (?:fraud|offen[cs]e)|human smuggling",
    "Traffic Offense": r"vehicular (?:homicide|manslaughter)|causing death by "
    "(?:dangerous|careless) driving|drunk(?:en)? driving|DUI|dangerous driving|reckless driving",
    "Other": r"blasphem\w+|sedition|insulting the prophet|witchcraft",
    "Murder": (
        r"(?:capital |double |triple |first-degree |second-degree |felony )*murders?"
        r"|murder(?:ing|ed)|murderer|homicides?|(?:fatal(?:ly)? (?:shooting|stabbing|shot"
        r"|stabb\w+|beat\w+))"
        r"|(?:beat(?:en|ing)?|stabb\w+|shot|strangl\w+|bludgeon\w+|burn\w+|stomp\w+|kick\w+"
        r"|batter\w+)"
        r" (?:[\w'’-]+ ){0,5}?to death|shot dead|knifing|fatal(?:ly)? \w+|poison(?:ing|ed)"
        r"|dismember\w+|slain|slaughter"
        r"|kill(?:ings?|ed|s)?|bludgeoning|strangling|slayings?|slay|massacre|(?:shooting"
        r"|stabbing|beating"
        r"|strangulation) deaths?|gunned down|assassinat\w+|infanticide"
        r"|deaths? of|in (?:the |a |his |her )?(?:\w+['’]s )(?:\w+ )?death"
    ),
}
