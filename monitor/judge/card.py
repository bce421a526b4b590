"""Case cards and hits as people and programs see them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from monitor.judge.decide import LADDER
from monitor.records import Article, Case, Fact, PendingArticle, Verdict

SURE = {"stated": 2, "inferred": 1, "unknown": 0}


def grown(case: Case, article: Article, found: Verdict) -> Case:
    """Add to a case what one more article says; a stated fact is never replaced."""
    facts = dict(case.facts)
    for name, fact in found.facts.items():
        new = replace(fact, url=fact.url or article.url)
        if SURE[new.basis] > SURE[facts.get(name, Fact()).basis]:
            facts[name] = new
    stage = max(case.stage, found.stage, key=LADDER.index)
    outlets = tuple(dict.fromkeys((*case.outlets, article.outlet)))
    return replace(case, facts=facts, stage=stage, outlets=outlets)


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


def facts_json(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Facts with their basis, sentence and place."""
    return {name: asdict(fact) for name, fact in facts.items()}


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
