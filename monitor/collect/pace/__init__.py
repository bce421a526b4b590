"""When a feed's turn comes again.

habit ─ what the feed did ──┐
price ─ what a poll costs ──┼─ turn
tries ─ what the server asks┘    └ after a failure: next_try
silence ─ from when on a feed is missed
"""

from monitor.collect.pace.habit import Habit, observe, read_habit, write_habit
from monitor.collect.pace.price import (
    PER_FEED,
    Price,
    is_due,
    outlook,
    read_price,
    reckon,
    weight,
    write_price,
)
from monitor.collect.pace.silence import listen
from monitor.collect.pace.tries import fresh_for, hold_for, next_try, period_of
from monitor.collect.pace.turn import Asked, Turn, apart, next_turn

__all__ = [
    "PER_FEED",
    "Asked",
    "Habit",
    "Price",
    "Turn",
    "apart",
    "fresh_for",
    "hold_for",
    "is_due",
    "listen",
    "next_try",
    "next_turn",
    "observe",
    "outlook",
    "period_of",
    "read_habit",
    "read_price",
    "reckon",
    "weight",
    "write_habit",
    "write_price",
]
