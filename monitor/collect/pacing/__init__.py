"""When a feed's turn comes again.

habit ─ what the feed did ──┐
price ─ what a poll costs ──┼─ turn
tries ─ what the server asks┘    └ after a failure: next_try
"""

from monitor.collect.pacing.habit import Habit, observe, read_habit, write_habit
from monitor.collect.pacing.price import (
    Price,
    is_due,
    read_price,
    reckon,
    weight,
    write_price,
)
from monitor.collect.pacing.tries import fresh_for, next_try, period_of
from monitor.collect.pacing.turn import Asked, Turn, next_turn

__all__ = [
    "Asked",
    "Habit",
    "Price",
    "Turn",
    "fresh_for",
    "is_due",
    "next_try",
    "next_turn",
    "observe",
    "period_of",
    "read_habit",
    "read_price",
    "reckon",
    "weight",
    "write_habit",
    "write_price",
]
