"""What goes wrong in a case, by the Registry's codes: who did what, to read and change.

A rule begins with `-`. Its lists are parted by `>`, `+` or `&`: one word of each must stand in this
order in one sentence, at most `REACH` letters apart, `NEXT` after a `+`, a word after a `&`. A rule
that begins with `!` forbids: a sentence it fits says nothing of this code. A word in capitals is a
list of `factor_words`, `NAME` any capitalised word; `*` stands for any ending, `?` for any letter.
"""

REACH, NEXT = 110, 25
RULES = """\
P/FA
- WITNESS > recant*, retract*, pressured, threatened, took back, taken back, takes back, took it
  back, took it all back, withdrew, lied, lying, made up, made it up, made it all up, made the story
  up, making it up, invented, concocted, fabricated, perjur*, falsely, never happened, did not
  happen, coached, was paid, were paid, been paid, bribed, in exchange for, in return for, for
  leniency, lighter sentence, not told the truth, never saw, had not seen, grudge, out of spite,
  jealousy, nothing happened, nothing had happened, forged, coerced, for a deal, plea deal, reward*,
  promised, rehearsed, no such thing, could not have been there, saw nothing
- paid, bribed, coached, pressured, promised, coerced, threatened, taught, told, purchased, tutored
  > WITNESS > testif*, lie, say, name, identify, accuse, implicate, testimony, story, evidence
- retract*, withdrawal > of, by > WITNESS
- recant*, perjured, false accusation*, falsely accus*, false testimony, falsely testif*, testified
  falsely, lied under oath, lied on the stand, lied on oath, lied at trial, lied to the jury, lied
  in court, lied about it on oath, fabricated testimony, procured by perjury, told to lie, paid to
  lie, to lie about, to lie under, to lie to, pressured her to lie, pressured him to lie, coached to
  lie, made to lie, to lie, false complaint*, false allegation*, bought testimony, swore falsely,
  false rape, told whom to name, bought witness*, purchased, convicted on a lie, false evidence
  against, perjury by, tissue of lies, admitted they lied, admitted he lied, admitted she lied,
  admitted lying, admitted inventing, lied in exchange, testified in exchange, testimony in
  exchange, in exchange for his testimony, in exchange for her testimony, in return for his
  evidence, in return for testimony, told her what to say, told him what to say, told them what to
  say, told us what to say, told what to say, improper motive, made the story up, made up the story,
  made it all up, false witness*, coached testimony, fake claim*, invented the allegation, invented
  the story, invented story, stock witness*, false case*, traded in falsehood, told lies,
  trumped-up, trumped up
- in exchange for, in return for > leniency, reduced, lighter, immunity, dropped charges, cash,
  favo?rs
- falsely implicat*, falsely named, wrongly implicated, wrongly named, false statement* against
- informant*, co-defendant*, accomplice* > credib*, deal, deals, benefits, paid, lied, to save
- WITNESS > unreliable, not credible, discredited, no credibility, changed his story, changed her
  story, changed their stor*, told the truth, could not have seen
- he had lied, she had lied, they had lied, having lied, he lied, she lied, they lied, I lied
- POLICE, WITNESS & perjury, lies
- jailhouse informant*, jailhouse snitch*, jail informant*, prison informant*, jailhouse witness*,
  paid informant*, incentivi?ed witness*
- cellmate*, cell-mate*, fellow inmate*, fellow prisoner*, inmate > swore, claimed, testified, paid,
  promised, told, said > confess*, admitted, boasted, bragged
- admitted, admits, confessed, acknowledged, swore, says, said > invented, lied, made up, made it
  up, never happened, had lied, was not there > WITNESS, testimony, story, the stand, him, her
- admitted, admits, acknowledged, conceded > for the reward, for a reward, he was paid, she was paid
- since said, since told, since admitted, said since, later said, later admitted, now say, now says,
  now admit*, came forward > lied, lie, paid, pressured, threatened, made up, saw nothing, did not
  see, not true, gave them, gave him, fed, forced, coerced, invented, untrue, never saw
- complainant*, accuser*, girl, boy, daughter, allegation*, offences, offenses, assaults > coached,
  could not have happened, never happened, no such thing, impossible, fabricated, beat her until,
  never took place, invented, land dispute, grudge, script
! took back, withdrew, taken back > identification
! perjury conviction*, wrongly convicted of perjury, guilty of false
! EXPERT > withdrew, withdrawn, retracted, recanted, changed
OM
- withheld, withhold*, hid, hidden, hiding, conceal*, suppress*, buried, destroyed, undisclosed, sat
  on, sat upon, failed to disclose, kept out of, removed, kept back, deleted, delete, nondisclosure,
  non-disclosure, kept secret, shredded > PAPER, witness*, alibi, suspect*, deal, deals, payment*,
  leads, confession, identity, names
- PAPER > withheld, hidden, concealed, suppressed, buried, kept from, undisclosed, hid, never
  disclosed, not disclosed, never been disclosed, never turned over, not turned over, never given
  to, not given to, never handed, not handed, never shared, not shared, never shown, not shown,
  never reached, never told, kept out of, left out of, falsified, rewritten, altered, doctored,
  never logged, should have been disclosed, never seen by, not been disclosed, removed from, only
  disclosed, disclosed only, kept quiet, sat in a detective's, withheld from, deleted, unused
  material, ought to have been, kept in a personnel, tampered
- failed to disclose, did not disclose, never disclosed, had not disclosed, failed to turn over,
  never turned over, did not turn over, failed to hand over, never told the defense, never told the
  jury, never told defense lawyers, failed to share, never mentioned to, failed to give, did not
  give, had not given, never gave, never shared, never revealed, never produced, should have been
  given, should have been handed, should have been turned, should've been, did not tell the, never
  let on, nor did prosecutors, nor did police, kept quiet about, kept it from, kept them from, kept
  from the defen?e, kept from the jury, kept from jurors, kept from his, kept from her, kept from
  their, out of the defen?e's hands, left out of the file, removed from the file, withheld,
  exculpatory, none of that was disclosed, never been shown to, did not share
- PAPER, POLICE, STATE > NOT + TOLD
- NOT + TOLD > defen?e, jury, jurors, trial lawyer*, his lawyers, her lawyers, their lawyers, trial
  counsel, trial court, judge
- PAPER > detective's, officer's, sergeant's, prosecutor's, investigator's + desk, drawer, garage,
  attic, basement, file*, locker, cabinet, closet, home
- defen?e, defen?e lawyers, his lawyers, her lawyers, their lawyers > never told, never knew, never
  saw, never got, never received, not told, wasn't told, weren't told, never heard
- told, ordered, instructed + to delete, to destroy, to shred
- PAPER > in police files, in the police file, in a police file, in prosecutors' files, in the
  prosecution's file*, in the prosecutor's file*, in the district attorney's file*, in a
  detective's, in the detective's, in a drawer, in the homicide file, homicide file
- POLICE, STATE > knew, had known > never, kept, but, quiet, nobody, not, failed
- POLICE > planted, fabricated, invented, coerced, beat, beaten, tortured, framed, falsified,
  forged, doctored, suffocat*, perjured, lied, false evidence, fed him, fed her, coached, steered,
  dictated, threatened, gave him the, gave her the, gave them the, told him what, told her what,
  showed him, manufactured, testified falsely, lies, lying, racket, extort*, shakedown*, tampered,
  collu?ed, pressured, destroyed, ignored, taught, rehearsed, told the witness, told her which, told
  him which, fed the, set up, shaking down, robbing, stealing, deleted, had said which, said which
- the word of, the lies of, lies by, false testimony of, say-so of > POLICE
- STATE > knew, hid, lied, coached, misled, paid, promised > false, perjur*, witness*, jury, lied,
  evidence
- planted, fabricated, coerced, beaten, tortured, framed, falsified, forged, threatened, coached,
  manufactured, pressured, fed, bullied, set up, rewritten, doctored > by > POLICE, STATE
- CONFESSION, statement*, signed, sign, signing, thumbed, thumb-print*, thumbprint* > FORCE
- FORCE > CONFESSION, statement*, signed, sign, signing, thumbed, thumb-print*, thumbprint*
- prosecutorial misconduct, police misconduct, official misconduct, state misconduct, Brady
  violation*, Brady material, fabricated evidence, planted evidence, framed by, fitted up, set up by
  a, stitched up, evidence was planted, drugs were planted, was planted, were planted, a planted,
  planted one, evidence was suppressed, under Brady, misconduct by, had been fabricated, evidence
  had been tampered, been doctored
- framed, planted > evidence, drugs, gun, weapon, pistol, heroin, cocaine, sachets, knife, shells
- corrupt, disgraced, crooked, rogue, discredited, abusive, dishonest, convicted & POLICE
- evidence > was destroyed, were destroyed, had destroyed, been destroyed
- chemist*, analyst*, crime lab*, lab technician* > falsified, faked, tampered, lied, fabricated,
  stole, hid, rigged, forged, doctored, concealed, withheld
- POLICE > later, since, was, himself, has + jailed, convicted, imprisoned, pleaded guilty,
  indicted, gone to prison, charged with, been to prison, awaiting trial
! no misconduct, did not commit misconduct
! the charge of, charged with, accused of, convicted of > planting, tampering with evidence
ILD
- LAWYER > never, failed, did not, didn't, without, had not, neglected, no, none, nor, neglect* +
  call*, consult*, hire*, hiring, seek*, sought, ask*, use*, investigat*, interview*, look*,
  obtain*, challeng*, present*, rais*, check*, tender*, subpoena*, object*, put, mention*, visit*,
  came, read, test, tested, retain*, cross-examine*, expert*, witness*, alibi, investigation,
  questions, speak, spoke, prepare*
- neither, nor > LAWYER > call*, mention*, rais*, read, object*, challeng*
- OLDLAWYER > never, failed, did not, didn't, neglected
- LAWYER > slept, asleep, ineffective, incompetent, drunk, disbarred, overlooked, ignored, called
  no, called none, conceded, inadequate, deficient, failure*, hired an, one question, asked no,
  unprepared, missed, forgot, speciali?ed in, no witnesses, advised, met his client, met her client,
  bungled
- poor defen?e, bad lawyering, no competent lawyer, no competent attorney, lawyer's failure*,
  lawyer's incompetence, lawyer's advice, attorney's failure*, counsel's failure*, ineffective
  assistance, ineffective counsel, inadequate defen?e, inadequate representation, inadequate legal,
  incompetent counsel, ineffective representation, ineffective defen?e, constitutionally
  ineffective, called no witnesses, no lawyer at, incompetence of
! comment, return a, respond, reply, without a lawyer, asked for a lawyer, withheld, hid, hidden,
  prosecutors never, kept from, current
MWID
- misidentif*, mis-identif*, mistaken identi*, mistaken identification, wrongly identified,
  mistakenly identified, wrongly picked, mistook, mistaken for, wrong identification, look-alike,
  lookalike, identified the wrong, picked the wrong, mistaken eyewitness, cross-racial
  identification, identity parade*, identification parade*, dock identification, in-court
  identification, eyewitness identification*, resembl*, his double
- picked, identified, identify, chose, selected, recogni?ed, pointed, choosing, picking, choose >
  LINEUP, PHOTO
- shown, showed > LINEUP
- shown, showed + NAME, his, her, him + photo, photograph, picture
- ONLOOKER > picked out
- picked out by > ONLOOKER
- ONLOOKER, women, men > picked + HIM, NAME
- picked, picking, picks, pointed > HIM, NAME > out, from the stand, as the, at trial, in court
- LINEUP > picked, identified, identification*
- ONLOOKER > identified, picked, pointed, picked out, named, recogni?ed > HIM, NAME > out, as the,
  as her, as his, as one, in court, from the, at trial, from a, at the trial
- eyewitness*, victim's, witness's, clerk's, survivor's > identification, identified
- identification*, eyewitness* > mistaken, wrong, flawed, unreliable, suggestive, tainted, shaky,
  erroneous, could not have seen, no longer sure, in doubt, undermined, discredited
- confidence in, doubt on, doubts about, doubt about + identification*
- could not have recogni?ed, could not have identified, could not have been able to see, mistaken
  him, mistaken her, mistaken them, wrong man from, two men confused, too dark to see, picked out by
  a, couldn't be sure, could not be sure, only his photo*, wasn't sure it was, sincere but mistaken,
  honest but mistaken, honest mistake
- ONLOOKER, officer > said, say, says, told > it wasn't him, it was not him, that wasn't him, wasn't
  the man, was not the man, had the wrong man, picked the wrong, never saw who, hadn't seen who, had
  not seen who, did not see who, could not see, couldn't see
- identification > contradicted
- sole, only, lone, surviving, single & ONLOOKER > identified + NAME, HIM
- ONLOOKER > identified, identify, recogni?ed + HIM
- took back, withdrew, recanted, retracted, taken back > identification
! no victim, nobody identified, no witness, never identified, not identified, unable to identify
F/MFE
- EXPERT > acknowledged, conceded, admitted > could not, cannot, can't, couldn't, wrong, mistake*,
  error*
- EXPERT > was wrong, were wrong, mistaken, erred, misread, falsified, made up, invented, disgraced,
  discredited, retracted, withdrew, withdrawn, recanted, overstated, exaggerated, misled, no longer,
  flawed, changed his mind, changed her mind, mislabel*, misidentif*, swapped, had not examined,
  never examined, could not have been, unreliable, taken it back, took it back, taken back, changed
  course, changed their minds, abandoned, conceded, tainted, lies, lied, contaminated, swapped,
  confused, mixed up, exchanged, admitted, incompetent, undermined, left out of her, left out of
  his, hid notes, no basis, rejected, faked, disowned, disavowed, repudiated, overturned
- what, which > EXPERT, she, he + left out, omitted
- EXPERT > said, say, says, found, find, concluded, agree*, testified, told, reported, trace >
  natural, disease, disorder, accident*, stroke, seizure, infection, pneumonia, not shaken,
  electrical, undetermined, no crime, no scientific, ordinary, explained by, heart failure, space
  heater, had been no, mutation, cannot be told, can't be told
- SCIENCE > flawed, false, could not have, did not support, discredited, debunked, unreliable,
  baseless, wrong, outdated, junk, changed, evolved, overstated, misleading, no basis, without
  basis, without scientific, no longer, faulty, errors, could not be tied, invalid, overtaken, could
  not match, cannot match, do not match, does not match, belonged to someone else, belonged to
  another, belonged to neither, belong to someone else, could support, cannot support, cannot be
  linked, could not be linked, cannot say, could not say, never fit, swapped, contaminated,
  rejected, abandoned, mislabel*, negative, collapsed, wasn't human, was not human, not balanced,
  not to be his, not to be hers, never should have, could have been left by any, come from any,
  misread, unsound
- flawed, discredited, debunked, unreliable, baseless, junk, outdated, bogus, faulty, false,
  misleading, disgraced, erroneous, now-discredited, bad, mistaken, unsound, bungled + SCIENCE,
  EXPERT
- bite mark*, bite-mark*, bitemark*, shaken baby, shaken-baby, abusive head trauma, junk science,
  blood-spatter, blood spatter, today's science, today's fire science, modern fire science, modern
  fire scientist*, modern science, current science, advances in science, science has changed,
  science has evolved, swapped samples, samples were swapped, sample was swapped, rigged tests,
  sniffer dog, false positive*, hair comparison, hair microscopy, microscopic hair, pour pattern*,
  char pattern*, dog scent, scent-tracking, comparative bullet lead, faulty software, software
  errors, field test*, field kit*, roadside test*, natural causes, died naturally, deaths were
  natural, brittle bone*, brittle-bone, crazed glass, alligator charring, burn pattern*, had left
  marks, hair examiner*, understanding of fire, understanding of arson, death a homicide, drug test
  kit*, to the exclusion of every, to the exclusion of all
FC
- false, coerced, forced, involuntary, tortured, retracted, recanted, unreliable, disputed,
  extracted, so-called, supposed & CONFESSION
- CONFESSION, statement > obtained by, obtained under, obtained with, obtained after, drawn out,
  taken after, after he was, after she was, should never, in a language, does not speak, did not
  speak, cannot read, does not read, neither reads
- CONFESSION > coerced, compelled, forced, false, fabricated, extracted, contradict*, unreliable,
  suppress*, obtained, duress, involuntary, retract*, recant*, untrue, threat*, interrogation, did
  not match, did not fit, withdrew, dictated, hours, inadmissible, got the, got basic, wrong,
  identical
- CONFESSION, statement*, signed, sign, signing, thumbed, thumb-print*, thumbprint* > FORCE
- FORCE > CONFESSION, statement*, signed, sign, signing, thumbed, thumb-print*, thumbprint*
- confess*, signed > after, under, following + HURT, hours, days, nights, threat*, two days, a day
- hours, days, nights, torture, interrogat*, questioned > confess*, thumbed, broke
- told > POLICE, them > wanted to hear, what they wanted, what he thought, what she thought
- told POLICE > they had taken part, he had taken part, she had taken part, he had done, she had
  done
- HURT, questioned, interrogat*, held, kept, hours > until, before, into > CONFESSION, confess*,
  sign*, admit*
- HURT > CONFESSION, signed a, sign a, signing a, thumb-print*, thumbprint*
- signed, sign, signing, thumb-printed > CONFESSION, blank sheet, statement* > HURT, POLICE, hours,
  could not read, cannot read, false, language, retract*, withdrew, not understand
- falsely confess*, confessed falsely, had confessed, he had confessed, she had confessed, they had
  confessed, they confessed, had all confessed, his confession*, her confession*, their confession*,
  the confessions, whose confession*, signed confession*, signed a confession, signed the
  confession, signed an admission, signed a statement, signed what was put, wrote a confession,
  they'd confessed, he'd confessed, she'd confessed, gave a confession, gave a statement in which,
  confession was, confessional statement, confession had been, extrajudicial confession,
  thumb-printed, thumbprinted, no confession, confessing, in his confession, confessed to gendarmes,
  confessed to police, confessed to detectives, made the confession, made a confession, the
  confession, statement of admission
! cellmate*, cell-mate*, informant*, informer*, snitch*, fellow inmate*, fellow prisoner* > confess*
! confess* > to a fellow, to him, to her, to a cellmate, to his, to her, to relatives, deathbed,
  before he died, another man, someone else, the real, since confessed, later confessed
! another man, someone else, somebody else, the real, different man, second man, a man who, others'
  > confess*, admitted, admission*
! claimed, claiming, swore, made up > had confessed, he confessed, admission, they had confessed,
  his confession, her confession, a confession to
! husband, brother, cousin, uncle, inmate, prisoner + confess*, had confessed
! argument by, rejected an argument, co-defendant's confession, deathbed, hospice, extra-judicial
"""
