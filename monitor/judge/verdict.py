"""An article × the beats → their verdicts. Pure: the one entry point of judging.

words → queries → score → stage; and only for what comes near its threshold: near misses;
only for a hit: the facts of its case.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from monitor.judge import entities, facts, reach
from monitor.judge.beat import Beat, Rule
from monitor.judge.entities import Gazetteers
from monitor.judge.page import Page, lay_out
from monitor.judge.query import Document, Matcher, View, compile_queries, read
from monitor.judge.reach import NEAR, Reach
from monitor.judge.score import Scored, near_misses, proof, weigh
from monitor.judge.stage import decide, year_of
from monitor.records import Article, Entity, Match, NearMiss, Verdict

MOST_MATCHES = 60
ENTITY = re.compile(r"entity:([\w-]+)")
LIST = re.compile(r"@([\w-]+)")
GATE = NearMiss(id="gate", weight=0, why="has no word of the gate, so it is not looked at further")
Found = Mapping[str, tuple[Match, ...]]
AllFound = Mapping[tuple[str, str], tuple[Match, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beats:
    """Every beat, its queries compiled into one matcher, and every gazetteer.

    `asked` holds only the gazetteers that queries name: each article is read for those, a hit
    for all.
    """

    beats: tuple[Beat, ...] = ()
    matcher: Matcher[tuple[str, str]] = field(default_factory=lambda: Matcher({}))
    gates: Matcher[str] = field(default_factory=lambda: Matcher({}))
    reach: Reach = field(default_factory=Reach)
    lists: Matcher[tuple[str, str]] = field(default_factory=lambda: Matcher({}))
    gazetteers: Gazetteers = field(default_factory=Gazetteers)
    asked: Gazetteers = field(default_factory=Gazetteers)


def prepare(beats: Iterable[Beat], gazetteers: Gazetteers | None = None) -> Beats:
    """Compile the queries of all beats; raises QueryError for one that is wrong."""
    beats = tuple(beats)
    lists: dict[str, list[str]] = {}
    queries: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], str] = {}
    gates: dict[str, str] = {}
    for number, beat in enumerate(beats):
        own = partial(LIST.sub, rf"@b{number}-\1")
        lists |= {f"b{number}-{name}": list(map(own, items)) for name, items in beat.lists.items()}
        queries |= {(beat.name, key): own(query) for key, (query, _) in beat.queries().items()}
        gates |= {beat.name: own(beat.gate)} if beat.gate else {}
        names |= {(beat.name, name): own(f"@{name}") for name in beat.lists}
    matcher = compile_queries(queries, lists=lists, most=MOST_MATCHES)
    return Beats(
        beats=beats,
        matcher=matcher,
        reach=reach.prepare(beats, matcher),
        gates=compile_queries(gates, lists=lists),
        lists=compile_queries(names, lists=lists, most=1),
        gazetteers=gazetteers or Gazetteers(),
        asked=(gazetteers or Gazetteers()).only(set(ENTITY.findall(" ".join(queries.values())))),
    )


def judge(article: Article, beats: Beats, *, exact: bool = False) -> tuple[Verdict, ...]:
    """Judge an article by every beat, in their order.

    A score that cannot come near its threshold is given as 0, without near misses, unless
    `exact` asks for both.
    """
    document = read(article.title, article.text, article.outlet, article.url)
    if not _is_open(document, beats):
        misses = (GATE,) if exact else ()
        return tuple(replace(_nothing(b, document), near_misses=misses) for b in beats.beats)
    view = beats.matcher.view(document, _entities(article, beats.asked))
    if exact or not document.body.strip():
        near: tuple[Beat, ...] = beats.beats
        found: AllFound = beats.matcher.match(view)
    else:
        near, found = _near(article, view, beats)
    by_beat: dict[str, dict[str, tuple[Match, ...]]] = {beat.name: {} for beat in beats.beats}
    for (name, key), matches in found.items():
        by_beat[name][key] = matches
    return tuple(
        _verdict(article, document, beat, beats, by_beat[beat.name], exact=exact)
        if beat in near
        else _nothing(beat, document)
        for beat in beats.beats
    )


def might(beats: Beats, text: str) -> bool:
    """False only where no article cut out of this text comes near a threshold of any beat."""
    gated = all(beat.gate for beat in beats.beats)
    return (beats.gates if gated else beats.matcher).might(text)


def _is_open(document: Document, beats: Beats) -> bool:
    """A headline alone, a beat without a gate, or a gate in the text: most news ends here."""
    if not document.body.strip() or any(not beat.gate for beat in beats.beats):
        return True
    return bool(beats.gates.true(document))


def _near(article: Article, view: View, beats: Beats) -> tuple[tuple[Beat, ...], AllFound]:
    """The beats whose threshold the article comes near to, and all that was found if there are any.

    First what the score cannot exceed, then the signals in full, then senses and stages.
    """
    near = beats.beats if view.gazetteers else beats.reach.near(view)
    found = beats.reach.signals.match(view) if near else {}
    near = tuple(beat for beat in near if _adds_up(article, view.document, beat, found))
    return near, {**found, **beats.reach.rest.match(view)} if near else {}


def _adds_up(article: Article, document: Document, beat: Beat, found: AllFound) -> bool:
    """Whether the signals come near the threshold before any sense speaks against them."""
    own = {key: matches for (name, key), matches in found.items() if name == beat.name}
    page = lay_out(beat, document, _year(article))
    return weigh(beat, page, own).score >= beat.threshold - NEAR


def _entities(article: Article, gazetteers: Gazetteers) -> tuple[Entity, ...]:
    if not gazetteers.words:
        return ()
    return entities.find(article.title, article.text, gazetteers, article.outlet)


def _threshold(beat: Beat, document: Document) -> float:
    return beat.threshold if document.body.strip() else beat.headline_threshold


def _nothing(beat: Beat, document: Document) -> Verdict:
    return Verdict(
        beat=beat.name,
        version=beat.version,
        score=0.0,
        threshold=_threshold(beat, document),
        near_misses=near_misses(beat, Scored(score=0.0), {}) if beat.threshold <= NEAR else (),
    )


def _verdict(
    article: Article, document: Document, beat: Beat, beats: Beats, found: Found, *, exact: bool
) -> Verdict:
    if not exact and not any(test.id in found for test in beat.signals):
        return _nothing(beat, document)
    page = lay_out(beat, document, _year(article))
    scored = weigh(beat, page, found)
    stage, stage_sentence = decide(scored.events, _rules(beat, page, found))
    verdict = Verdict(
        beat=beat.name,
        version=beat.version,
        score=scored.score,
        threshold=_threshold(beat, document),
        stage=stage,
        stage_sentence=stage_sentence,
        sentence=proof(page, scored),
        signals=scored.evidence,
    )
    if not exact and verdict.score < verdict.threshold - NEAR:
        return verdict
    return _explained(article, document, beat, beats, scored, verdict)


def _explained(
    article: Article, document: Document, beat: Beat, beats: Beats, scored: Scored, verdict: Verdict
) -> Verdict:
    """The verdict with what only a close call is worth: near misses, and of a hit the facts."""
    lists = beats.lists.match(document, _entities(article, beats.asked))
    closest = {
        name: matches[0].text for (owner, name), matches in lists.items() if owner == beat.name
    }
    verdict = replace(verdict, near_misses=near_misses(beat, scored, _closest(beat, closest)))
    if not verdict.hit:
        return verdict
    known = _entities(article, beats.gazetteers)
    return replace(verdict, entities=known, facts=facts.extract(document, article, known))


def _closest(beat: Beat, present: Mapping[str, str]) -> dict[str, str]:
    """For each signal, which of its lists the text has a word of, and which it lacks."""
    said: dict[str, str] = {}
    for test in beat.signals:
        names = list(dict.fromkeys(LIST.findall(test.query)))
        has = [f"{present[name]!r} ({name})" for name in names if name in present]
        lacks = [name for name in names if name not in present]
        if has:
            rest = f"nothing of {', '.join(lacks)}" if lacks else "not close enough together"
            said[test.id] = f"has {', '.join(has)}; {rest}"
    return said


def _year(article: Article) -> int | None:
    if article.published_at:
        return article.published_at.year
    return year_of(f"{article.title}\n{article.text}")


def _rules(beat: Beat, page: Page, found: Found) -> dict[Rule, str]:
    """The stage rules that hold in one of their zones, with the sentence that says so."""
    held: dict[Rule, str] = {}
    for number, rule in enumerate(beat.rules):
        for match in found.get(f"stage:{number}", ()):
            if page.zones(match) & set(rule.zones):
                held[rule] = page.document.quote(page.sentence(match))
                break
    return held
