"""The judging room's SQL: articles in; verdicts, cases and the outbox out."""

from monitor.judge.store.after import (
    last_verdict,
    put_follow_up,
    read_again,
    topics_told,
    versions,
    watches,
    weighed,
)
from monitor.judge.store.articles import (
    as_article,
    claim_article,
    claim_articles,
    drop_pages,
    finish_article,
    judge_again,
    sighting,
)
from monitor.judge.store.canary import is_told, take_away
from monitor.judge.store.cases import (
    add_case,
    case_of,
    case_outlets,
    joined,
    load_cases,
    save_case,
    set_case,
)
from monitor.judge.store.clues import candidates, put_clues
from monitor.judge.store.outbox import LIKE, Outgoing, add_alert, told
from monitor.judge.store.plain import Plain, finish_plain
from monitor.judge.store.regrouping import (
    Regrouping,
    find_case,
    hits_of,
    move_hits,
    regroupings,
    remember,
    retire_case,
    rewrite_case,
)
from monitor.judge.store.verdicts import as_fact, lock_beat, put_verdict

__all__ = [
    "LIKE",
    "Outgoing",
    "Plain",
    "Regrouping",
    "add_alert",
    "add_case",
    "as_article",
    "as_fact",
    "candidates",
    "case_of",
    "case_outlets",
    "claim_article",
    "claim_articles",
    "drop_pages",
    "find_case",
    "finish_article",
    "finish_plain",
    "hits_of",
    "is_told",
    "joined",
    "judge_again",
    "last_verdict",
    "load_cases",
    "lock_beat",
    "move_hits",
    "put_clues",
    "put_follow_up",
    "put_verdict",
    "read_again",
    "regroupings",
    "remember",
    "retire_case",
    "rewrite_case",
    "save_case",
    "set_case",
    "sighting",
    "take_away",
    "told",
    "topics_told",
    "versions",
    "watches",
    "weighed",
]
