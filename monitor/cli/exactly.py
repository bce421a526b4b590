"""Stored verdicts that were cut short → the same, judged to the end by the beats as they are now.

Far from its threshold a verdict is kept without its parts and near misses: nobody needs them until
somebody asks.
"""

from typing import Any

from monitor.cli.common import Options, with_db
from monitor.cli.judging import as_json
from monitor.errors import ConfigError

AGAIN = "far from the threshold, so it was kept in short; judged again to the end:"
CHANGED = "the beat has changed since (it scored {score:g} then); this is what it says now:"
UNREADABLE = "kept in short; its beats cannot be read now, `monitor check` says why"


def cut_short(verdict: dict[str, Any]) -> bool:
    """Whether a stored verdict lacks what speaks against it, or how near it came."""
    return not verdict["hit"] and not verdict["near_misses"]


def completed(options: Options, found: dict[str, Any]) -> dict[str, Any]:
    """The fate of an article with every verdict whole, and a note on each that was not."""
    if not found["article"] or not any(map(cut_short, found["verdicts"])):
        return found
    try:
        now = _judged(options, found["article"]["id"])
    except ConfigError:
        now = None
    return {**found, "verdicts": [_whole(verdict, now) for verdict in found["verdicts"]]}


def _judged(options: Options, article_id: int) -> dict[str, dict[str, Any]]:
    from monitor.desk.store import articles
    from monitor.judge import verdict
    from monitor.judge.rules import rules_of

    article = with_db(options, articles.one, article_id)
    judged = verdict.judge(article, rules_of(options.load()), exact=True)
    return {one.beat: {**as_json(article, one), "version": one.version} for one in judged}


def _whole(verdict: dict[str, Any], now: dict[str, dict[str, Any]] | None) -> dict[str, Any]:
    if not cut_short(verdict) or (now is not None and verdict["beat"] not in now):
        return verdict
    if now is None:
        return {**verdict, "note": UNREADABLE}
    again = now[verdict["beat"]]
    same = again["version"] == verdict["version"]
    note = AGAIN if same else CHANGED.format(score=verdict["score"])
    kept = {key: value for key, value in again.items() if key in verdict}
    return {**verdict, **kept, "note": note}
