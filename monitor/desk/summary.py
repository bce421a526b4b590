"""A finished run → its summary, as `run-once --json` prints it, and its exit code. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.records import counted

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the database says about a run."""

    total_feeds: int
    failed_feeds: Sequence[Mapping[str, Any]] = ()
    cases_opened: int = 0
    cases_updated: int = 0
    sent: int = 0
    pending: int
    dead: int
    gaps: Sequence[Mapping[str, Any]] = ()


def summary(
    tally: Mapping[str, int], stored: Stored, started: datetime, finished: datetime, due: int
) -> dict[str, Any]:
    """Everything a script wants to know of one run; keys are only ever added."""

    def counted(group: str, *names: str) -> dict[str, int]:
        return {name: tally.get(f"{group}.{name}", 0) for name in names}

    feeds = counted("feeds", "polled", "not_modified", "unchanged", "failed")
    return {
        "schema": SCHEMA,
        "started": started.isoformat(),
        "finished": finished.isoformat(),
        "seconds": round((finished - started).total_seconds(), 3),
        "feeds": {"total": stored.total_feeds, "due": due, **feeds},
        "failed_feeds": list(stored.failed_feeds),
        "entries": counted("entries", "seen", "new"),
        "articles": counted(
            "articles", "read", "headline_only", "blocked", "retrying", "duplicate"
        ),
        "judged": tally.get("judged", 0),
        "hits": tally.get("hits", 0),
        "cases": {"opened": stored.cases_opened, "updated": stored.cases_updated},
        "alerts": {"sent": stored.sent, "pending": stored.pending, "dead": stored.dead},
        "gaps": list(stored.gaps),
        "outage": bool(tally.get("outage")),
        "crashed": tally.get("crashed", 0),
        "lost": tally.get("lost", 0),
    }


def exit_code(result: Mapping[str, Any], fail_on: float | None) -> int:
    """Turn a summary into an exit code; `fail_on` is the share of failed feeds, None is never.

    Dead letters (7) come before failed feeds (6); a bug (1) and work that the database did not
    take (4) before both.
    """
    if result["crashed"] or result["lost"]:
        return 1 if result["crashed"] else 4
    if result["alerts"]["dead"]:
        return 7
    polled, failed = result["feeds"]["polled"], result["feeds"]["failed"]
    if fail_on is None or not failed:
        return 0
    return 6 if failed >= fail_on * polled or failed == polled else 0


def line(result: Mapping[str, Any]) -> str:
    """One line for a person at a terminal."""
    feeds, articles, alerts = result["feeds"], result["articles"], result["alerts"]
    trouble = f", {feeds['failed']} failed" if feeds["failed"] else ""
    if result["outage"]:
        trouble += " (everything at once: check this machine's own line)"
    return (
        f"{counted(feeds['polled'], 'feed')} polled{trouble}; "
        f"{counted(result['entries']['new'], 'new entry', 'new entries')}, "
        f"{articles['read']} read, {result['judged']} judged, {counted(result['hits'], 'hit')}; "
        f"{counted(result['cases']['opened'], 'case')} opened, "
        f"{counted(alerts['sent'], 'alert')} sent ({result['seconds']:.1f} s)"
    )
