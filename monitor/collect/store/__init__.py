"""The collecting room's SQL: feeds and what they said.

roster    which feeds there are: added, paused, resumed, removed
turns     a feed's turn: claimed, finished, failed
prices    what all feeds know together, and the price of a poll
entries   what a feed said: known, new or changed
hubs      which hub pushes a feed, and what it pushed
gaps      what a feed may have dropped unseen, and what was found of it
"""

from monitor.collect.store.entries import Filed, pieces, put_entries, recent_times
from monitor.collect.store.gaps import fill_gap, keep_gap, sitemap_of
from monitor.collect.store.hubs import (
    Push,
    claim_push,
    drop_push,
    heard,
    know_hub,
    pace_of,
    pushed_by_hub,
)
from monitor.collect.store.outage import NO_LINE, end_outage, is_out, line_is_down
from monitor.collect.store.prices import hits, keep_price, kept_price, may_reckon, paces
from monitor.collect.store.roster import add_feeds, choose_feeds, set_state, sync_feeds
from monitor.collect.store.turns import (
    Failure,
    Said,
    Turn,
    claim_feed,
    close_feed,
    fail_feed,
    finish_feed,
    put_off,
    set_turn,
    spare_feed,
)

__all__ = [
    "NO_LINE",
    "Failure",
    "Filed",
    "Push",
    "Said",
    "Turn",
    "add_feeds",
    "choose_feeds",
    "claim_feed",
    "claim_push",
    "close_feed",
    "drop_push",
    "end_outage",
    "fail_feed",
    "fill_gap",
    "finish_feed",
    "heard",
    "hits",
    "is_out",
    "keep_gap",
    "keep_price",
    "kept_price",
    "know_hub",
    "line_is_down",
    "may_reckon",
    "pace_of",
    "paces",
    "pieces",
    "pushed_by_hub",
    "put_entries",
    "put_off",
    "recent_times",
    "set_state",
    "set_turn",
    "sitemap_of",
    "spare_feed",
    "sync_feeds",
]
