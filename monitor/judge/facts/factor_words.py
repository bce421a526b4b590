"""Kinds of people and things in a miscarriage of justice: the words for each, to read and change.

`*` stands for any ending, `?` for any letter.
"""

LISTS = """\
POLICE: police, policem?n, policewoman, officer*, detective*, investigator*, interrogator*,
    sergeant*, sgt, sheriff*, deputy, deputies, agent*, constable*, inspector*, cop, cops,
    trooper*, squad, gardaí, gardai, garda, RCMP, guards, gendarmes, lawmen
STATE: prosecutor*, prosecution, district attorney*, the state, the crown, state's attorney*
WITNESS: witness*, eyewitness*, accuser*, complainant*, informant*, informer*, cellmate*,
    cell-mate*, snitch*, co-defendant*, codefendant*, co-accused, accomplice*, the victim,
    victim's, girl, boy, child, children, niece, nephew, daughter, stepdaughter, stepson,
    boyfriend, girlfriend, ex-wife, ex-husband, neighbor*, neighbour*, pupil*, student, teenager,
    teenagers, inmate, brother-in-law, roommate
ONLOOKER: victim*, survivor*, clerk*, teller*, cashier*, shopkeeper*, eyewitness*, witness*,
    customer*, driver, owner, pharmacist, bystander*, passenger*, neighbo*, waitress, barmaid,
    shopper*, storekeeper, woman, guard, complainant
OLDLAWYER: trial lawyer*, trial attorney*, trial counsel, public defender*, appointed lawyer*,
    court-appointed lawyer*, court-appointed attorney*, appointed attorney, appointed counsel,
    original lawyer*, original attorney, first lawyer*, first attorney, former lawyer, former
    attorney, his solicitor, her solicitor, duty solicitor, legal aid lawyer, legal aid attorney,
    legal-aid attorney, assigned counsel, counsel assigned, lawyer assigned, his counsel, her
    counsel, own counsel, lead lawyer, lead attorney, trial barrister, his barrister, her
    barrister, lawyer at the time, lawyer at trial, attorney at trial, trial defender
LAWYER: OLDLAWYER, defense lawyer*, defense attorney*, defence lawyer*, defence counsel, defense
    counsel, his lawyer, her lawyer, their lawyers, his attorney, her attorney, the lawyer, their
    counsel, the defense
PAPER: evidence, report*, statement*, note, notes, notebook, file, files, record*, memo*,
    document*, tape, tapes, recording*, video*, footage, material*, information, result*, test*,
    log, logs, interview*, letter*, photograph*, tip, tips, page, receipt*, email*, messages,
    sheet, sheets, supplement, diary, lab report, fingerprints, history, opinion
EXPERT: expert*, pathologist*, medical examiner*, chemist*, serologist*, criminalist*, analyst*,
    technician*, dentist*, odontologist*, doctor*, physician*, specialist*, scientist*, engineer*,
    coroner*, radiologist*, examiner*, laborator*, crime lab*, lab, fire investigators,
    toxicologist*, fire marshal*, linguist*, statistician*, neuropathologist*, paediatrician*,
    pediatrician*, psychologist*
SCIENCE: forensic*, test, tests, fingerprint*, software, ballistic*, bullet*, blood, hair*,
    fiber*, fibre*, bite mark*, bite-mark*, shoe print*, footprint*, gunshot residue, autopsy,
    arson evidence, fire science, arson science, medical evidence, medical testimony, expert
    testimony, scientific evidence, science, toxicology, handwriting, lab results, shaking,
    pathology, drug test*, arson, accelerant*, gasoline, kerosene, rope, teeth, head trauma,
    cell-site, insulin, dna mixture, soil, paint, glass, ink, expert evidence, statistics
LINEUP: line-up*, lineup*, photo array*, photo spread*, photospread*, six-photo, photo pack,
    identity parade*, identification parade*, id parade, mug shot*, mugshot*, mug book*, photo
    book, show-up, single photograph, single photo, one photograph, one photo, six photographs,
    photographic array, photographic lineup, dock identification*
PHOTO: photograph*, photo, photos, picture*, album
HIM: him, her, them, me, the men, the man, the accused, the boys, the women, the defendant*, the
    appellant*
CONFESSION: confess*, admission*, self-incriminating statement*
NOT: never, not, nor, neither, failed to, neglected to, without, didn't, hadn't, wasn't, weren't,
    none of
TOLD: disclos*, turn over, turned over, turning over, hand over, handed over, handed to, shared
    with, share with, told the defense, told the defence, told the jury, told about, told his,
    told her, given to, give to, give his, give her, shown to, shown the, mentioned to, passed on,
    passed to, provided to, produced to, revealed, reached the, made available, allowed to see,
    let on, tell the, given up, known to the jury, reach trial, reached trial, told the trial
HURT: coerced, threaten*, deprived, starved, drugged, pressured, forced, bullied, tricked, duress,
    without food, without sleep, without a lawyer, marathon, exhausting, hours of interrogation,
    hours of questioning, hours in custody, inhumane
FORCE: torture*, beaten, beat, beat him, beat her, beat them, beatings, whipped, flogged,
    suffocat*, electric shock*, shocks, hung from, hung up, waterboard*, half drowned, kicked,
    punched, brutality, at gunpoint, beaten out of, oppression
"""
