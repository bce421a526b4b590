"""A hit whose page changed → what to tell of it, and the card of its case made anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from monitor.db import Session
from monitor.judge import card, correct, store
from monitor.judge.correct import Before, Change
from monitor.judge.decide import Told
from monitor.records import Alert, AlertKind, Case, PendingArticle, Stage, Verdict

LONGEST_REASON = 600
MOST_NAMED = 4


def before(session: Session, pending: PendingArticle, beat: str) -> tuple[Before, int] | None:
    """The hit as it was and its case, if its page changed or went since it was judged."""
    last = store.last_verdict(session, pending.id, beat) if pending.versions else None
    if last is None:
        return None
    first = pending.versions[0]
    return Before(title=first.title, text=first.text, verdict=last[0]), last[1]


def changes(pending: PendingArticle, was: Before, found: Verdict) -> tuple[Change, ...]:
    """What people must hear of: facts that changed, a note, a page that went."""
    told = correct.changes(was, pending.article, found)
    gone = [version.changed for version in pending.versions if version.kind == "gone"]
    told += tuple(Change(what="the page is gone", old="", new=why) for why in gone[:1])
    return told if pending.article.quotable else correct.quotable(told)


def rebuilt(session: Session, case: Case) -> Case:
    """The card of a case from what its hits say now; as it was where no hit is left."""
    hits = store.hits_of(session, case.id)
    if not hits:
        return case
    anew = replace(case, stage=Stage.UNKNOWN, facts={})
    for _, article, found in hits:
        anew = card.grown(anew, article, card.tellable(article, found))
    return anew


def alert(
    case: Case, beat: str, found: Sequence[Change], told: Mapping[str, Told], known: Iterable[str]
) -> tuple[Alert, ...]:
    """Tell everybody who heard of the case; the same correction of another copy tells nobody."""
    channels = tuple(name for name in told if name in set(known))
    if not found or not channels:
        return ()
    words = [change.words for change in found]
    digest = blake2b("\n".join(words).casefold().encode(), digest_size=8).hexdigest()
    more = f"; and {len(words) - MOST_NAMED} more" if len(words) > MOST_NAMED else ""
    return (
        Alert(
            key=f"case-{case.id}-{AlertKind.CORRECTED}-{digest}",
            kind=AlertKind.CORRECTED,
            beat=beat,
            reason="; ".join(words[:MOST_NAMED])[:LONGEST_REASON] + more,
            channels=channels,
        ),
    )
