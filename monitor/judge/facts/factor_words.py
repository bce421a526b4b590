"""Kinds of people and things in a miscarriage of justice: the words for each, to read and change.

`*` stands for any ending, `?` for any letter.
"""

LISTS = """\
POLICE: police, policem?n, policewoman, officer*, detective*, investigator*, interrogator*,
    sergeant*, sgt, sheriff*, deputy, deputies, agent*, constable*, inspector*, cop, cops,
    trooper*, squad, gardaí, RCMP, guards
STATE: prosecutor*, prosecution, district attorney*, the state, the crown, state's attorney*
WITNESS: witness*, eyewitness*, accuser*, complainant*, informant*, informer*, cellmate*,
    cell-mate*, snitch*, co-defendant*, codefendant*, co-accused, accomplice*, the victim,
    victim's, girl, boy, child, children, niece, nephew, daughter, stepdaughter, stepson,
    boyfriend, girlfriend, ex-wife, ex-husband, neighbor*, neighbour*, pupil*, student, teenager,
    inmate, brother-in-law
LAWYER: trial lawyer*, trial attorney*, trial counsel, defense lawyer*, defense attorney*, defence
    lawyer*, defence counsel, defense counsel, public defender*, appointed lawyer*,
    court-appointed lawyer*, court-appointed attorney*, appointed attorney, appointed counsel,
    original lawyer*, original attorney, first lawyer*, former lawyer, former attorney, his
    lawyer, her lawyer, their lawyers, his attorney, her attorney, his solicitor, her solicitor,
    duty solicitor, legal aid lawyer, the lawyer, assigned counsel, counsel assigned, lawyer
    assigned, counsel
PAPER: evidence, report*, statement*, note, notes, notebook, file, files, record*, memo*,
    document*, tape, tapes, recording*, video*, footage, material*, information, result*, test*,
    log, logs, interview*, letter*, photograph*, tip, tips, page, receipt*, email*, messages,
    sheet, supplement, diary, lab report
EXPERT: expert*, pathologist*, medical examiner*, chemist*, serologist*, criminalist*, analyst*,
    technician*, dentist*, odontologist*, doctor*, physician*, specialist*, scientist*, engineer*,
    coroner*, radiologist*, examiner*, laborator*, crime lab*, lab, fire investigators,
    toxicologist*, fire marshal*, linguist*, statistician*, neuropathologist*, paediatrician*,
    pediatrician*, psychologist*
SCIENCE: forensic*, ballistic*, bullet*, blood, hair*, fiber*, fibre*, bite mark*, bite-mark*,
    shoe print*, footprint*, fingerprint*, gunshot residue, autopsy, arson evidence, fire science,
    arson science, medical evidence, medical testimony, expert testimony, scientific evidence,
    science, toxicology, tests, test, handwriting, lab results, shaking, pathology, software, drug
    test*, arson, accelerant*, gasoline, kerosene, rope, teeth, head trauma, cell-site, insulin,
    dna mixture, soil, paint, glass, ink
LINEUP: line-up*, lineup*, photo array*, photo spread, photo pack, identity parade*,
    identification parade*, id parade, mug shot*, mugshot*, photograph*, photo, photos, picture*,
    album, mug book*, photo book
HIM: him, her, them, me, the men, the man, the accused, the boys, the women, the defendant*
CONFESSION: confess*, admission*, self-incriminating statement*
NOT: never, not, nor, neither, failed to, neglected to, without, didn't, hadn't, wasn't, weren't
TOLD: disclos*, turn over, turned over, turning over, hand over, handed over, handed to, shared
    with, share with, told the defense, told the defence, told the jury, told about, told his,
    told her, given to, give to, give his, give her, shown to, shown the, mentioned to, passed on,
    passed to, provided to, produced to, revealed, reached the, made available, allowed to see,
    let on, tell the
HURT: beat, beaten, beating*, torture*, coerced, threaten*, suffocat*, electric shock*, shocks,
    deprived, starved, drugged, pressured, forced, bullied, tricked, duress, without food, without
    sleep, without a lawyer, marathon, exhausting, hours of interrogation, hours of questioning,
    hours in custody
"""
