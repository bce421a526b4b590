"""What goes wrong in a case, by the Registry's codes: who did what, to read and change.

A rule begins with `-`. Its lists are parted by `>` or `+`: one word of each must stand in this
order in one sentence, at most `REACH` letters apart, or `NEXT` letters after a `+`. A word in
capitals is a list of `factor_words`; `*` stands for any ending, `?` for any letter.
"""

REACH, NEXT = 110, 25
RULES = """\
P/FA
- WITNESS > recant*, retract*, took back, taken back, takes back, took it back, took it all back,
  withdrew, lied, lying, made up, made it up, made it all up, made the story up, making it up,
  invented, concocted, fabricated, perjur*, falsely, never happened, did not happen, coached, was
  paid, were paid, been paid, bribed, in exchange for, in return for, for leniency, lighter
  sentence, not told the truth, never saw, had not seen, did not see, grudge, out of spite,
  jealousy, nothing happened, nothing had happened,
  forged, coerced, threatened, pressured, for a deal, plea deal, reward*
- paid, bribed, coached, pressured, promised, coerced, threatened, taught, told > WITNESS >
  testif*, lie, say, name, identify, accuse, implicate, testimony, story, evidence
- recant*, perjury, perjured, false accusation*, falsely accus*, false testimony, falsely testif*,
  testified falsely, lied under oath, lied on the stand, lied at trial, lied to the jury, false
  evidence, false complaint*, false allegation*, false claim*, fabricated testimony, bought
  testimony, swore falsely, false case*, false charge*, false rape, admitted they lied, admitted
  he lied, admitted she lied, admitted lying, admitted inventing, lied in exchange, testified in
  exchange, testimony in exchange, in exchange for his testimony, in exchange for her testimony,
  in return for his evidence, in return for testimony, to lie, told her what to say, told him what
  to say, told them what to say, told what to say, improper motive, invented the, made the story
  up, made up the story, made it all up, false witness*, coached testimony, fake claim*, invented
  story
- jailhouse informant*, jailhouse snitch*, jail informant*, prison informant*, cellmate*
- admitted, admits, confessed, acknowledged, swore, says, said > invented, lied, made up, made it
  up, never happened, had lied, was not there > WITNESS, testimony, story, the stand, him, her
OM
- withheld, withhold*, hid, hidden, hiding, conceal*, suppress*, buried, destroyed, undisclosed,
  sat on, sat upon, failed to disclose, lost, kept out of, removed, kept back, deleted,
  nondisclosure, non-disclosure, kept secret > PAPER, witness*, alibi, suspect*, deal, deals,
  payment*, leads, confession, identity, names
- PAPER > withheld, hidden, concealed, suppressed, buried, kept from, undisclosed, destroyed,
  never disclosed, not disclosed, never been disclosed, never turned over, not turned over, never
  given to, not given to, never handed, not handed, never shared, not shared, never shown, not
  shown, never reached, never told, kept out of, left out of, falsified, rewritten, altered,
  doctored, never logged, should have been disclosed, never seen by, not been disclosed
- failed to disclose, did not disclose, never disclosed, had not disclosed, failed to turn over,
  never turned over, did not turn over, failed to hand over, never told the defense, never told
  the jury, never told defense lawyers, failed to share, never mentioned to, failed to give, did
  not give, had not given, never gave, never shared, never revealed, never produced, should have
  been given, should have been handed, should have been turned, should've been, did not tell the,
  never let on, nor did prosecutors, nor did police, kept quiet about, kept it from, kept them
  from, kept from the defen?e, kept from the jury, kept from jurors, kept from his, kept from her,
  kept from their, out of the defen?e's hands, left out of the file, removed from the file
- PAPER, POLICE, STATE > NOT + TOLD
- NOT + TOLD > defen?e, jury, jurors, trial lawyer*, his lawyers, her lawyers, their lawyers
- PAPER > in police files, in the police file, in a police file, in prosecutors' files, in the
  prosecution's file*, in the prosecutor's file*, in the district attorney's file*, in a
  detective's, in the detective's, in a drawer
- POLICE, STATE > knew, had known > never, kept, but, quiet, nobody, not
- POLICE > planted, fabricated, invented, coerced, beat, beaten, tortured, framed, falsified,
  forged, doctored, suffocat*, perjured, lied, false evidence, fed him, fed her, coached, steered,
  dictated, threatened, gave him the, gave her the, told him what, told her what, showed him,
  manufactured, testified falsely, lies, lying, racket, extort*, shakedown*, tampered, collu?ed,
  pressured, robbing, destroyed, ignored, taught, rehearsed, told the witness, told her which,
  told him which
- the word of, the lies of, lies by, false testimony of, say-so of > POLICE
- STATE > knew, hid, lied, coached, misled, paid, promised > false, perjur*, witness*, jury, lied,
  evidence
- planted, fabricated, coerced, beaten, tortured, framed, falsified, forged, threatened, coached,
  manufactured > by > POLICE, STATE
- prosecutorial misconduct, police misconduct, official misconduct, state misconduct, Brady
  violation*, Brady material, fabricated evidence, planted evidence, framed by, fitted up,
  stitched up, evidence was planted, drugs were planted, was planted, were planted
- corrupt, disgraced, crooked, rogue, discredited, convicted + POLICE
- POLICE > later, since, was, himself, has + jailed, convicted, imprisoned, pleaded guilty,
  indicted, gone to prison, charged with
ILD
- LAWYER > never, failed, did not, didn't, slept, asleep, ineffective, incompetent, drunk,
  disbarred, neglected, overlooked, ignored, called no, called none, conceded, inadequate, without
  calling, without interviewing, deficient, failure*, hired an, did no, consulted no, no expert,
  one question, asked no, unprepared, no investigation, missed, forgot, speciali?ed in, no
  witnesses, advised
- poor defen?e, bad lawyering, no competent lawyer, no competent attorney, lawyer's failure*,
  lawyer's incompetence, lawyer's advice, attorney's failure*, counsel's failure*, ineffective
  assistance, ineffective counsel, inadequate defen?e, inadequate representation, inadequate
  legal, incompetent counsel, ineffective representation, ineffective defen?e, constitutionally
  ineffective, called no witnesses, no lawyer
MWID
- misidentif*, mis-identif*, mistaken identi*, mistaken identification, wrongly identified,
  mistakenly identified, wrongly picked, mistook, mistaken for, wrong identification, look-alike,
  lookalike, identified the wrong, picked the wrong, mistaken eyewitness, resembl*, cross-racial
  identification, identity parade*, identification parade*
- picked, identified, chose, selected, recogni?ed, shown, pointed, choosing, picking > LINEUP
- picked, picking, pointed > HIM > out, from, as the
- LINEUP > picked, identified, identification*
- victim, survivor, clerk, teller, cashier, shopkeeper, eyewitness*, witness*, customer, driver,
  owner, pharmacist > identified, picked, pointed > HIM, out, as the
- eyewitness*, victim's, witness's, clerk's, survivor's, sole, only > identification, identified
- identification*, eyewitness* > mistaken, wrong, flawed, unreliable, suggestive, tainted,
  erroneous, could not have seen, no longer sure, in doubt, contradicted
- could not have recogni?ed, could not have identified, could not have been able to see, mistaken
  him, mistaken her, mistaken them, wrong man from, wrong person, same name, two men confused
- took back, withdrew, recanted, retracted, taken back > identification
F/MFE
- EXPERT > was wrong, were wrong, mistaken, erred, misread, falsified, made up, invented,
  disgraced, discredited, retracted, withdrew, withdrawn, recanted, overstated, exaggerated,
  misled, no longer, flawed, changed his mind, changed her mind, mislabel*, misidentif*, swapped,
  had not examined, never examined, could not have been, unreliable, taken it back, took it back,
  taken back, changed course, changed their minds, abandoned, conceded, tainted, lies, lied,
  contaminated, swapped, confused, mixed up, exchanged, admitted, incompetent
- EXPERT > said, say, says, found, find, concluded, agree*, testified, told, reported > natural,
  disease, disorder, accident*, stroke, seizure, infection, pneumonia, not shaken, electrical,
  undetermined, no crime, no scientific
- SCIENCE > flawed, discredited, debunked, unreliable, baseless, wrong, outdated, junk, changed,
  evolved, overstated, false, misleading, no basis, without basis, without scientific, no longer,
  faulty, errors, could not be tied, could not have, invalid, overtaken, could not match, did not
  match, cannot match, do not match, does not match, belonged to someone else, belonged to
  another, belonged to neither, belong to someone else, could support, did not support, cannot
  support, cannot be linked, could not be linked, cannot say, could not say, never fit, swapped,
  contaminated, rejected, abandoned, mislabel*, negative
- flawed, discredited, debunked, unreliable, baseless, junk, outdated, bogus, faulty, false,
  misleading, disgraced, erroneous, now-discredited, bad, mistaken > SCIENCE, EXPERT
- bite mark*, bite-mark*, bitemark*, shaken baby, shaken-baby, abusive head trauma, junk science,
  blood-spatter, blood spatter, today's science, today's fire science, modern fire science, modern
  science, current science, advances in science, science has changed, science has evolved, swapped
  samples, samples were swapped, sample was swapped, rigged tests, sniffer dog, false positive*,
  hair comparison, hair microscopy, microscopic hair, pour pattern*, char pattern*, dog scent,
  scent-tracking, comparative bullet lead, faulty software, software errors
FC
- false, coerced, forced, involuntary, tortured, retracted, recanted, unreliable, disputed,
  extracted, written, alleged, so-called, supposed > CONFESSION
- CONFESSION, statement > obtained by, obtained under, obtained with, obtained after, drawn out,
  taken after, after he was, after she was, should never, in a language, does not speak, did not
  speak, cannot read
- CONFESSION > coerced, compelled, forced, false, fabricated, beat*, tortur*, extracted,
  contradict*, unreliable, suppress*, obtained, duress, involuntary, retract*, recant*, untrue,
  threat*, interrogation, did not match, did not fit, withdrew, dictated, hours, inadmissible
- confess*, signed > after, under, following + HURT, hours, days, nights, threat*, two days, a day
- hours, days, nights, torture, interrogat* > confess*, signed, thumbed, broke
- told > POLICE, them > wanted to hear, what they wanted, what he thought, what she thought
- HURT, questioned, interrogat*, held, kept, hours > until, before, into > CONFESSION, confess*,
  sign*, admit*
- HURT > CONFESSION, signed a, sign a, signing a, thumb-print*, thumbprint*
- signed, sign, signing, thumb-printed > CONFESSION, blank sheet, statement* > HURT, POLICE,
  hours, could not read, cannot read, false, language, retract*, withdrew, not understand
- falsely confess*, confessed falsely, had confessed, they confessed, had all confessed, his
  confession*, her confession*, their confession*, the confessions, whose confession*, signed
  confession*, signed a confession, signed an admission, signed a statement, wrote a confession,
  gave a confession, gave a statement in which, confession was, confessional statement, confession
  had been, extrajudicial confession, thumb-printed, thumbprinted, no confession, confessing, in
  his confession
"""
