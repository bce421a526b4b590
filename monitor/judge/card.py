"""Case cards and hits as people and programs see them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from difflib import SequenceMatcher
from typing import Any

from monitor.judge.decide import LADDER
from monitor.records import Article, Case, Fact, PendingArticle, Verdict

SURE = {"stated": 2, "inferred": 1, "unknown": 0}
COMPARED = (
    "exonerees", "people_count", "state", "county", "country", "crime", "year_convicted",
    "years_lost_stated", "exonerated_on", "mode", "dna",
)  # fmt: skip
"""Facts on which outlets can disagree; others are only worded differently."""
MOVES_ON = ("mode", "exonerated_on")
"""Facts that a new stage makes anew."""
MOST_OTHERS = 5
MISSPELT = 0.75


def tellable(article: Article, found: Verdict) -> Verdict:
    """What may be told of a verdict: no more of a sentence than its page allows to be shown."""
    limit = article.longest_quote
    if limit is None:
        return found

    def cut(text: str) -> str:
        return text if len(text) <= limit else f"{text[: limit - 1]}…"[:limit]

    signals = [
        replace(signal, matches=tuple(replace(m, text=cut(m.text)) for m in signal.matches))
        for signal in found.signals
    ]
    facts = {name: replace(fact, sentence=cut(fact.sentence)) for name, fact in found.facts.items()}
    return replace(
        found,
        sentence=cut(found.sentence),
        stage_sentence=cut(found.stage_sentence),
        signals=tuple(signals),
        facts=facts,
    )


def grown(case: Case, article: Article, found: Verdict) -> Case:
    """Add to a case what one more article says; where outlets disagree, both are kept."""
    facts = dict(case.facts)
    higher = LADDER.index(found.stage) > LADDER.index(case.stage)
    for name, fact in found.facts.items():
        new = replace(fact, url=fact.url or article.url)
        old = facts.get(name, Fact())
        if higher and name in MOVES_ON and new.basis == "stated":
            facts[name] = new
        else:
            facts[name] = _both(name, old, new, many=_many(case, found))
    stage = max(case.stage, found.stage, key=LADDER.index)
    outlets = tuple(dict.fromkeys((*case.outlets, article.outlet)))
    return replace(case, facts=facts, stage=stage, outlets=outlets)


def _many(case: Case, found: Verdict) -> bool:
    """Whether more than one person was cleared, as both or either say."""
    counts = [facts.get("people_count", Fact()).value for facts in (case.facts, found.facts)]
    return any(isinstance(count, int) and count > 1 for count in counts)


def _both(name: str, old: Fact, new: Fact, *, many: bool) -> Fact:
    """The surer of two facts; of two that are stated and disagree the first, with the other."""
    if SURE[new.basis] > SURE[old.basis]:
        return replace(new, also=old.also)
    if new.basis != "stated" or name not in COMPARED or _agree(old.value, new.value):
        return old
    if name == "exonerees" and many:
        return replace(old, value=_joined(old.value, new.value))
    said = [other["value"] for other in old.also]
    if any(_agree(value, new.value) for value in said) or len(said) >= MOST_OTHERS:
        return old
    other = {"value": new.value, "url": new.url, "sentence": new.sentence}
    return replace(old, also=(*old.also, other))


def _agree(one: Any, other: Any) -> bool:
    """Whether two values say the same; one list may hold more than the other."""
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        small, large = sorted((one, other), key=len)
        return all(any(_alike(str(a), str(b)) for b in large) for a in small)
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return bool(one == other)


def _alike(one: str, other: str) -> bool:
    """Whether two names can be one person's, misspelt or shortened."""
    ones, others = one.casefold().split(), other.casefold().split()
    if not ones or not others:
        return ones == others
    ratio = SequenceMatcher(None, ones[-1], others[-1]).ratio()
    return ratio >= MISSPELT or one.casefold() in other.casefold() or other.casefold() in one


def _joined(one: Any, other: Any) -> tuple[str, ...]:
    """Everybody whom either list names, each once."""
    names = list(one)
    names += [new for new in other if not any(_alike(new, known) for known in names)]
    return tuple(names)


def case_json(case: Case, outlets: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A case as webhooks and `cases --json` give it."""
    return {
        "id": case.id,
        "beat": case.beat,
        "title": case.title,
        "stage": case.stage.value,
        "facts": facts_json(case.facts),
        "outlets": [dict(outlet) for outlet in outlets],
        "opened_at": case.opened_at.isoformat(),
        "url": outlets[0]["url"] if outlets else "",
    }


def like_json(case: Case, outlets: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A case that an alert only points to."""
    whole = case_json(case, outlets)
    return {name: whole[name] for name in ("id", "title", "stage", "url")}


def facts_json(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Facts with their basis, sentence and place; `also` only where outlets disagree."""
    return {
        name: {key: value for key, value in asdict(fact).items() if key != "also" or value}
        for name, fact in facts.items()
    }


def hit_json(
    pending: PendingArticle,
    found: Verdict,
    verdict_id: int,
    case_id: int,
    feed: Mapping[str, str],
) -> dict[str, Any]:
    """A hit as `hits list --json` gives it."""
    article = pending.article
    return {
        "id": verdict_id,
        "beat": found.beat,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet,
        "feed": feed["name"],
        "title": article.title,
        "published": article.published_at.isoformat() if article.published_at else None,
        "first_seen": pending.first_seen_at.isoformat(),
        "score": round(found.score, 3),
        "threshold": found.threshold,
        "stage": found.stage.value,
        "case_id": case_id,
        "label": None,
        "signals": [signal_json(signal) for signal in map(asdict, found.signals)],
        "entities": [entity_json(entity) for entity in map(asdict, found.entities)],
        "facts": facts_json(found.facts),
        "read_as": article.read_as,
    }


def signal_json(signal: Mapping[str, Any]) -> dict[str, Any]:
    """One signal with the words that made it fire."""
    matches = [
        {key: match[key] for key in ("text", "zone", "start", "end")} for match in signal["matches"]
    ]
    return {"id": signal["id"], "weight": signal["weight"], "matches": matches}


def entity_json(entity: Mapping[str, Any]) -> dict[str, Any]:
    """One known entity."""
    return {key: entity[key] for key in ("type", "name", "canonical", "source")}
