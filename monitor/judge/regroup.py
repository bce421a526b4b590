"""A person's word → cases merged or split, their cards made anew, the reason kept.

The machine never undoes it: a hit judged again keeps the case it is in.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.db import Session
from monitor.errors import UsageError
from monitor.judge import card, store
from monitor.judge.store import Regrouping
from monitor.records import Case, Stage


def merge(
    session: Session, kept: int, other: int, *, who: str, reason: str, now: datetime
) -> tuple[int, ...]:
    """Put every hit of `other` into `kept`; return them. Raises UsageError with the remedy."""
    beat, other_beat = _open_case(session, kept), _open_case(session, other)
    if kept == other:
        raise UsageError(f"case {kept} cannot be merged with itself; name two cases")
    if beat != other_beat:
        raise UsageError(
            f"case {kept} is of beat {beat}, case {other} of beat {other_beat}; "
            "only cases of one beat can be merged"
        )
    store.lock_beat(session, beat)
    hits = tuple(number for number, _, _ in store.hits_of(session, other))
    store.move_hits(session, hits, kept, _why("merged from case", other, who, reason))
    store.retire_case(session, other, kept)
    _rewrite(session, kept, beat, now)
    _remember(session, "merged", (kept, other), hits, (who, reason), now)
    return hits


def split(
    session: Session, case_id: int, hits: Sequence[int], *, who: str, reason: str, now: datetime
) -> int:
    """Take hits out of a case into a new one; return its number. Raises UsageError.

    What was told because of them moves along; a case of which nobody was told is judged again.
    """
    beat = _open_case(session, case_id)
    store.lock_beat(session, beat)
    hits = tuple(dict.fromkeys(hits))
    held = {number: (article, found) for number, article, found in store.hits_of(session, case_id)}
    if strange := [hit for hit in hits if hit not in held]:
        raise UsageError(
            f"case {case_id} has no hit {strange[0]}; "
            f"it has {', '.join(map(str, held))} (see `monitor cases show {case_id}`)"
        )
    if not set(held) - set(hits):
        raise UsageError(f"this would leave nothing in case {case_id}; leave one hit out")
    article, found = held[hits[0]]
    new = store.add_case(session, beat, article.title, found.stage, now)
    store.move_hits(session, hits, new.id, _why("split off case", case_id, who, reason))
    for number in (case_id, new.id):
        _rewrite(session, number, beat, now)
    _remember(session, "split", (case_id, new.id), hits, (who, reason), now)
    left = next(number for number in held if number not in hits)
    for number, hit in ((case_id, left), (new.id, hits[0])):
        if not store.told(session, number):
            store.judge_again(session, hit, now)
    return new.id


def _open_case(session: Session, number: int) -> str:
    found = store.find_case(session, number)
    if found is None:
        raise UsageError(f"there is no case {number}; see `monitor cases list`")
    beat, into = found
    if into is not None:
        raise UsageError(f"case {number} was merged into case {into}; use that number")
    return beat


def _why(what: str, case_id: int, who: str, reason: str) -> str:
    by = f" by {who}" if who else ""
    return f"{what} {case_id}{by}: {reason}" if reason else f"{what} {case_id}{by}"


def _rewrite(session: Session, number: int, beat: str, now: datetime) -> None:
    """Make the card of a case anew from the hits that it has."""
    hits = store.hits_of(session, number)
    case = Case(
        id=number,
        beat=beat,
        title=hits[0][1].title,
        stage=Stage.UNKNOWN,
        facts={},
        opened_at=now,
        last_seen_at=now,
    )
    for _, article, found in hits:
        case = card.grown(case, article, found)
    store.rewrite_case(session, replace(case, outlets=()), now)


def _remember(
    session: Session,
    kind: str,
    cases: tuple[int, int],
    hits: tuple[int, ...],
    said: tuple[str, str],
    now: datetime,
) -> None:
    (case_id, other_id), (who, reason) = cases, said
    decided = Regrouping(
        kind=kind, case_id=case_id, other_id=other_id, hits=hits, who=who, reason=reason, at=now
    )
    store.remember(session, decided)
