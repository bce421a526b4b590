"""The reading room's SQL: entries in, articles out, and what they said before."""

from monitor.read.store.again import claim_again, file_again, lose_again, rest_again
from monitor.read.store.entries import (
    Filed,
    claim_entries,
    fail_entry,
    finish_entry,
    put_article,
    put_off,
)
from monitor.read.store.pages import put_page

__all__ = [
    "Filed",
    "claim_again",
    "claim_entries",
    "fail_entry",
    "file_again",
    "finish_entry",
    "lose_again",
    "put_article",
    "put_off",
    "put_page",
    "rest_again",
]
