"""Words that stand before names, and capitalised words that are no names."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set(
    """
    mr mrs ms miss mx mister madam sister brother granny grandma uncle aunt alhaji alhaja mallam
    hajia chief's sri shri smt datuk dato haji comrade pa mama airman seaman nurse señor señora
    don doña
    herr frau monsieur madame signor signora
    """
)
OFFICES = _set(
    """
    judge justice justices lord lady sir dame magistrate chief presiding associate circuit
    district attorney state's states prosecutor prosecutors da d.a gov governor lt det
    detective detectives sgt sergeant officer officers sheriff mayor sen senator rep
    representative president minister prime professor prof dr doctor rev reverend pastor
    father secretary commissioner lawyer lawyers solicitor barrister counsel spokesman
    spokeswoman spokesperson director inspector superintendent agent constable coroner deputy
    assistant attorneys general juror clerk king's queen's commonwealth commonwealth's crown
    supreme court former ex president's special senior investigator chancellor councilman
    councilwoman congressman congresswoman rabbi imam bishop warden acting interim cardinal
    superior appeals appellate investigating advocate advocates principal barristers commander
    lieutenant attorney-general solicitor-general director-general common pleas county u.s us
    federal emeritus acj kc qc ag
    """
)
LEARNED = _set("pastor rev reverend rabbi imam bishop father dr doctor prof professor senior")
"""Titles of witnesses and experts, and of people who were convicted, too."""
SOLDIERS = _set(
    """
    capt captain cpl corporal pvt private pfc spc specialist sailor seaman
    """
)
RANKS = _set(
    """
    gov sen rep judge justice det sgt lt da attorney prosecutor prosecutors
    """
)
OPENERS = _set(
    """
    applicant appellant petitioner defendant inmate prisoner exoneree
    a an the and but or so yet in on at by for from with without after before when while as if
    since though although because during under until now both all some many most more no not
    nor one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty another he she it they we i
    you his
    her its their our my this that these those there then today yesterday what who whom whose
    why how where is was were are do did does has had have will would could should may might
    let like even only just once still also meanwhile however instead later earlier finally
    afterward afterwards tonight here there outside later back together last next each every
    either neither free stop save defend dear take watch protest
    executing justice for set to letter letters featured photo image caption meet remembering
    featuring rest outside inside standing asked told according despite among between about
    over through upon within said says thanks free freed innocent guilty cleared exonerated
    convicted acquitted wrongly monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december jan feb
    mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
    prosecutors lawyers police detectives attorneys judges jurors investigators witnesses
    officials supporters advocates relatives americans american british english scottish welsh
    irish canadian australian japanese chinese indian french german italian spanish mexican
    brazilian dutch russian black white hispanic latino latina asian african native christian
    muslim jewish catholic aboriginal indigenous norwegian moroccan
    """
)
NOT_PEOPLE = _set(
    """
    nation tribe tribal reservation supermarket store restaurant hotel motel
    county parish court courts courthouse courtroom project university college school
    department police office district attorney attorney's attorneys' prison jail correctional
    penitentiary center centre institute institution foundation society association committee
    commission council unit bureau division program clinic initiative network registry state
    states united city town village street avenue road boulevard highway park island islands
    river lake mountain hills church hospital house senate congress parliament assembly party
    union company corporation corp inc ltd bank times post news press tribune herald gazette
    journal chronicle magazine radio television tv facebook twitter instagram youtube google
    day eve year christmas thanksgiving easter war army navy marine marines force guard act
    law code constitution amendment bill title section rule circuit appeals appeal supreme
    superior criminal justice innocence conviction integrity review exoneration death row
    north south east west northern southern eastern western side new san los las saint fort
    dna fbi cia ap reuters afp bbc cnn nbc abc cbs msnbc npr pbs ohio texas crown public
    general socialist worker workers building story web book movement systems lines trade
    agreement objector conscientious examiner rod lodge punishment security civil rights
    moratorium capital evil audio veterans corps commander communities campaign coalition
    union federation league alliance ministry office's service services authority agency board
    panel group committee's academy da d.a ag republic kingdom province territory federal
    hub resources nations vehicles defenders national international african-american high
    """
)
